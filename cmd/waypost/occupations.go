package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/internal/settings"
)

type occupationsCommands struct {
	Import occupationsImportCommand `cmd:"" help:"Offer the occupations of a file while members type their goal."`
	Remove occupationsRemoveCommand `cmd:"" help:"Offer none any more."`
}

type occupationsImportCommand struct {
	settings.Settings `embed:""`
	File              string `arg:"" help:"A table as CSV in UTF-8."`
}

// Help says what the table is like.
func (*occupationsImportCommand) Help() string {
	return `The table has a head with the columns uri, isco, code, label and alt_labels (with | between them), as lists made from ESCO have. It takes the place of an earlier one; all nodes have it at once. Members choose from it when they say what their goal is; nobody has to.`
}

// Run adds the list.
func (c *occupationsImportCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	var n int
	if err := admin(ctx, c.Settings, app.CallAddOccupations, app.FileRequest{Path: path}, &n, nil); err != nil {
		return err
	}
	fmt.Printf("%d occupations are offered to members who say what their goal is.\n", n)
	return nil
}

type occupationsRemoveCommand struct {
	settings.Settings `embed:""`
}

// Run removes the list.
func (c *occupationsRemoveCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var done bool
	if err := admin(ctx, c.Settings, app.CallRemoveOccupations, nil, &done, nil); err != nil {
		return err
	}
	fmt.Println("No occupations are offered any more.")
	return nil
}
