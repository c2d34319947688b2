package backup_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

// childVariable makes this test binary into a process that works until it is told
// to wait, and is then killed.
const childVariable = "BACKUP_TEST_CHILD"

func TestMain(m *testing.M) {
	if task := os.Getenv(childVariable); task != "" {
		if err := child(task); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child writes or restores a backup and waits for ever when its progress has been
// told often enough: the arguments are URL, SQLite file, media folder, archive, times.
func child(task string) error {
	args := os.Args[1:]
	times, err := strconv.Atoi(args[4])
	if err != nil {
		return err
	}
	d, err := db.Open(context.Background(), db.Config{URL: args[0], Path: args[1]})
	if err != nil {
		return err
	}
	media, err := os.OpenRoot(args[2])
	if err != nil {
		return err
	}
	wait := func(int64, int64) {
		if times--; times == 0 {
			fmt.Println("waiting")
			select {}
		}
	}
	if task == "restore" {
		_, err = backup.Restore(context.Background(), args[3], d, media, backup.RestoreOptions{Progress: wait})
		return err
	}
	o := options()
	o.Progress = wait
	_, err = backup.Write(context.Background(), d, media, args[3], o)
	return err
}

// killed runs a child until it waits and kills it there.
func killed(t *testing.T, task string, place testkit.Place, media *os.Root, path string, times int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], place.URL, place.Path, media.Name(), path, strconv.Itoa(times))
	cmd.Env = append(os.Environ(), childVariable+"="+task)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "waiting\n" {
		rest, _ := io.ReadAll(out)
		t.Errorf("%s to the %dth step: %s%s", task, times, line, rest)
	}
	_ = cmd.Process.Kill()
	if err := cmd.Wait(); err == nil {
		t.Errorf("%s ended by itself", task)
	}
}

// many fills a database with enough rows for several steps of progress.
func many(t *testing.T, d *db.DB, media *os.Root) {
	t.Helper()
	fill(t, d, media)
	update(t, d, func(tx *db.Tx) error {
		for n := range 2500 {
			if _, err := tx.Exec(`INSERT INTO audit (id, at, act, subject, detail) VALUES ($1, $2, '', '', '')`, fmt.Sprintf("%05d", n), n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Progress is told twice for the rows, six times for the files, twice for the rows
// when they are read back, and at the end of that.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		place, media := e.Fresh(t), folder(t)
		d := testkit.Open(t, place)
		if err := d.Migrate(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		many(t, d, media)
		for _, times := range []int{1, 5, 9, 11} {
			path := filepath.Join(t.TempDir(), "site.zip")
			killed(t, "write", place, media, path, times)
			if _, err := os.Lstat(path); err == nil {
				t.Errorf("killed at step %d: there is a file under the final name", times)
			}
			if _, err := backup.Write(t.Context(), d, media, path, options()); err != nil {
				t.Errorf("after the kill at step %d: %v", times, err)
			}
		}
	})
}

func TestKilledWhileRestoring(t *testing.T) {
	t.Parallel()
	source, media := migrated(t, testkit.Engines()[0]), folder(t)
	many(t, source, media)
	path, want := written(t, source, media), contents(t, source)
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		for _, times := range []int{1, 5, 10, 11} {
			place, restored := e.Fresh(t), folder(t)
			killed(t, "restore", place, restored, path, times)
			d := testkit.Open(t, place)
			if _, err := backup.Restore(t.Context(), path, d, restored, backup.RestoreOptions{}); err != nil {
				t.Errorf("after the kill at step %d: %v", times, err)
			} else if !reflect.DeepEqual(want, contents(t, d)) || !maps.Equal(files(t, media), files(t, restored)) {
				t.Errorf("after the kill at step %d something is missing", times)
			}
		}
	})
}
