package wxr_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"waypost/transfer/wxr"
)

// TestSummaries holds every file that an expected.json names against it.
func TestSummaries(t *testing.T) {
	t.Parallel()
	folders := map[string]string{"own": "testdata"}
	if dir := outside("wordpress-wxr"); dir != "" {
		folders["outside"] = dir
	}
	for name, dir := range folders {
		var expected map[string]json.RawMessage
		decodeJSON(t, filepath.Join(dir, "expected.json"), &expected)
		t.Logf("%d %s cases", len(expected), name)
		for file, want := range expected {
			t.Run(name+"/"+file, func(t *testing.T) {
				t.Parallel()
				c, got, err := readFile(t, filepath.Join(dir, filepath.FromSlash(file)))
				if err != nil {
					t.Fatal(err)
				}
				compare(t, got, want)
				if len(c.items) != got.Items || len(c.authors) != got.Authors {
					t.Errorf("handed out %d items and %d authors, counted %d and %d", len(c.items), len(c.authors), got.Items, got.Authors)
				}
				if len(c.sites) != 1 {
					t.Errorf("told of the site %d times", len(c.sites))
				}
			})
		}
	}
}

var line = regexp.MustCompile(`line \d+`)

// compare looks only at the keys that the expectation has: an independent strict
// parser counts nothing in a file that is not well-formed. Its error needs only the
// same line.
func compare(t *testing.T, got wxr.Summary, raw json.RawMessage) {
	t.Helper()
	var want wxr.Summary
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got.WellFormed != want.WellFormed || line.FindString(got.Error) != line.FindString(want.Error) {
		t.Errorf("well-formed %v (%s), want %v (%s)", got.WellFormed, got.Error, want.WellFormed, want.Error)
	}
	full := want.ByTypeStatus != nil
	got.Error, want.Error = "", ""
	if g, w := text(t, got), text(t, want); full && g != w {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

func text(t *testing.T, s wxr.Summary) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReplyDepth(t *testing.T) {
	t.Parallel()
	long := make([][2]int, 5000)
	for i := range long {
		long[i] = [2]int{i + 1, i}
	}
	for name, c := range map[string]struct {
		comments [][2]int // ID, parent
		want     int
	}{
		"none":               {nil, 0},
		"flat":               {[][2]int{{1, 0}, {2, 0}}, 1},
		"three":              {[][2]int{{3, 2}, {2, 1}, {1, 0}}, 3},
		"the parent is lost": {[][2]int{{2, 1}, {3, 2}}, 2},
		"its own parent":     {[][2]int{{4, 4}}, 1},
		"a circle":           {[][2]int{{1, 2}, {2, 3}, {3, 1}}, 3},
		"without numbers":    {[][2]int{{0, 0}, {0, 0}}, 1},
		"a long chain":       {long, 5000},
	} {
		var b strings.Builder
		b.WriteString("<rss><channel><item>")
		for _, one := range c.comments {
			fmt.Fprintf(&b, "<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_parent>%d</wp:comment_parent></wp:comment>", one[0], one[1])
		}
		b.WriteString("</item></channel></rss>")
		sum, err := wxr.Read(t.Context(), strings.NewReader(b.String()), &collector{}, wxr.Limits{})
		if err != nil || sum.MaxReplyDepth != c.want {
			t.Errorf("%s: got %d, want %d (%v)", name, sum.MaxReplyDepth, c.want, err)
		}
	}
}
