// Command drawcovers draws the pictures of the sample community and the
// program's icons. Run it from the root of the repository:
//
//	go run ./demo/drawcovers
//
// Every story of demo/content/stories whose header has a motif gets a cover in
// demo/pictures, in four widths; authors get a portrait in
// demo/pictures/authors. The same texts give the same pictures, so it need be
// run only after a motif was changed or a story added.
package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"waypost/internal/drawing"
)

func main() {
	if err := draw("."); err != nil {
		fmt.Fprintln(os.Stderr, "drawcovers:", err)
		os.Exit(1)
	}
}

// draw writes all pictures of the repository at root.
func draw(root string) error {
	if err := covers(root); err != nil {
		return fmt.Errorf("draw covers: %w", err)
	}
	if err := portraits(root); err != nil {
		return fmt.Errorf("draw portraits: %w", err)
	}
	for _, size := range []int{32, 180} {
		file := filepath.Join(root, "web", "static", "icon-"+strconv.Itoa(size)+".png")
		if err := write(file, drawing.Icon(drawing.DefaultBase(), size)); err != nil {
			return err
		}
	}
	return nil
}

func covers(root string) error {
	stories, err := filepath.Glob(filepath.Join(root, "demo", "content", "stories", "*.md"))
	if err != nil {
		return err
	}
	for _, story := range stories {
		motif, err := motifOf(story)
		if err != nil {
			return err
		}
		if motif == "" {
			continue
		}
		if err := cover(filepath.Join(root, "demo", "pictures"), slugOf(story), motif); err != nil {
			return err
		}
	}
	return nil
}

// cover draws each width by itself: flat shapes drawn small are sharper, and
// smaller files, than large ones scaled down.
func cover(folder, slug, motif string) error {
	hash := fnv.New64a()
	hash.Write([]byte(slug))
	for _, size := range []struct {
		suffix string
		width  int
	}{{"", 1600}, {"-480", 480}, {"-800", 800}, {"-1200", 1200}} {
		img := drawing.Landscape(drawing.DefaultBase(), motif, hash.Sum64(), size.width, size.width*9/16)
		if err := write(filepath.Join(folder, slug+size.suffix+".png"), img); err != nil {
			return err
		}
	}
	return nil
}

// slugOf drops the number and the extension from a story's file name.
func slugOf(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".md")
	if number, slug, found := strings.Cut(name, "-"); found && strings.Trim(number, "0123456789") == "" {
		return slug
	}
	return name
}

// motifOf reads the motif from a story's header, which ends with a line of
// three dashes.
func motifOf(file string) (string, error) {
	story, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer story.Close()
	lines := bufio.NewScanner(story)
	for lines.Scan() && lines.Text() != "---" {
		if key, value, found := strings.Cut(lines.Text(), ":"); found && strings.TrimSpace(key) == "motif" {
			return strings.TrimSpace(value), nil
		}
	}
	return "", lines.Err()
}

// faces gives the seed of each author's portrait, chosen by looking. The
// authors it leaves out show their initials.
func faces() map[string]uint64 {
	return map[string]uint64{
		"adaeze-whitlock":   11,
		"dez-achterberg":    12,
		"ilinca-serbanescu": 13,
		"kit-halvorsen":     28,
		"mei-castellano":    27,
		"rohan-pillai":      29,
		"tamsin-oyelaran":   0,
	}
}

func portraits(root string) error {
	for handle, seed := range faces() {
		file := filepath.Join(root, "demo", "pictures", "authors", handle+".png")
		if err := write(file, drawing.Portrait(drawing.DefaultBase(), seed)); err != nil {
			return err
		}
	}
	return nil
}

func write(file string, img *image.Paletted) error {
	data, err := drawing.PNG(img)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
