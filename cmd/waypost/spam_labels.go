package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/internal/settings"
	"waypost/spam/labels"
)

type spamStatsCommand struct {
	settings.Settings `embed:""`
	JSON              bool `help:"Print as JSON."`
}

// Run prints a line for each month, the latest first.
func (c *spamStatsCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var months []labels.Month
	if err := admin(ctx, c.Settings, app.CallSpamStats, nil, &months, nil); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(os.Stdout, months)
	}
	if len(months) == 0 {
		fmt.Println("Nothing is learned from moderators: they have not decided yet, or it was taken back.")
		return nil
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "month\tdecided\tspam\tright\tasked\twrongly held\tspam missed")
	for _, m := range months {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\n", m.Month, m.Decided, m.Spam, m.Right, m.Asked, m.WrongSpam, m.WrongShown)
	}
	return table.Flush()
}

type spamRebuildCommand struct {
	settings.Settings `embed:""`
}

// Run makes the model anew and prints of what.
func (c *spamRebuildCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var done labels.Rebuilt
	if err := admin(ctx, c.Settings, app.CallSpamRebuild, nil, &done, nil); err != nil {
		return err
	}
	fmt.Print(rebuilt(done))
	return nil
}

func rebuilt(done labels.Rebuilt) string {
	said := fmt.Sprintf("The model is made of %s, with %d read again from the texts.\nIts SHA-256 is %s.\n", counted(int64(done.Labels)), done.Reread, done.Model)
	if done.Lost > 0 {
		said += fmt.Sprintf("No longer counted, since an older version of the filter read them and their texts are gone: %s.\n", counted(int64(done.Lost)))
	}
	return said
}

func counted(n int64) string {
	if n == 1 {
		return "1 decision"
	}
	return fmt.Sprintf("%d decisions", n)
}

// day is a date as it is typed.
type day time.Time

// UnmarshalText reads YYYY-MM-DD.
func (d *day) UnmarshalText(typed []byte) error {
	t, err := time.Parse(time.DateOnly, string(typed))
	if err != nil {
		return fmt.Errorf("%q is not a day such as 2026-03-01", typed)
	}
	*d = day(t)
	return nil
}

type spamUnlearnCommand struct {
	Since             day  `placeholder:"YYYY-MM-DD" help:"Forget only decisions from that day on (UTC); all of them unless set."`
	DryRun            bool `help:"Say how many decisions would be forgotten; change nothing."`
	settings.Settings `embed:""`
	Email             string `arg:"" help:"The moderator's e-mail address."`
}

// Help says how the command forgets a part alone.
func (*spamUnlearnCommand) Help() string {
	return `With --since=2026-03-01 it forgets what they decided from that day on, and keeps what they taught before. What became of the replies stays as it is. Nothing brings back what it has forgotten: --dry-run says first how much that would be.`
}

// Run takes the moderator's labels back.
func (c *spamUnlearnCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var n int64
	request := app.UnlearnRequest{Email: c.Email, Since: time.Time(c.Since), DryRun: c.DryRun}
	if err := admin(ctx, c.Settings, app.CallSpamUnlearn, request, &n, nil); err != nil {
		return err
	}
	fmt.Println(c.said(n))
	return nil
}

// said is how much of whom is forgotten, or would be.
func (c *spamUnlearnCommand) said(n int64) string {
	since := ""
	if day := time.Time(c.Since); !day.IsZero() {
		since = " since " + day.Format(time.DateOnly)
	}
	if c.DryRun {
		return fmt.Sprintf("The filter would forget %s of %s%s. Nothing is changed.", counted(n), c.Email, since)
	}
	return fmt.Sprintf("The filter has forgotten %s of %s%s. What became of the replies stays as it is.", counted(n), c.Email, since)
}
