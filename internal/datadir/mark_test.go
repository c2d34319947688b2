package datadir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMarkAndCheck(t *testing.T) {
	t.Parallel()
	shared := t.TempDir()
	node := func() string {
		path := t.TempDir()
		if err := os.Symlink(shared, filepath.Join(path, "media")); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, second, elsewhere := open(t, node()), open(t, node()), open(t, t.TempDir())
	if err := first.CheckShared("one"); err == nil || !strings.Contains(err.Error(), "Is the volume mounted") {
		t.Errorf("CheckShared = %v before the folder is marked", err)
	}
	for range 2 {
		if err := first.MarkMedia("one"); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Media().WriteFile("picture", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, d := range []interface{ CheckShared(string) error }{first, second} {
		if err := d.CheckShared("one"); err != nil {
			t.Errorf("CheckShared = %v on a node that shares the folder", err)
		}
		if err := d.CheckShared("two"); err == nil || !strings.Contains(err.Error(), "(one, not two)") {
			t.Errorf("CheckShared = %v for another community", err)
		}
	}
	if err := second.MarkMedia("two"); err == nil {
		t.Error("the mark of another community is replaced")
	}
	if err := elsewhere.CheckShared("one"); err == nil {
		t.Error("a node with a media folder of its own passes")
	}
}

func TestMarkRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, text string // in the media folder beforehand
		id         string
		want       string // a part of the error; none when the mark is set
	}{
		{"", "", "one", ""},
		{"picture", "", "one", "holds files and no mark"},
		{".waypost-instance", "one\n", "one", ""},
		{".waypost-instance", "two\n", "one", "belongs to another community"},
		{".waypost-instance", "", "one", ""},   // the program ended while it wrote
		{".waypost-instance", "on", "one", ""}, // likewise
		{".waypost-instance.new", "one", "one", ""},
		{"", "", "", "is not an instance id"},
		{"", "", "a\nb", "is not an instance id"},
		{"", "", strings.Repeat("x", 1000), "is not an instance id"},
	}
	for _, test := range tests {
		d := open(t, t.TempDir())
		if test.file != "" {
			if err := d.Media().WriteFile(test.file, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := d.MarkMedia(test.id)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%+v: %v", test, err)
		}
	}
}
