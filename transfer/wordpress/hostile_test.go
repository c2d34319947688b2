package wordpress_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// TestRefused brings files that are refused: with a clear error, and nothing written,
// even where what is wrong comes after items that are not.
func TestRefused(t *testing.T) {
	good := post(1, "one", "One", "Text.")
	bomb := gzipped(t, export(site, good, "<!--"+strings.Repeat(" ", 24<<20)+"-->"))
	own := map[string]string{
		"a document type":        "<!DOCTYPE rss [<!ENTITY a \"b\">]>" + export(site, good),
		"a late document type":   strings.Replace(export(site, good), "</channel>", "<!DOCTYPE x></channel>", 1),
		"a bomb":                 bomb,
		"something else":         "<html><body>Hello</body></html>",
		"nothing":                "",
		"an archive of archives": gzipped(t, bomb),
	}
	each(t, func(t *testing.T, k *kit) {
		for name, text := range own {
			_, err := k.try(t, text, wordpress.Options{By: owner()})
			if !wxr.Refused(err) {
				t.Errorf("%s: error %v", name, err)
			}
		}
		if left := k.rows(t, 1, `SELECT id FROM stories UNION SELECT id FROM profiles UNION SELECT id FROM imports`); len(left) > 0 {
			t.Errorf("%d rows were written", len(left))
		}
		outside := 0
		if dir, ok := cases.Dir(t, "fixtures/hostile"); ok {
			outside = k.hostile(t, dir)
		}
		cases.Count(t, len(own), outside)
	})
}

// hostile brings the outside files. Those which are no more than odd may come.
func (k *kit) hostile(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	for _, pattern := range []string{"archives/*", "xml/*"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			n++
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r, err := k.try(t, string(b), wordpress.Options{By: owner()})
			if err != nil && !wxr.Refused(err) {
				t.Errorf("%s: %v", path, err)
			}
			if err == nil {
				balanced(t, r)
			}
		}
	}
	return n
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHostileTexts brings items whose fields are meant to do harm. They are kept as
// text; what leads out of the database's alphabet or the site goes.
func TestHostileTexts(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.bring(t, export(site,
			author("x' OR 1=1 --", "<script>alert(1)</script>Ann\u202e"),
			post(1, "..%2f..%2fetc%2fpasswd", "<img src=x onerror=alert(1)>Hi", "<script>alert(1)</script><p onclick=x>Text</p>",
				"link=javascript:alert(1)", "dc:creator=x' OR 1=1 --", term("post_tag", "%00%ff", "\u0001a&#0;b")),
			post(2, strings.Repeat("%e3%81%82", 90), "Long", "Text.", "link="+site+"/"+strings.Repeat("a/", 3000)),
			post(-5, "minus", "Minus", "Text."), post(0, "zero", "Zero", "Text."),
		))
		if r.Made.Stories != 4 {
			t.Errorf("made %s, skipped %+v", r.Made, r.Skipped)
		}
		if st := k.story(t, "etc-passwd"); st.Title != "Hi" {
			t.Errorf("%+v", st)
		}
		if rows := k.rows(t, 2, `SELECT rendered, story_id FROM story_texts WHERE rendered LIKE '%script%' OR rendered LIKE '%onclick%'`); len(rows) > 0 {
			t.Errorf("rendered %q", rows)
		}
		if name := k.rows(t, 1, `SELECT name FROM profiles WHERE name LIKE '%Ann%'`); len(name) != 1 || strings.Contains(name[0], "script") {
			t.Errorf("names %q", name)
		}
	})
}

func TestSeveralSites(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		text := zipped(t, map[string]string{
			"a.xml": export(site, post(1, "one", "One", "Text.")),
			"b.xml": export("https://other.example", post(1, "one", "One", "Text.")),
		})
		if _, err := k.try(t, text, wordpress.Options{By: owner()}); !problem.Is(err, problem.Invalid) {
			t.Errorf("error %v", err)
		}
		parts := zipped(t, map[string]string{
			"a.xml": export(site, author("ines", "Ines"), post(1, "one", "One", "Text.")),
			"b.xml": export("http://www.quay.example/", author("ines", "Ines"), post(1, "one", "One", "Text."), post(2, "two", "Two", "Text.")),
		})
		r := k.bring(t, parts)
		if r.Made.Stories != 2 || r.Made.Authors != 1 || whys(r.Skipped, "post 1") != "import.skip_number" {
			t.Errorf("made %s, skipped %+v", r.Made, r.Skipped)
		}
	})
}

func zipped(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
