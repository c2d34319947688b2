package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"waypost/stories/trails"
)

//go:embed content pictures
var files embed.FS

// Text is one of the sample community's texts: the lines of its head by name, and
// what follows them.
type Text struct {
	Slug string
	Head map[string]string
	Body string
}

// readText splits a file at the line "---"; before it stand lines "name: value".
func readText(name string) (Text, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return Text{}, err
	}
	head, body, found := strings.Cut(string(data), "\n---\n")
	if !found {
		return Text{}, fmt.Errorf("%s has no head", name)
	}
	t := Text{Slug: slugOf(name), Head: map[string]string{}, Body: strings.TrimSpace(body) + "\n"}
	for line := range strings.Lines(head) {
		key, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found {
			return Text{}, fmt.Errorf("%s: %q is no line of a head", name, line)
		}
		t.Head[key] = value
	}
	return t, nil
}

// slugOf is a file's name without its number and ending.
func slugOf(name string) string {
	base := strings.TrimSuffix(path.Base(name), ".md")
	if number, rest, found := strings.Cut(base, "-"); found && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return base
}

// numberOf is the number that a file's name begins with.
func numberOf(name string) string {
	number, _, _ := strings.Cut(strings.TrimSuffix(path.Base(name), path.Ext(name)), "-")
	return number
}

// list splits a head's value at its commas.
func (t Text) list(key string) []string {
	var out []string
	for item := range strings.SplitSeq(t.Head[key], ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

func (t Text) published(zone *time.Location) (time.Time, error) {
	return time.ParseInLocation("2006-01-02T15:04", t.Head["published"], zone)
}

// trail is the path behind a story, if a file beside it has one.
func trail(storyFile string) (trails.Trail, error) {
	document, err := files.ReadFile(strings.TrimSuffix(storyFile, ".md") + ".trail.json")
	if err != nil {
		return trails.Trail{}, nil // most stories have one, not all
	}
	t, err := trails.ParseTrail(document)
	if err != nil {
		return t, fmt.Errorf("path of %s: %w", storyFile, err)
	}
	return t, nil
}

func readJSON(name string, v any) error {
	data, err := files.ReadFile("content/" + name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func textsIn(folder string) ([]string, error) { return fs.Glob(files, "content/"+folder+"/*.md") }
