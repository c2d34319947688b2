package cases_test

import (
	"os"
	"path/filepath"
	"testing"

	"waypost/internal/testkit/cases"
)

func TestWithoutOutsideCases(t *testing.T) {
	t.Setenv("WAYPOST_CASES", "")
	if dir, ok := cases.Dir(t, "fixtures/markdown"); ok || dir != "" {
		t.Errorf("Dir = %q, %v without WAYPOST_CASES", dir, ok)
	}
	if files := cases.Files(t, "fixtures/markdown", "*"); len(files) != 0 {
		t.Errorf("Files = %q without WAYPOST_CASES", files)
	}
}

func TestWithOutsideCases(t *testing.T) {
	root := t.TempDir()
	folder := filepath.Join(root, "fixtures", "feeds")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.xml", "b.xml", "README.md"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("WAYPOST_CASES", root)
	if dir, ok := cases.Dir(t, "fixtures/feeds"); !ok || dir != folder {
		t.Errorf("Dir = %q, %v; want %q", dir, ok, folder)
	}
	if files := cases.Files(t, "fixtures/feeds", "*.xml"); len(files) != 2 {
		t.Errorf("Files = %q, want two", files)
	}
	if dir, ok := cases.Dir(t, "fixtures/absent"); ok {
		t.Errorf("Dir found %q, which is not there", dir)
	}
}
