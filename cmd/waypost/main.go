// Command waypost serves a community and looks after its data.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // small containers have no time zones

	"github.com/alecthomas/kong"

	"waypost/internal/settings"
)

// commands are what the program can do, one field each.
type commands struct {
	Serve       serveCommand        `cmd:"" help:"Answer readers; --demo with a sample community."`
	Import      importCommands      `cmd:"" help:"Bring stories over from elsewhere."`
	OwnerLink   ownerLinkCommand    `cmd:"" help:"Print a one-time link that signs an owner in."`
	SignInLink  signInLinkCommand   `cmd:"" help:"Print a one-time link that signs a member in."`
	Backup      backupCommand       `cmd:"" help:"Write everything but the instance key into one file, while the server runs."`
	Restore     restoreCommand      `cmd:"" help:"Fill an empty data folder and database from a backup."`
	Check       checkCommand        `cmd:"" help:"Look whether database and files are sound."`
	Config      configCommand       `cmd:"" help:"Print the settings in force and where each came from."`
	Spam        spamCommands        `cmd:"" help:"Measure the spam filter, and ask it why."`
	Path        pathCommands        `cmd:"" help:"Check the methods behind a member's path, on series and decisions of your own."`
	Occupations occupationsCommands `cmd:"" help:"Offer occupations to members who say what their goal is."`
	Routes      routesCommand       `cmd:"" help:"Print every address the program answers, with its rules."`

	Version kong.VersionFlag `help:"Print the name and version of the program."`
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
		kong.Vars{"version": program()}, kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return complain(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return misasked(err)
	}
	if err := command.Run(command); err != nil {
		return complain(err)
	}
	return 0
}

// misasked tells what is wrong with a command line, as the settings tell it of a
// variable: with an example, and where to read on.
func misasked(err error) int {
	see, example := "waypost", ""
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if command := parse.Context.Command(); command != "" {
			see += " " + command
		}
		for _, flag := range parse.Context.Flags() {
			if flag.PlaceHolder != "" && strings.HasPrefix(err.Error(), "--"+flag.Name+": ") {
				example = "; write it as " + flag.PlaceHolder
			}
		}
	}
	fmt.Fprintf(os.Stderr, "waypost: %v%s\nSee: %s --help\n", err, example, see)
	return 2
}

func complain(err error) int {
	fmt.Fprintf(os.Stderr, "waypost: %v\n", err)
	var faults settings.Faults
	if errors.As(err, &faults) {
		return 2
	}
	return 1
}
