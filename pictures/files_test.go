package pictures_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/pictures"
)

// oddNames are file names that no picture has.
func oddNames(id string) []string {
	return []string{
		"", ".", "..", "/", "\\", "\x00", id, id + ".", id + "..", id + ".svg", id + ".jpg.html", id + ".JPG", id + ".jpg/", id + ".jpg\x00",
		id + ".jpg%00", id + ".jpg ", " " + id + ".jpg", "./" + id + ".jpg", "../" + id + ".jpg", id + "/../" + id + ".jpg", id + "-.jpg", id + "-0.jpg",
		id + "-007.jpg", id + "--480.jpg", id + "-480-480.jpg", id + "-+480.jpg", id + "-480", id + "480.jpg", id[:31] + ".jpg", id + "0.jpg",
		strings.ToUpper(id) + ".jpg", ".new-" + id, "secret.txt", "../secret.txt", id + ".jpg" + strings.Repeat("x", 5000),
		id + "-" + strings.Repeat("9", 400) + ".jpg", id + ".jpg:stream", "~" + id + ".jpg", "\xff" + id + ".jpg",
	}
}

// hostilePaths adds the outside cases, as they are and as a server would decode them.
func hostilePaths(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, name := range cases.Files(t, "fixtures/hostile", "paths.jsonl") {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c struct{ Path string }
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, c.Path, strings.ReplaceAll(c.Path, "{FILE}", "secret.txt"))
			for decoded, again := c.Path, 0; again < 3; again++ {
				if decoded, err = url.PathUnescape(decoded); err != nil {
					break
				}
				paths = append(paths, decoded, strings.TrimPrefix(decoded, "/"))
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

func TestSweepLeavesWhatIsInUse(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for name, age := range map[string]time.Duration{".new-old": 25 * time.Hour, ".new-young": time.Hour, ".waypost-instance": 99 * time.Hour} {
			path, at := filepath.Join(k.folder, name), k.Clock.Now().Add(-age)
			if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.pictures.Sweep(); err != nil {
			t.Fatal(err)
		}
		if left := strings.Join(k.files(t), " "); left != ".new-young .waypost-instance" {
			t.Errorf("left are %s", left)
		}
	})
}

func TestOpenRefusesOddNames(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.add(t, photo(t, 60, 60), "")
		for _, name := range []string{filepath.Join(k.folder, "secret.txt"), filepath.Join(filepath.Dir(k.folder), "secret.txt")} {
			if err := os.WriteFile(name, []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Mkdir(filepath.Join(k.folder, p.ID+"-480.jpg"), 0o700); err != nil {
			t.Fatal(err)
		}
		link := strings.Repeat("0", 32) + ".jpg"
		if err := os.Symlink("../secret.txt", filepath.Join(k.folder, link)); err != nil {
			t.Fatal(err)
		}
		own, outside := oddNames(p.ID), hostilePaths(t)
		cases.Count(t, len(own), len(outside))
		for _, name := range append(own, outside...) {
			f, _, err := k.pictures.Open(name)
			if !problem.Is(err, problem.NotFound) {
				t.Errorf("%q: %v, %v, want not found", name, f, err)
			}
			if name != "" && strings.HasPrefix(name, p.ID) {
				if id, ok := pictures.IDFromAddress("/media/" + name); ok {
					t.Errorf("%q shows %s", name, id)
				}
			}
		}
		for name, what := range map[string]string{p.ID + "-480.jpg": "a folder", strings.Repeat("f", 32) + ".png": "no file"} {
			if _, _, err := k.pictures.Open(name); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s: %v, want not found", what, err)
			}
		}
		if f, _, err := k.pictures.Open(link); err == nil {
			t.Errorf("a link that leads outside: opened %s", f.Name())
		}
	})
}

func TestIDFromAddress(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("0a", 16)
	for address, want := range map[string]bool{
		"/media/" + id + ".jpg": true, "/media/" + id + ".png": true, "/media/" + id + "-480.jpg": true,
		id + ".jpg": false, "media/" + id + ".jpg": false, "https://example.org/media/" + id + ".jpg": false, "/media/" + id + ".jpg?x": false, "": false,
	} {
		if got, ok := pictures.IDFromAddress(address); ok != want || ok && got != id {
			t.Errorf("%q: %q, %v, want %v", address, got, ok, want)
		}
	}
}
