package settings

import (
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

const (
	variablePrefix = "WAYPOST_"
	dataFlag       = "data"
)

// Load fills in what the command line left open, from the environment (as
// os.Environ has it) and from the file in the data folder, and checks the
// whole. The context is that of the command that embeds s, or nil when there
// was no command line. The error is Faults, with everything there is to mend.
func (s *Settings) Load(command *kong.Context, environ []string) error {
	l, err := newLoader(s, command, environ)
	if err != nil {
		return err
	}
	l.loadData()
	l.file = filepath.Join(s.Data, FileName)
	l.entries = readFile(l.file, &l.faults)
	fileWhole := len(l.faults) == 0
	for _, flag := range l.flags {
		if flag.Name != dataFlag {
			l.load(flag)
		}
	}
	l.unknownVariables()
	l.unknownEntries()
	s.origins = l.origins
	s.derive()
	if fileWhole { // otherwise what the file meant is unknown, and a rule would accuse the wrong line
		l.faults = append(l.faults, s.faults(l.failed)...)
	}
	return l.faults.err()
}

// derive sets the two addresses whose defaults hang on other settings.
func (s *Settings) derive() {
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8080"
		if s.TLS {
			s.Listen = ":443"
		}
	}
	if s.BaseURL == "" {
		s.BaseURL = "http://localhost"
		if port := s.Listen.Port(); port != "80" {
			s.BaseURL = BaseURL("http://" + net.JoinHostPort("localhost", port))
		}
	}
}

// loader is one Load under way.
type loader struct {
	flags     []*kong.Flag // the settings, as kong understands their tags
	given     map[string]bool
	variables map[string]string
	file      string
	entries   map[string]entry
	origins   map[string]origin
	failed    map[string]bool // names whose value could not be read
	faults    Faults
}

func newLoader(s *Settings, command *kong.Context, environ []string) (*loader, error) {
	model, err := kong.New(s, kong.NoDefaultHelp())
	if err != nil {
		return nil, fmt.Errorf("understand the settings' tags: %w", err)
	}
	l := &loader{
		flags: model.Model.Flags, given: map[string]bool{}, variables: map[string]string{},
		origins: map[string]origin{}, failed: map[string]bool{},
	}
	if command != nil {
		for _, step := range command.Path {
			if step.Flag != nil && !step.Resolved {
				l.given[step.Flag.Name] = true
			}
		}
	}
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, variablePrefix) {
			l.variables[name] = value
		}
	}
	return l, nil
}

// keyOf is the name of a flag as the file spells it, variableOf as the
// environment does.
func keyOf(flag string) string      { return strings.ReplaceAll(flag, "-", "_") }
func variableOf(flag string) string { return variablePrefix + strings.ToUpper(keyOf(flag)) }

// loadData finds the data folder, which has to be known before the file in it
// can be read.
func (l *loader) loadData() {
	for _, flag := range l.flags {
		if flag.Name == dataFlag {
			l.load(flag)
		}
	}
}

// load sets one setting from the first place that has it. A variable that is
// set to nothing counts as not set, as container files have it.
func (l *loader) load(flag *kong.Flag) {
	key, variable := keyOf(flag.Name), variableOf(flag.Name)
	value, inFile := l.entries[key]
	switch {
	case l.given[flag.Name]:
		l.origins[key] = origin{where: spelt(flag)}
	case l.variables[variable] != "":
		l.decode(flag, l.variables[variable], origin{where: variable})
	case inFile:
		found := origin{where: fmt.Sprintf("%s:%d", l.file, value.line), inFile: true}
		if _, lists := flag.Target.Interface().(interface{ Lists() bool }); value.list && !lists {
			l.fail(flag, found, "is a list; give it one value")
			return
		}
		l.decode(flag, value.text, found)
	case flag.HasDefault:
		l.decode(flag, flag.Default, origin{where: byDefault})
	default:
		flag.Target.SetZero()
	}
}

// spelt is a flag that was given, as it reads on the command line.
func spelt(flag *kong.Flag) string {
	if flag.IsBool() && !flag.Target.Bool() {
		return "--no-" + flag.Name
	}
	return "--" + flag.Name
}

// decode reads a text into the field of a flag, in kong's way and with its
// choices.
func (l *loader) decode(flag *kong.Flag, text string, found origin) {
	l.origins[keyOf(flag.Name)] = found
	scan := kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: text})
	err := flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, flag.Target)
	switch {
	case err != nil && flag.PlaceHolder != "":
		l.fail(flag, found, fmt.Sprintf("%v; write it as %s", err, flag.PlaceHolder))
	case err != nil:
		l.fail(flag, found, err.Error())
	case flag.Enum != "" && !slices.Contains(flag.EnumSlice(), text):
		l.fail(flag, found, fmt.Sprintf("is %q, not one of %s", text, strings.Join(flag.EnumSlice(), ", ")))
	}
}

func (l *loader) fail(flag *kong.Flag, found origin, what string) {
	key := keyOf(flag.Name)
	l.failed[key] = true
	l.faults = append(l.faults, found.fault(key, what))
}

// others are variables of this prefix that are not settings: those of the
// project's tests, and those that Kubernetes and Docker put into a container
// beside a service of the name "waypost".
func others(variable string) bool {
	name := strings.TrimPrefix(variable, variablePrefix)
	for _, prefix := range []string{"TEST_", "SERVICE_", "PORT_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{"CASES", "AXE", "SCREENSHOTS", "PORT"}, name)
}

func (l *loader) unknownVariables() {
	known := l.names(variableOf)
	for _, name := range sortedKeys(l.variables) {
		if !slices.Contains(known, name) && !others(name) {
			l.faults.add(name, "is not a setting; %s", suggestion(name, known))
		}
	}
}

func (l *loader) unknownEntries() {
	known := l.names(keyOf)
	for _, key := range sortedKeys(l.entries) {
		where := fmt.Sprintf("%s:%d", l.file, l.entries[key].line)
		switch {
		case key == dataFlag:
			l.faults.add(where, "%q cannot be set in a file that lies in the data folder; use --data or %s", key, variableOf(key))
		case !slices.Contains(known, key):
			l.faults.add(where, "%q is not a setting; %s", key, suggestion(key, known))
		}
	}
}

func (l *loader) names(spelling func(string) string) []string {
	names := make([]string, len(l.flags))
	for i, flag := range l.flags {
		names[i] = spelling(flag.Name)
	}
	return names
}
