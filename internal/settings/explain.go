package settings

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// Line is a setting in force, for people and as JSON.
type Line struct {
	Name  string `json:"name"`  // as in the file: "base_url"
	Value string `json:"value"` // as it would be written; a secret is "set, hidden", a password masked
	From  string `json:"from"`  // "--base-url", "WAYPOST_BASE_URL", "waypost-data/waypost.json:7" or "default"
}

// Explain lists every setting in force, in the order of Settings.
func (s Settings) Explain() ([]Line, error) {
	model, err := kong.New(&s, kong.NoDefaultHelp())
	if err != nil {
		return nil, fmt.Errorf("understand the settings' tags: %w", err)
	}
	lines := make([]Line, 0, len(model.Model.Flags))
	for _, flag := range model.Model.Flags {
		name := keyOf(flag.Name)
		lines = append(lines, Line{Name: name, Value: fmt.Sprint(flag.Target.Interface()), From: s.originOf(name).where})
	}
	return lines, nil
}

// WriteTable prints the lines in three columns.
func WriteTable(w io.Writer, lines []Line) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SETTING\tVALUE\tFROM")
	for _, line := range lines {
		value := line.Value
		if value == "" {
			value = "(not set)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", line.Name, value, line.From)
	}
	return table.Flush()
}

// DescribeFlags is a formatter of help for kong.ValueFormatter: the line of a
// setting ends with the name of its variable.
func DescribeFlags() (kong.HelpValueFormatter, error) {
	model, err := kong.New(&Settings{}, kong.NoDefaultHelp())
	if err != nil {
		return nil, fmt.Errorf("understand the settings' tags: %w", err)
	}
	setting := map[string]bool{}
	for _, flag := range model.Model.Flags {
		setting[flag.Name] = true
	}
	return func(value *kong.Value) string {
		if value.Flag == nil || !setting[value.Name] {
			return kong.DefaultHelpValueFormatter(value)
		}
		return fmt.Sprintf("%s ($%s)", value.Help, variableOf(value.Name))
	}, nil
}
