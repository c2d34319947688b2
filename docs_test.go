package waypost_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	fenced = regexp.MustCompile("(?ms)^(```|~~~).*?^(```|~~~)")
	inline = regexp.MustCompile("`[^`\n]*`")
	// A link or picture, [words](target "title"), or a definition, [word]: target.
	linked  = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)
	defined = regexp.MustCompile(`(?m)^\[[^\]]+\]:\s*(\S+)`)
	sourced = regexp.MustCompile(`\b(?:src|href)="([^"]+)"`)
	heading = regexp.MustCompile(`(?m)^#{1,6}\s+(.*?)\s*#*$`)
	scheme  = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)
)

// documents are the Markdown files about the project; what lies under testdata
// or is content of a community links to other places.
func documents(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(projectFiles(t), func(name string) bool {
		return path.Ext(name) != ".md" || strings.Contains(name, "testdata/") || under(name, "demo/content")
	})
}

// TestLinksOfDocuments follows every link between files of the project, with
// the heading it names.
func TestLinksOfDocuments(t *testing.T) {
	t.Parallel()
	links := 0
	for _, name := range documents(t) {
		for _, target := range linkTargets(string(readFile(t, name))) {
			links++
			if fault := linkFault(t, name, target); fault != "" {
				t.Errorf("%s links to %s: %s", name, target, fault)
			}
		}
	}
	t.Logf("%d links between files of the project", links)
}

// linkTargets finds the targets in a document that lie in the project.
func linkTargets(text string) []string {
	text = inline.ReplaceAllString(fenced.ReplaceAllString(text, ""), "")
	var targets []string
	for _, shape := range []*regexp.Regexp{linked, defined, sourced} {
		for _, found := range shape.FindAllStringSubmatch(text, -1) {
			if !scheme.MatchString(found[1]) {
				targets = append(targets, found[1])
			}
		}
	}
	return targets
}

func linkFault(t *testing.T, from, target string) string {
	t.Helper()
	file, anchor, _ := strings.Cut(target, "#")
	name := from
	if file != "" {
		name = path.Join(path.Dir(from), file)
	}
	if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
		return "there is no " + name
	}
	if anchor == "" || path.Ext(name) != ".md" {
		return ""
	}
	if !slices.Contains(anchors(string(readFile(t, name))), anchor) {
		return fmt.Sprintf("%s has no heading %q", name, anchor)
	}
	return ""
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N}\s_-]`)

// anchors are the names that a forge gives to the headings of a document:
// small letters, hyphens for spaces, other signs dropped.
func anchors(text string) []string {
	var names []string
	for _, found := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		name := notInAnchor.ReplaceAllString(strings.ToLower(found[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

func TestLinkTargets(t *testing.T) {
	t.Parallel()
	const text = "See [a](docs/a.md \"t\"), ![b](<b.png>) and [web](https://example.org/x).\n" +
		"`[not](this.md)`\n\n```\n[nor](that.md)\n```\n\n[ref]: c.md#d\n<img src=\"e.svg\">\n"
	want := []string{"docs/a.md", "b.png", "c.md#d", "e.svg"}
	if got := linkTargets(text); !slices.Equal(got, want) {
		t.Errorf("linkTargets = %q, want %q", got, want)
	}
	if got, want := anchors("# One\n## It's `Two`, too\n"), []string{"one", "its-two-too"}; !slices.Equal(got, want) {
		t.Errorf("anchors = %q, want %q", got, want)
	}
}

const decisions = "docs/decisions"

var decisionName = regexp.MustCompile(`^(\d{4})-[a-z0-9-]+\.md$`)

// TestDecisions asks that the records are numbered without a gap, begin with
// their number and are all listed in the folder's README.md.
func TestDecisions(t *testing.T) {
	t.Parallel()
	number := 0
	for _, name := range documents(t) {
		if path.Dir(name) != decisions || path.Base(name) == "README.md" {
			continue
		}
		number++
		parts := decisionName.FindStringSubmatch(path.Base(name))
		if parts == nil || parts[1] != fmt.Sprintf("%04d", number) {
			t.Errorf("%s is in the place of record %04d; records are named 0001-words.md, without a gap", name, number)
			continue
		}
		text := string(readFile(t, name))
		if title, _, _ := strings.Cut(text, "\n"); !strings.HasPrefix(title, "# ") {
			t.Errorf("%s does not begin with its title", name)
		}
		if !strings.Contains(string(readFile(t, decisions+"/README.md")), "("+path.Base(name)+")") {
			t.Errorf("%s/README.md does not list %s", decisions, path.Base(name))
		}
	}
	t.Logf("%d decision records", number)
}
