package wxr_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/transfer/wxr"
)

func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// counted counts the bytes read from a file in memory.
type counted struct {
	*bytes.Reader
	read int64
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	c.read += int64(n)
	return n, err
}

// readBytes reads an export held in memory.
func readBytes(t testing.TB, b []byte, limits wxr.Limits) (*collector, wxr.Summary, error) {
	c := &collector{}
	src, err := wxr.NewSource(bytes.NewReader(b), int64(len(b)), limits)
	if err != nil {
		return c, wxr.Summary{}, err
	}
	sum, err := src.Read(t.Context(), c)
	return c, sum, err
}

const small = `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>t</title><item><wp:post_id>7</wp:post_id></item></channel></rss>`

func zipped(t *testing.T, files ...zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		text := f.Comment
		f.Comment = ""
		w, err := z.CreateHeader(&f)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is an entry; its text travels in the comment up to zipped.
func file(name, text string) zip.FileHeader {
	h := zip.FileHeader{Name: name, Comment: text}
	if text != "" {
		h.Method = zip.Deflate
	}
	return h
}

func link(name string) zip.FileHeader {
	h := file(name, "/etc/passwd")
	h.SetMode(os.ModeSymlink | 0o777)
	return h
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchives(t *testing.T) {
	t.Parallel()
	two := strings.Replace(small, "7", "8", 1)
	b := zipped(t, file("part-2.xml", two), file("part-1.xml", small), file("__MACOSX/._part", "x"),
		file("readme.txt", "hello"), file("index.html", "<!doctype HTML><p>"), file("other.xml", "<opml/>"), file("uploads/", ""))
	c, sum, err := readBytes(t, b, wxr.Limits{})
	if err != nil || sum.Items != 2 || c.items[0].ID != 7 || c.items[1].Document != "part-2.xml" || len(c.sites) != 2 {
		t.Errorf("%+v %+v %v", sum, c.items, err)
	}
	if c.kinds()[wxr.Skipped] != 3 {
		t.Errorf("problems %v", c.problems)
	}
	c, _, err = readBytes(t, gzipped(t, small), wxr.Limits{})
	if err != nil || len(c.items) != 1 {
		t.Errorf("gzip: %+v %v", c.items, err)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	for _, b := range [][]byte{[]byte(small), gzipped(t, small), zipped(t, file("a.xml", small+strings.Repeat(" ", 1000)))} {
		src, err := wxr.NewSource(bytes.NewReader(b), int64(len(b)), wxr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := src.Read(t.Context(), &collector{}); err != nil {
			t.Fatal(err)
		}
		if read, total := src.Progress(); total != int64(len(b)) || read < total/3 || read > total {
			t.Errorf("read %d of %d", read, total)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	bomb := "<rss>" + strings.Repeat(" ", 17<<20)
	many := make([]zip.FileHeader, 1001)
	for i := range many {
		many[i] = file(strings.Repeat("d/", i%7)+"f"+strings.Repeat("x", i/7), "")
	}
	for name, b := range map[string][]byte{
		"nothing":            nil,
		"no export":          []byte("<opml/>"),
		"no markup":          []byte("hello"),
		"empty zip":          zipped(t),
		"zip without export": zipped(t, file("a.txt", "x")),
		"broken zip":         []byte("PK\x03\x04 and so on"),
		"broken gzip":        []byte("\x1f\x8b and so on"),
		"gzip bomb":          gzipped(t, bomb),
		"zip bomb":           zipped(t, file("a.xml", bomb)),
		"too many files":     zipped(t, many...),
		"zip in zip":         zipped(t, file("a.xml", small), file("b.zip", string(zipped(t, file("c.xml", small))))),
		"gzip in zip":        zipped(t, file("a.xml", string(gzipped(t, small)))),
		"zip in gzip":        gzipped(t, string(zipped(t, file("a.xml", small)))),
		"gzip in gzip":       gzipped(t, string(gzipped(t, small))),
		"a way out":          zipped(t, file("../a.xml", small)),
		"a way around":       zipped(t, file("a/../../b.xml", small)),
		"absolute":           zipped(t, file("/a.xml", small)),
		"a drive":            zipped(t, file("C:a.xml", small)),
		"backslashes":        zipped(t, file(`..\a.xml`, small)),
		"a link":             zipped(t, file("a.xml", small), link("b.xml")),
		"twice":              zipped(t, file("a.xml", small), file("A.xml", small)),
		"hidden letters":     zipped(t, file("a\u202Elmx.xml", small)),
		"a long name":        zipped(t, file(strings.Repeat("a", 600), small)),
		"document type":      []byte(`<!DOCTYPE rss [<!ENTITY a "b">]>` + small),
		"later type":         []byte("<rss><channel>\n<!doctype x></channel></rss>"),
		"deep":               []byte("<rss>" + strings.Repeat("<a>", 300)),
		"many attributes":    []byte("<rss><item" + strings.Repeat(" a=''", 70) + "/></rss>"),
		"a long tag":         []byte("<rss><item a='" + strings.Repeat("x", 70<<10) + "'/></rss>"),
	} {
		c, _, err := readBytes(t, b, wxr.Limits{})
		if !wxr.Refused(err) || len(c.items) > 0 {
			t.Errorf("%s: %d items, %v", name, len(c.items), err)
		}
	}
}

func TestDamagedArchive(t *testing.T) {
	t.Parallel()
	export := strings.Replace(small, "</channel>", "\n<item>\n<title>\n"+strings.Repeat("so on ", 9999), 1)
	whole := gzipped(t, export)
	c, sum, err := readBytes(t, whole[:len(whole)-20], wxr.Limits{})
	if err != nil || len(c.items) != 1 || sum.WellFormed || !strings.Contains(sum.Error, "line 4") {
		t.Errorf("%+v %v", sum, err)
	}
	if c.kinds()[wxr.Incomplete] != 1 {
		t.Errorf("problems %v", c.problems)
	}
}

func TestBudgetOverAllDocuments(t *testing.T) {
	t.Parallel()
	long := small + strings.Repeat(" ", 6000)
	b := zipped(t, file("a.xml", long), file("b.xml", long))
	_, _, err := readBytes(t, b, wxr.Limits{OutBytes: 10000})
	if _, ok := errors.AsType[*wxr.LimitError](err); !ok {
		t.Errorf("got %v", err)
	}
}

// TestDirectoryIsBounded gives an archive whose directory is far larger than its
// limit: opening it must not read it all.
func TestDirectoryIsBounded(t *testing.T) {
	t.Parallel()
	many := make([]zip.FileHeader, 3000)
	for i := range many {
		many[i] = file(strings.Repeat("n", 300)+string(rune('a'+i%26)), "")
	}
	b := zipped(t, many...)
	r := &counted{Reader: bytes.NewReader(b)}
	_, err := wxr.NewSource(r, int64(len(b)), wxr.Limits{Entries: 100})
	if !wxr.Refused(err) || r.read > 256<<10 {
		t.Errorf("%d of %d bytes read: %v", r.read, len(b), err)
	}
}

// TestHostileFiles runs the outside cases: each is refused or read without harm, and
// nothing is left in the folder for temporary files.
func TestHostileFiles(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	dir := outside("hostile")
	if dir == "" {
		t.Logf("0 outside cases")
		return
	}
	var files []string
	for _, pattern := range []string{"archives/*", "xml/*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, path := range files {
		_, _, err := readFile(t, path)
		if err != nil && !wxr.Refused(err) {
			t.Errorf("%s: %v", path, err)
		}
		name := filepath.Base(path)
		bad := filepath.Base(filepath.Dir(path)) == "archives" || strings.Contains(name, "xxe") || strings.Contains(name, "laughs")
		if bad && err == nil {
			t.Errorf("%s was not refused", path)
		}
	}
	n := 0
	for _, name := range []string{"archives-fuzz-zip.jsonl", "xml-fuzz.jsonl"} {
		for _, b := range base64Lines(t, filepath.Join(dir, name)) {
			n++
			if _, _, err := readBytes(t, b, wxr.Limits{}); err != nil && !wxr.Refused(err) {
				t.Errorf("%s %q: %v", name, b, err)
			}
		}
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	t.Logf("%d outside cases", len(files)+n)
}

// base64Lines reads the "b64" of each line.
func base64Lines(t *testing.T, path string) [][]byte {
	t.Helper()
	var all [][]byte
	lines := bufio.NewScanner(open(t, path))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one struct{ B64 []byte }
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one.B64)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
