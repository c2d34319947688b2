package waypost_test

import (
	"regexp"
	"testing"
)

var mapLine = regexp.MustCompile(`(?m)^//\t(\S+)\s+\S.+$`)

// TestMap asks that doc.go has a line for every package.
func TestMap(t *testing.T) {
	t.Parallel()
	onMap := map[string]bool{".": true}
	for _, line := range mapLine.FindAllStringSubmatch(string(readFile(t, "doc.go")), -1) {
		onMap[line[1]] = true
	}
	for _, s := range sources(t) {
		if !onMap[s.pkg()] {
			t.Errorf("doc.go, the map, has no line for %s", s.pkg())
			onMap[s.pkg()] = true
		}
	}
}
