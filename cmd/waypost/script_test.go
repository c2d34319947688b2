package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"waypost": main})
}

// TestScripts runs the commands as an operator types them: testdata/script.
func TestScripts(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Abs("../../transfer/wxr/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"get": get, "signins": signins, "linkcommand": linkcommand},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			for _, name := range []string{"PORT", "PORT2"} {
				port, err := freePort()
				if err != nil {
					return err
				}
				e.Setenv(name, port)
			}
			return nil
		},
	})
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), l.Close()
}

// get asks for an address until somebody answers: get URL STATUS [PATTERN of the body].
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: get URL STATUS [PATTERN]")
	}
	status, body, err := answer(args[0])
	ts.Check(err)
	if strconv.Itoa(status) != args[1] {
		ts.Fatalf("%s answers %d: %.300s", args[0], status, body)
	}
	if len(args) == 3 && !regexp.MustCompile(args[2]).Match(body) {
		ts.Fatalf("%s does not say %q: %.2000s", args[0], args[2], body)
	}
}

// patience is how long a server may take until it answers.
const patience = time.Minute

func answer(address string) (status int, body []byte, err error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var r *http.Response
		if r, err = http.Get(address); err != nil {
			continue
		}
		body, err = io.ReadAll(r.Body)
		return r.StatusCode, body, errors.Join(err, r.Body.Close())
	}
	return 0, nil, fmt.Errorf("nobody answers: %w", err)
}
