// Command waypost serves a community and looks after its data.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // small containers have no time zones

	"github.com/alecthomas/kong"

	"waypost/internal/settings"
)

// commands are what the program can do, one field each.
type commands struct {
	Serve     serveCommand     `cmd:"" help:"Answer readers; --demo with a sample community."`
	Import    importCommands   `cmd:"" help:"Bring stories over from elsewhere."`
	OwnerLink ownerLinkCommand `cmd:"" help:"Print a one-time link that signs an owner in."`
	Backup    backupCommand    `cmd:"" help:"Write everything but the instance key into one file, while the server runs."`
	Restore   restoreCommand   `cmd:"" help:"Fill an empty data folder and database from a backup."`
	Check     checkCommand     `cmd:"" help:"Look whether database and files are sound."`
	Config    configCommand    `cmd:"" help:"Print the settings in force and where each came from."`
	Routes    routesCommand    `cmd:"" help:"Print every address the program answers, with its rules."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run parses the command line and does what it says. It returns the exit status:
// 0 done, 1 failed, 2 asked wrongly.
func run(ctx context.Context, args []string) int {
	describe, err := settings.DescribeFlags()
	if err != nil {
		return complain(err)
	}
	parser, err := kong.New(&commands{}, kong.Name("waypost"), kong.UsageOnError(), kong.ValueFormatter(describe),
		kong.Description("A home on the web for a career community: every story carries the path behind it."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return complain(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "waypost: %v\nSee: waypost --help\n", err)
		return 2
	}
	if err := command.Run(command); err != nil {
		return complain(err)
	}
	return 0
}

func complain(err error) int {
	fmt.Fprintf(os.Stderr, "waypost: %v\n", err)
	var faults settings.Faults
	if errors.As(err, &faults) {
		return 2
	}
	return 1
}
