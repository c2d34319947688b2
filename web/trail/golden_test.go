package trail_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

// sample is a trail of testdata with how it is drawn.
type sample struct {
	name  string
	trail trails.Trail
	opts  trail.Options
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		checkGolden(t, filepath.Join("testdata", s.name), trail.Draw(s.trail, s.opts))
	}
}

// checkGolden compares both drawings of a figure with those that are kept.
func checkGolden(t *testing.T, base string, f trail.Figure) {
	t.Helper()
	for form, svg := range map[string][]byte{"wide": f.Wide, "tall": f.Tall} {
		file := base + "." + form + ".svg"
		svg = append(bytes.Clone(svg), '\n')
		if *update {
			if err := os.WriteFile(file, svg, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(svg, want) {
			t.Errorf("%s is drawn differently; look at it, then run the test with -update", file)
		}
	}
}

func TestDrawsTheSameTwice(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		a, b := trail.Draw(s.trail, s.opts), trail.Draw(s.trail, s.opts)
		if !bytes.Equal(a.Wide, b.Wide) || !bytes.Equal(a.Tall, b.Tall) || a.Description != b.Description {
			t.Errorf("%s is not drawn twice alike", s.name)
		}
	}
}

func samples(t *testing.T) []sample {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if !strings.HasPrefix(name, "words.") {
			all = append(all, readSample(t, file, name))
		}
	}
	if len(all) < 12 {
		t.Fatalf("%d samples in testdata, want at least 12", len(all))
	}
	return all
}

func readSample(t *testing.T, file, name string) sample {
	t.Helper()
	var stored struct {
		AsOf  partdate.Date   `json:"as_of"`
		Words string          `json:"words"`
		Dir   string          `json:"dir"`
		Trail json.RawMessage `json:"trail"`
	}
	readJSON(t, file, &stored)
	tr, err := trails.ParseTrail(stored.Trail)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if err := tr.Check(); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return sample{name, tr, trail.Options{
		AsOf:     stored.AsOf.First(),
		IDPrefix: name + "-",
		Dir:      stored.Dir,
		Words:    words(t, stored.Words),
	}}
}

// words reads a small catalogue; its plurals know one and many.
func words(t testing.TB, language string) trail.Words {
	t.Helper()
	catalogue := make(map[string]string)
	readJSON(t, filepath.Join("testdata", "words."+language+".json"), &catalogue)
	say := func(key string) string {
		text, found := catalogue[key]
		if !found {
			t.Errorf("%s has no %s", language, key)
		}
		return text
	}
	return trail.NewWords(say, func(key string, n int) string {
		form := ".other"
		if n == 1 {
			form = ".one"
		}
		return strings.ReplaceAll(say(key+form), "{n}", strconv.Itoa(n))
	})
}

func readJSON(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}
