package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"waypost/internal/datadir"
	"waypost/internal/settings"
	"waypost/web"
	"waypost/web/desk"
	"waypost/web/join"
	"waypost/web/me"
	"waypost/web/paths"
	"waypost/web/public"
	"waypost/web/replies"
	"waypost/web/wire"
)

type configCommand struct {
	settings.Settings `embed:""`
	JSON              bool `help:"Print as JSON."`
}

// Run prints the settings in force.
func (c *configCommand) Run(command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	lines, err := c.Explain()
	if err != nil {
		return err
	}
	for i, l := range lines {
		if file := filepath.Join(c.Data, datadir.KeyName); l.Name == "instance_key" && l.From == "default" && exists(file) {
			lines[i].Value, lines[i].From = "set, hidden", file
		}
	}
	if c.JSON {
		return printJSON(os.Stdout, lines)
	}
	return settings.WriteTable(os.Stdout, lines)
}

type routesCommand struct {
	settings.Settings `embed:""`
	JSON              bool `help:"Print as JSON."`
}

// shownRoute is a route as it is printed.
type shownRoute struct {
	Path    string   `json:"path"`
	Methods []string `json:"methods"`
	Roles   []string `json:"roles"`
	Body    int64    `json:"body"`
	Cache   string   `json:"cache"`
}

// Run prints the table of routes.
func (c *routesCommand) Run(command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var list []shownRoute
	for _, r := range web.Routes(&public.Public{}, &desk.Desk{UploadMax: int64(c.UploadMax)}, &join.Join{}, web.Own{Me: &me.Me{}, Ways: &me.Ways{}, Leaving: &me.Leaving{}, Replies: &replies.Replies{}, Paths: &paths.Paths{}}, &wire.Health{}, nil, time.Time{}) {
		list = append(list, shownRoute{r.Path, r.Methods, r.Roles, r.Body, string(r.Cache)})
	}
	if c.JSON {
		return printJSON(os.Stdout, list)
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "PATH\tMETHODS\tROLES\tBODY\tCACHE")
	for _, r := range list {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", r.Path, strings.Join(r.Methods, ","), strings.Join(r.Roles, ","), r.Body, r.Cache)
	}
	return table.Flush()
}
