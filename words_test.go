package waypost_test

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foreign are words that make sense on one machine only. The patterns are
// written so that this file does not match itself.
var foreign = []struct {
	pattern *regexp.Regexp
	why     string
}{
	{regexp.MustCompile(`(?:^|[\s"'=(:` + "`" + `])/(?:work|root|Users|home/[a-z]+)/`),
		"a path of one machine"},
	{regexp.MustCompile(`(?i)registry\.(?:npmjs|yarnpkg)|(?:proxy|sum)\.golang\.[o]rg|files\.pythonhosted`),
		"a host that packages were fetched from"},
	{regexp.MustCompile(`\.\./sh[a]red`),
		"a folder outside the project; tests find it by WAYPOST_CASES"},
	{regexp.MustCompile(`\b(?:SETTLED|STACK|FIELD|ARCHITECTURE|PATH-DESIGN|SECURITY-GUIDE)[.]md\b`),
		"a document that is not in the project"},
	{regexp.MustCompile(`\b(?:TO[D]O|FIX[M]E|XX[X])\b`),
		"work left undone; do it or leave it out"},
}

// mayName are the exceptions: who may match which reason.
var mayName = map[string]string{
	".ci/run": "a folder outside the project; tests find it by WAYPOST_CASES",
}

// worded are the files that a person or a program reads as text.
var worded = []string{
	".css", ".editorconfig", ".gitattributes", ".gitignore", ".go", ".html", ".js", ".json", ".md",
	".mod", ".sh", ".sql", ".svg", ".txt", ".yaml", ".yml", "",
}

// TestWords looks for words that a stranger who cloned the project would not
// understand. Cases under testdata say what they say.
func TestWords(t *testing.T) {
	t.Parallel()
	for _, name := range projectFiles(t) {
		if !slices.Contains(worded, path.Ext(name)) || strings.Contains(name, "testdata/") && path.Ext(name) != ".json" {
			continue
		}
		number := 0
		for line := range bytes.Lines(readFile(t, name)) {
			number++
			for _, word := range foreign {
				if word.pattern.Match(line) && mayName[name] != word.why {
					t.Errorf("%s:%d: %s: %q", name, number, word.why, word.pattern.Find(line))
				}
			}
		}
	}
}
