package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/internal/adminsock"
	"waypost/internal/datadir"
	"waypost/internal/settings"
	"waypost/transfer/backup"
	"waypost/transfer/wordpress"
)

type ownerLinkCommand struct {
	settings.Settings `embed:""`
}

// Run prints the link.
func (c *ownerLinkCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var link string
	if err := admin(ctx, c.Settings, app.CallOwnerLink, nil, &link, nil); err != nil {
		return err
	}
	fmt.Println(link)
	return nil
}

type signInLinkCommand struct {
	settings.Settings `embed:""`
	Email             string `arg:"" help:"The member's e-mail address."`
	Join              bool   `help:"Print a link by which somebody without an account joins with that address; nothing confirms it but you."`
}

// Run prints the link.
func (c *signInLinkCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var link string
	if err := admin(ctx, c.Settings, app.CallSignInLink, app.EmailRequest{Email: c.Email, Join: c.Join}, &link, nil); err != nil {
		return err
	}
	fmt.Println(link)
	return nil
}

type backupCommand struct {
	settings.Settings `embed:""`
	File              string `arg:"" help:"The file to write; it must not be there yet."`
}

// Run writes the backup.
func (c *backupCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	var m backup.Manifest
	if err := admin(ctx, c.Settings, app.CallBackup, app.FileRequest{Path: path}, &m, showProgress()); err != nil {
		return err
	}
	fmt.Printf("%s holds %d rows and %d files, and was read back whole.\nKeep a copy of %s apart from it: without the key a restored site cannot start.\n",
		c.File, m.Rows(), len(m.Media), filepath.Join(c.Data, "instance.key"))
	if key := filepath.Join(c.Data, datadir.PathsKeyName); exists(key) {
		fmt.Printf("Keep a copy of %s too: without it nobody can read a path any more.\n", key)
	}
	return nil
}

type restoreCommand struct {
	settings.Settings `embed:""`
	File              string `arg:"" type:"existingfile" help:"The backup."`
}

// Run restores a backup into an empty folder and database.
func (c *restoreCommand) Run(ctx context.Context, command *kong.Context) (err error) {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	dir, err := datadir.Open(c.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	progress := showProgress()
	m, err := app.Restore(ctx, appConfig(c.Settings, dir, newLog(c.Settings)), c.File, func(done, total int64) {
		progress(adminsock.Progress{What: "restore", Done: done, Total: total})
	})
	if err != nil {
		return err
	}
	fmt.Printf("Restored %d rows and %d files of %s.\nPut the instance key of that site into %s before you start it, and its paths.key, if it has one, beside it: without that nobody can read the paths.\n",
		m.Rows(), len(m.Media), m.TakenAt.Format("2 January 2006, 15:04 MST"), filepath.Join(c.Data, "instance.key"))
	if _, err := os.Stat(app.Erased(dir)); errors.Is(err, fs.ErrNotExist) {
		fmt.Printf("Who left after that is back. Copy media/erased of that site, if there is one, to %s, and the start removes them again.\n", app.Erased(dir))
	}
	fmt.Println("Sessions, links and invitations have ended. Roles, closed accounts, passkeys and accounts at other sites are as they were then: look through them.")
	return nil
}

type checkCommand struct {
	settings.Settings `embed:""`
	JSON              bool `help:"Print the findings as JSON."`
}

// Run looks and reports; findings that are faults make it fail.
func (c *checkCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var r backup.Report
	if err := admin(ctx, c.Settings, app.CallCheck, nil, &r, nil); err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(os.Stdout, r); err != nil {
			return err
		}
	} else {
		for _, f := range r.Findings {
			fmt.Printf("%s: %s: %s\n", f.Severity, f.What, f.Detail)
		}
	}
	if !r.Sound() {
		return errors.New("something is not sound; see above")
	}
	if !c.JSON {
		fmt.Println("Database and files are sound.")
	}
	return nil
}

type importCommands struct {
	Wordpress importWordPressCommand `cmd:"" help:"Bring the stories of a WordPress blog over (WXR 1.0 to 1.2, plain, zipped or gzipped)."`
}

type importWordPressCommand struct {
	settings.Settings `embed:""`
	File              string `arg:"" type:"existingfile" help:"The export: Tools, Export, All content."`
	DryRun            bool   `help:"Say what would come; change nothing."`
	JSON              bool   `help:"Print the report as JSON."`
}

// Run imports and reports.
func (c *importWordPressCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	var r wordpress.Report
	if err := admin(ctx, c.Settings, app.CallImport, app.FileRequest{Path: path, DryRun: c.DryRun}, &r, showProgress()); err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(os.Stdout, r)
	} else {
		fmt.Print(r.Text())
	}
	if why := r.Nothing(); why != "" && err == nil {
		return fmt.Errorf("nothing was found in %s: %s", c.File, why)
	}
	return err
}

// showProgress draws a bar on a terminal and is silent elsewhere.
func showProgress() func(adminsock.Progress) {
	if info, err := os.Stderr.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(adminsock.Progress) {}
	}
	return func(p adminsock.Progress) { fmt.Fprint(os.Stderr, bar(p)) }
}

// bar is how far something has come, written over what stands in its line; it goes when
// all is done.
func bar(p adminsock.Progress) string {
	const wide = 40
	if p.Total <= 0 || p.Done >= p.Total {
		return "\r\x1b[K"
	}
	return fmt.Sprintf("\r%s %3d%% [%-*s]", p.What, 100*p.Done/p.Total, wide, strings.Repeat("=", int(wide*p.Done/p.Total)))
}
