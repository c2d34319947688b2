// Package cases finds cases from outside the project: folders of real files
// that are too large, or not ours, to be kept here. WAYPOST_CASES names their
// folder. A test always runs the project's own cases and adds these where they
// exist; it passes without them, and says how many of each it ran.
package cases

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir returns a folder of outside cases, such as "fixtures/markdown", and
// whether it is there. WAYPOST_CASES unset is no fault; set to a folder that
// does not exist, it fails the test, for then somebody believes it was used.
func Dir(t testing.TB, name string) (dir string, ok bool) {
	t.Helper()
	root := os.Getenv("WAYPOST_CASES")
	if root == "" {
		return "", false
	}
	if _, err := os.Stat(root); err != nil {
		t.Fatalf("WAYPOST_CASES: %v", err)
	}
	dir = filepath.Join(root, filepath.FromSlash(name))
	_, err := os.Stat(dir)
	return dir, err == nil
}

// Files lists the files in a folder of outside cases that match a pattern of
// filepath.Match, such as "*.xml", with their paths; none where the folder is
// not there.
func Files(t testing.TB, name, pattern string) []string {
	t.Helper()
	dir, ok := Dir(t, name)
	if !ok {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatalf("outside cases %s/%s: %v", name, pattern, err)
	}
	return files
}

// Count logs how many cases a test ran; the report of `make test` repeats it.
func Count(t testing.TB, own, outside int) {
	t.Helper()
	t.Logf("%d own cases, %d outside", own, outside)
}
