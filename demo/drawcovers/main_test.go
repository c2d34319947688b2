package main

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

func TestDraw(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	stories := filepath.Join(root, "demo", "content", "stories")
	if err := os.MkdirAll(stories, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"01-by-the-weir.md": "title: By the weir\nmotif: river\n---\nText.\n",
		"02-plain.md":       "title: Plain\n---\nmotif: coast\n",
	} {
		if err := os.WriteFile(filepath.Join(stories, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := draw(root); err != nil {
		t.Fatal(err)
	}
	for name, width := range map[string]int{
		"demo/pictures/by-the-weir.png": 1600, "demo/pictures/by-the-weir-480.png": 480,
		"demo/pictures/by-the-weir-800.png": 800, "demo/pictures/by-the-weir-1200.png": 1200,
		"demo/pictures/authors/mei-castellano.png": 320,
		"web/static/icon-32.png":                   32, "web/static/icon-180.png": 180,
	} {
		file, err := os.Open(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			continue
		}
		config, err := png.DecodeConfig(file)
		file.Close()
		if err != nil || config.Width != width {
			t.Errorf("%s is %d wide (%v), want %d", name, config.Width, err, width)
		}
	}
	if left, err := filepath.Glob(filepath.Join(root, "demo", "pictures", "plain*")); err != nil || len(left) > 0 {
		t.Errorf("a story without a motif got %v (%v)", left, err)
	}
}
