package wxr_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/transfer/wxr"
)

// tight are limits that a fuzzer can reach.
var tight = wxr.Limits{OutBytes: 8 << 20, ItemBytes: 64 << 10, ShortBytes: 256, Entries: 20, Problems: 20}

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

// clean says whether s is UTF-8 without control characters.
func clean(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' })
}

// FuzzRead takes the bytes for any kind of export: XML, gzip or zip.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, sum, err := readBytes(t, b, tight)
		if err != nil && !wxr.Refused(err) {
			t.Fatalf("neither read nor refused: %v", err)
		}
		if sum.Items != len(c.items) || sum.Authors != len(c.authors) || len(c.terms) != sum.CategoryDefs+sum.TagDefs+sum.TermDefs {
			t.Fatalf("counts differ from what was handed out: %+v", sum)
		}
		comments := 0
		for _, it := range c.items {
			comments += len(it.Comments)
			if len(it.Title) > tight.ShortBytes || len(it.Content) > int(tight.ItemBytes) {
				t.Fatal("limits not kept")
			}
			if !clean(fmt.Sprintf("%+v", it)) {
				t.Fatalf("characters that no database takes: %+v", it)
			}
			wxr.Addresses(&it, wxr.Site{Link: it.Link})
		}
		if comments != sum.Comments || sum.MaxReplyDepth > comments {
			t.Fatalf("%d comments, %+v", comments, sum)
		}
	})
}
