package markdown_test

import (
	"testing"

	"waypost/internal/markdown"
)

func seeds(f *testing.F) {
	f.Helper()
	for _, name := range []string{"attacks", "markdown"} {
		for _, h := range readLines(f, "testdata/"+name+".jsonl") {
			if h.Unit == "" {
				f.Add(h.Payload)
			}
		}
	}
}

func FuzzStory(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, source string) {
		checkSafe(t, source, markdown.Story(source, site()), "s-")
		checkSafe(t, source, markdown.Note(source, site()), "s-")
	})
}

func FuzzImported(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, source string) {
		checkSafe(t, source, markdown.Imported(source, site()), "s-")
	})
}
