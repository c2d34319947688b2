package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// binary builds the program once for all tests that run it as a process.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "waypost-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "waypost")
	if out, err := exec.Command("go", "build", "-o", path, "waypost/cmd/waypost").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, out)
	}
	return path, nil
})

// program is a running waypost in a process of its own.
type program struct {
	t       *testing.T
	folder  string
	address string // host:port
	limit   string // of a file's size, as ulimit -f has it, that can be lifted; "" is none
	process *exec.Cmd
	said    *sentences
}

// newProgram chooses a folder and a free port; start starts it.
func newProgram(t *testing.T) *program {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	p := &program{t: t, folder: filepath.Join(t.TempDir(), "data"), address: l.Addr().String()}
	t.Cleanup(p.kill)
	return p
}

// start runs the program until it is ready, and returns how long that took.
func (p *program) start() time.Duration {
	p.t.Helper()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	command := []string{path, "serve", "--data", p.folder, "--listen", p.address, "--base-url", "http://" + p.address, "--access-log", "off"}
	if p.limit != "" {
		command = append([]string{"bash", "-c", "ulimit -S -f " + p.limit + `; exec "$@"`, "bash"}, command...)
	}
	began := time.Now()
	p.said = &sentences{}
	p.process = exec.Command(command[0], command[1:]...)
	p.process.Stdout, p.process.Stderr = p.said, p.said
	if err := p.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	for time.Since(began) < time.Minute {
		if answer, err := http.Get("http://" + p.address + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return time.Since(began)
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	p.t.Fatalf("the program is not ready: %s", p.said)
	return 0
}

// kill ends the process as a power cut of the process alone would.
func (p *program) kill() {
	if p.process == nil {
		return
	}
	_ = p.process.Process.Kill()
	_ = p.process.Wait()
	p.process = nil
}

// stop asks the process to end and waits for it.
func (p *program) stop() error {
	p.t.Helper()
	if err := p.process.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	err := p.process.Wait()
	p.process = nil
	return err
}

var link = regexp.MustCompile(`http://\S+/sign-in/\S+`)

// signIn is the owner, by the link that a command prints beside the running server.
func (p *program) signIn() *site.Visitor {
	p.t.Helper()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "owner-link", "--data", p.folder, "--base-url", "http://"+p.address).CombinedOutput()
	if err != nil {
		p.t.Fatalf("owner-link: %v: %s", err, out)
	}
	found := link.Find(bytes.TrimSpace(out))
	if found == nil {
		p.t.Fatalf("owner-link prints no link: %s", out)
	}
	v := site.At(p.t, "http://"+p.address)
	v.Get(string(found[len("http://")+len(p.address):])).OK().Form("main form").Press("").OK()
	return v
}

// setUp answers the set-up page.
func (p *program) setUp(owner *site.Visitor) {
	p.t.Helper()
	owner.Get("/desk/set-up").OK().Form("main form").Set("name", "Under the hammer").Set("your_name", "Ann Lee").Press("").OK()
}
