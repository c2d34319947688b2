package datadir_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waypost/internal/datadir"
)

// holdVariable makes this test's program hold the lock of the folder it names
// until it is killed.
const holdVariable = "DATADIR_TEST_HOLD"

func TestMain(m *testing.M) {
	if path := os.Getenv(holdVariable); path != "" {
		hold(path)
	}
	os.Exit(m.Run())
}

func hold(path string) {
	d, err := datadir.Open(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	time.Sleep(time.Minute)
	d.Close()
	os.Exit(0)
}

func open(t testing.TB, path string) *datadir.Dir {
	t.Helper()
	d, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestOpenMakesTheFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b", "waypost-data")
	d := open(t, path)
	if d.Path() != path || d.Backups() != filepath.Join(path, "backups") || d.Join("x", "y") != filepath.Join(path, "x", "y") {
		t.Errorf("Path = %q, Backups = %q", d.Path(), d.Backups())
	}
	modes := map[string]os.FileMode{".": 0o700, "media": 0o700, "backups": 0o700, "waypost.lock": 0o600}
	for name, want := range modes {
		info, err := d.Root().Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
	if err := d.Media().WriteFile("a", []byte("b"), 0o644); err != nil {
		t.Error(err)
	}
	if _, err := d.Media().Stat("../waypost.lock"); err == nil {
		t.Error("the media folder reaches what is beside it")
	}
	if err := d.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	again := open(t, path)
	if text, err := again.Root().ReadFile("media/a"); err != nil || string(text) != "b" {
		t.Errorf("after opening again: %q, %v", text, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	everybodys := t.TempDir()
	if err := os.Chmod(everybodys, 0o777); err != nil {
		t.Fatal(err)
	}
	blocked := t.TempDir()
	if err := os.WriteFile(filepath.Join(blocked, "media"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ path, want string }{
		{file, "make the data folder"},
		{filepath.Join(file, "below"), "make the data folder"},
		{everybodys, "run: chmod 700 '" + everybodys + "'"},
		{blocked, "open the media folder"},
	}
	for _, test := range tests {
		d, err := datadir.Open(test.path)
		if err == nil {
			d.Close()
			t.Errorf("Open(%q) opens it", test.path)
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("Open(%q) = %v, want %q", test.path, err, test.want)
		}
	}
}

func TestMediaMayBeALink(t *testing.T) {
	t.Parallel()
	path, shared := t.TempDir(), t.TempDir()
	if err := os.Symlink(shared, filepath.Join(path, "media")); err != nil {
		t.Fatal(err)
	}
	d := open(t, path)
	if err := d.Media().WriteFile("a", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(shared, "a")); err != nil {
		t.Error(err)
	}
}

func TestSecondOpenIsRefused(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	open(t, path)
	_, err := datadir.Open(path)
	var locked *datadir.LockedError
	if !errors.As(err, &locked) {
		t.Fatalf("Open = %v, want a LockedError", err)
	}
	if locked.PID != os.Getpid() || time.Since(locked.Since) > time.Minute || locked.Path != path {
		t.Errorf("LockedError = %+v", locked)
	}
	for _, want := range []string{path, fmt.Sprintf("process %d, since ", os.Getpid()), "--data"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestLockNoteIsForPeopleOnly(t *testing.T) {
	t.Parallel()
	for _, note := range []string{"", "nonsense", "12", "12 yesterday", strings.Repeat("9", 5000), "\x00"} {
		path := t.TempDir()
		open(t, path)
		if err := os.WriteFile(filepath.Join(path, "waypost.lock"), []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := datadir.Open(path)
		var locked *datadir.LockedError
		if !errors.As(err, &locked) || locked.PID != 0 || !strings.Contains(err.Error(), "another process") {
			t.Errorf("note %.20q: Open = %v, want a LockedError of an unknown process", note, err)
		}
	}
}

func TestLockEndsWithItsProcess(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(program)
	other.Env = append(os.Environ(), holdVariable+"="+path)
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	_, err = datadir.Open(path)
	var locked *datadir.LockedError
	if !errors.As(err, &locked) || locked.PID != other.Process.Pid {
		t.Errorf("Open = %v, want a LockedError of process %d", err, other.Process.Pid)
	}
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := other.Wait(); err == nil {
		t.Error("the other process ended by itself")
	}
	open(t, path)
}
