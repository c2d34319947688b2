package settings_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"waypost/internal/settings"
)

// start is what an operator starts the program with.
type start struct {
	args    []string
	environ []string
	file    string // the text of waypost.json; none when empty
}

// load parses the command line as a command that embeds Settings does. The
// data folder is a new one unless the arguments or variables name it.
func load(t testing.TB, from start) (settings.Settings, string, error) {
	t.Helper()
	dir := t.TempDir()
	if from.file != "" {
		if err := os.WriteFile(filepath.Join(dir, settings.FileName), []byte(from.file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var program struct {
		Serve struct {
			settings.Settings
			Demo bool
		} `cmd:""`
	}
	parser, err := kong.New(&program, kong.Name("waypost"))
	if err != nil {
		t.Fatal(err)
	}
	command, err := parser.Parse(append([]string{"serve", "--data", dir}, from.args...))
	if err != nil {
		return settings.Settings{}, dir, err
	}
	loaded := program.Serve.Settings
	return loaded, dir, loaded.Load(command, from.environ)
}

// explained gives a line of Explain by its name.
func explained(t testing.TB, s settings.Settings, name string) settings.Line {
	t.Helper()
	lines, err := s.Explain()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(lines, func(l settings.Line) bool { return l.Name == name })
	if i < 0 {
		t.Fatalf("Explain has no line %q", name)
	}
	return lines[i]
}

func TestFlagBeatsVariableBeatsFileBeatsDefault(t *testing.T) {
	t.Parallel()
	const file = "{\n  \"db_conns\": 3,\n  \"pages_memory\": \"2MiB\"\n}"
	variable := []string{"WAYPOST_DB_CONNS=5", "WAYPOST_LOG_LEVEL=warn", "PATH=/bin"}
	flags := []string{"--db-conns=7", "--tls-email", "ann@example.org"}
	tests := []struct {
		from  start
		name  string
		value string
		where string
	}{
		{start{flags, variable, file}, "db_conns", "7", "--db-conns"},
		{start{nil, variable, file}, "db_conns", "5", "WAYPOST_DB_CONNS"},
		{start{nil, nil, file}, "db_conns", "3", "DIR/waypost.json:2"},
		{start{}, "db_conns", "4", "default"},
		{start{nil, []string{"WAYPOST_DB_CONNS="}, file}, "db_conns", "3", "DIR/waypost.json:2"},
		{start{flags, variable, file}, "pages_memory", "2MiB", "DIR/waypost.json:3"},
		{start{flags, variable, file}, "log_level", "warn", "WAYPOST_LOG_LEVEL"},
		{start{flags, variable, file}, "tls_email", "ann@example.org", "--tls-email"},
		{start{flags, variable, file}, "data", "DIR", "--data"},
		{start{nil, nil, `{"tls": true, "base_url": "https://a.example"}`}, "tls", "true", "DIR/waypost.json:1"},
		{start{[]string{"--no-tls"}, nil, `{"tls": true, "base_url": "https://a.example"}`}, "tls", "false", "--no-tls"},
		{start{}, "listen", "127.0.0.1:8080", "default"},
		{start{}, "base_url", "http://localhost:8080", "default"},
		{start{args: []string{"--listen", "[::1]:80"}}, "base_url", "http://localhost", "default"},
		{start{args: []string{"--tls", "--base-url=https://a.example"}}, "listen", ":443", "default"},
	}
	for _, test := range tests {
		s, dir, err := load(t, test.from)
		if err != nil {
			t.Errorf("%v: %v", test.from, err)
			continue
		}
		line := explained(t, s, test.name)
		line.From, line.Value = strings.ReplaceAll(line.From, dir, "DIR"), strings.ReplaceAll(line.Value, dir, "DIR")
		if want := (settings.Line{Name: test.name, Value: test.value, From: test.where}); line != want {
			t.Errorf("%v: %v, want %v", test.from, line, want)
		}
	}
}

func TestDataFolderByVariable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, settings.FileName), []byte(`{"log_format": "json"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var s settings.Settings
	if err := s.Load(nil, []string{"WAYPOST_DATA=" + dir}); err != nil {
		t.Fatal(err)
	}
	if s.Data != dir || s.LogFormat != "json" {
		t.Errorf("Data = %q, LogFormat = %q", s.Data, s.LogFormat)
	}
}

// TestFaults holds the lines an operator reads against what they have written.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from start
		want []string
	}{
		{start{file: "{\n\n \"pages_memroy\": 3\n}"}, []string{`DIR/waypost.json:3: "pages_memroy" is not a setting; did you mean pages_memory?`}},
		{start{file: `{"colour_of_the_sky": 3}`}, []string{"DIR/waypost.json:1: \"colour_of_the_sky\" is not a setting; `waypost config` lists those there are"}},
		{start{file: "{\n\"pages_memory\": \"12 parsecs\"}"}, []string{`DIR/waypost.json:2: "pages_memory" is "12 parsecs", not a size; write it as 32MiB`}},
		{start{file: `{"listen": ["a:1"]}`}, []string{`DIR/waypost.json:1: "listen" is a list; give it one value`}},
		{start{file: `{"listen": null}`}, []string{`DIR/waypost.json:1: "listen" is null; leave the line out to have the default`}},
		{start{file: `{"listen": {"port": 80}}`}, []string{`DIR/waypost.json:1: "listen" is an object; give it one value`}},
		{start{file: "{\"tls\": false,\n\"tls\": true}"}, []string{`DIR/waypost.json:2: "tls" is set a second time; the first is in line 1`}},
		{start{file: `{"data": "/srv"}`}, []string{`DIR/waypost.json:1: "data" cannot be set in a file that lies in the data folder; use --data or WAYPOST_DATA`}},
		{start{file: "[]"}, []string{"DIR/waypost.json:1: is not a JSON object; write { at its beginning and } at its end"}},
		{start{file: "{\n\"tls\": true,\n}"}, []string{"DIR/waypost.json:3: is not JSON: "}},
		{start{file: "{\n// words\n}"}, []string{"DIR/waypost.json:2: is not JSON: "}},
		{start{file: "{\"tls\": false"}, []string{"DIR/waypost.json:1: is not JSON: it ends too early"}},
		{start{file: "{}\n{}"}, []string{"DIR/waypost.json:2: goes on after the } that ends the settings"}},
		{start{environ: []string{"WAYPOST_LISTEM=:80"}}, []string{"WAYPOST_LISTEM: is not a setting; did you mean WAYPOST_LISTEN?"}},
		{start{environ: []string{"WAYPOST_LISTEN=80"}}, []string{`WAYPOST_LISTEN: is "80", not an address with a port; write it as 127.0.0.1:8080`}},
		{start{environ: []string{"WAYPOST_LISTEN=:http"}}, []string{`WAYPOST_LISTEN: is ":http", whose port is not a number from 0 to 65535; write it as 127.0.0.1:8080`}},
		{start{environ: []string{"WAYPOST_LOG_FORMAT=xml"}}, []string{`WAYPOST_LOG_FORMAT: is "xml", not one of text, json`}},
		{start{environ: []string{"WAYPOST_DB_CONNS=many"}}, []string{`WAYPOST_DB_CONNS: expected a valid 64 bit int but got "many"; write it as 4`}},
		{start{args: []string{"--base-url", "http://example.org"}}, []string{"--base-url: is plain http beyond this machine"}},
		{start{args: []string{"--tls"}}, []string{"base_url: has to begin with https:// and a public name"}},
		{start{args: []string{"--tls", "--base-url=https://192.0.2.7"}}, []string{"--base-url: has to begin with https:// and a public name"}},
		{start{args: []string{"--tls", "--base-url=https://a.example:8443"}}, []string{"--base-url: cannot have a port"}},
		{start{args: []string{"--metrics-listen=0.0.0.0:8080"}}, []string{"--metrics-listen: has the port that the pages are served on (127.0.0.1:8080); give it another"}},
		{start{args: []string{"--pages-memory=1MB"}}, []string{"--pages-memory: has to be at least 1MiB"}},
		{start{args: []string{"--tls-email=nobody"}}, []string{"--tls-email: is not a mail address"}},
		{start{args: []string{"--shutdown-timeout=1h"}}, []string{"--shutdown-timeout: has to be from 0s to 10m"}},
		{
			start{args: []string{"--db-conns=0"}, environ: []string{"WAYPOST_LISTEN=x", "WAYPOST_ZOO=1"}, file: "{\n\"upload_max\": 1,\n\"lissten\": \":1\"}"},
			[]string{"WAYPOST_LISTEN: ", "WAYPOST_ZOO: ", `DIR/waypost.json:3: "lissten"`, "--db-conns: ", `DIR/waypost.json:2: "upload_max" has to be`},
		},
	}
	for _, test := range tests {
		_, dir, err := load(t, test.from)
		var faults settings.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%v: error %v, want faults %q", test.from, err, test.want)
			continue
		}
		var got []string
		for _, fault := range faults {
			got = append(got, strings.ReplaceAll(fault.String(), dir, "DIR"))
		}
		if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
			t.Errorf("%v:\n got %q\nwant %q", test.from, got, test.want)
		}
		for _, line := range got {
			if !strings.Contains(strings.ReplaceAll(err.Error(), dir, "DIR"), "\n  "+line) {
				t.Errorf("%q is not a line of the error %q", line, err)
			}
		}
	}
}

func TestNoFault(t *testing.T) {
	t.Parallel()
	tests := []start{
		{},
		{file: "{}"},
		{environ: []string{"WAYPOST_CASES=/c", "WAYPOST_TEST_POSTGRES=x", "WAYPOST_AXE=x", "WAYPOST_SERVICE_HOST=10.0.0.1", "WAYPOST_PORT=tcp://10.0.0.1:80", "WAYPOST_PORT_80_TCP=x"}},
		{args: []string{"--base-url=http://example.org", "--insecure-http"}},
		{args: []string{"--base-url=http://a.localhost:3000"}},
		{args: []string{"--base-url=http://[::1]:3000"}},
		{args: []string{"--base-url=https://example.org", "--listen=:8080", "--metrics-listen=:9090"}},
		{args: []string{"--listen=:0", "--metrics-listen=:0"}},
		{args: []string{"--database=postgres:///waypost?host=/run/postgresql"}},
		{args: []string{"--access-log=off", "--demo"}},
	}
	for _, test := range tests {
		if _, _, err := load(t, test); err != nil {
			t.Errorf("%v: %v", test, err)
		}
	}
}

func TestCheckAfterAChange(t *testing.T) {
	t.Parallel()
	s, _, err := load(t, start{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Errorf("Check = %v after Load found nothing", err)
	}
	s.BaseURL = "http://example.org"
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "base_url: is plain http") {
		t.Errorf("Check = %v", err)
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, settings.FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	var s settings.Settings
	if err := s.Load(nil, []string{"WAYPOST_DATA=" + dir}); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("Load = %v with a folder in the place of the file", err)
	}
	_, _, err := load(t, start{file: "{" + strings.Repeat(" ", 1<<20) + "}"})
	if err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("Load = %v of a large file", err)
	}
}

func TestTableAndJSON(t *testing.T) {
	t.Parallel()
	s, _, err := load(t, start{environ: []string{"WAYPOST_LOG_LEVEL=debug"}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Level() != slog.LevelDebug {
		t.Errorf("Level = %v", s.Level())
	}
	lines, err := s.Explain()
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := settings.WriteTable(&table, lines); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SETTING", "log_level         debug", "WAYPOST_LOG_LEVEL", "database          (not set)"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no %q in\n%s", want, table.String())
		}
	}
	text, err := json.Marshal(explained(t, s, "log_level"))
	if want := `{"name":"log_level","value":"debug","from":"WAYPOST_LOG_LEVEL"}`; err != nil || string(text) != want {
		t.Errorf("JSON = %s, %v, want %s", text, err, want)
	}
}

func TestHelpNamesVariables(t *testing.T) {
	t.Parallel()
	describe, err := settings.DescribeFlags()
	if err != nil {
		t.Fatal(err)
	}
	var program struct {
		settings.Settings
		Demo bool `help:"Sample community."`
	}
	var help strings.Builder
	parser, err := kong.New(&program, kong.ValueFormatter(describe), kong.Writers(&help, &help), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"--help"}); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(help.String()), " ")
	for _, want := range []string{"($WAYPOST_BASE_URL)", "($WAYPOST_DB_CONNS)", "--[no-]insecure-http", "Sample community. "} {
		if !strings.Contains(text+" ", want) {
			t.Errorf("the help has no %q:\n%s", want, help.String())
		}
	}
	if strings.Contains(text, "WAYPOST_DEMO") {
		t.Error("the help names a variable for a flag that is no setting")
	}
}
