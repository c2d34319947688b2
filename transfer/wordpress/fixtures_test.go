package wordpress_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"testing"

	"waypost/internal/testkit/cases"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// TestFixtures imports every file that an expected.json names: what was read is as
// expected, the numbers add up, a dry run says the same before, and a second run
// makes nothing.
func TestFixtures(t *testing.T) {
	t.Parallel()
	own, outside := fixtures(t, "own", "../wxr/testdata"), 0
	if dir, ok := cases.Dir(t, "fixtures/wordpress-wxr"); ok {
		outside = fixtures(t, "outside", dir)
	}
	cases.Count(t, own, outside)
}

func fixtures(t *testing.T, whose, dir string) int {
	t.Helper()
	var expected map[string]json.RawMessage
	if err := json.Unmarshal([]byte(file(t, filepath.Join(dir, "expected.json"))), &expected); err != nil {
		t.Fatal(err)
	}
	for name, want := range expected {
		t.Run(whose+"/"+name, func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				fixture(t, k, file(t, filepath.Join(dir, filepath.FromSlash(name))), want)
			})
		})
	}
	return len(expected)
}

func fixture(t *testing.T, k *kit, text string, want json.RawMessage) {
	t.Helper()
	dry := k.dry(t, text)
	if left := k.rows(t, 1, `SELECT site FROM imported UNION SELECT id FROM stories UNION SELECT id FROM imports`); len(left) > 0 {
		t.Fatalf("a dry run wrote %q", left)
	}
	first := k.bring(t, text)
	compareRead(t, first.Read, want)
	if dry.Made != first.Made || len(dry.Skipped) != len(first.Skipped) || len(dry.Notes) != len(first.Notes) {
		t.Errorf("a dry run would make %s, skip %d with %d notes; the import made %s and skipped %d with %d notes",
			dry.Made, len(dry.Skipped), len(dry.Notes), first.Made, len(first.Skipped), len(first.Notes))
	}
	again := k.bring(t, text)
	if again.Made != (wordpress.Counts{}) || again.Updated != (wordpress.Counts{}) || len(again.Skipped) != len(first.Skipped) {
		t.Errorf("a second run made %s, updated %s, skipped %d (%d before)", again.Made, again.Updated, len(again.Skipped), len(first.Skipped))
	}
	if first.Text() == "" || again.Text() == "" {
		t.Error("no text")
	}
}

var line = regexp.MustCompile(`line \d+`)

// compareRead looks only at the keys the expectation has: a strict parser counts
// nothing in a file that is not well-formed. Of its error the line must agree.
func compareRead(t *testing.T, got wxr.Summary, raw json.RawMessage) {
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
	if g, w := asJSON(t, got), asJSON(t, want); full && g != w {
		t.Errorf("read\n%s\nwant\n%s", g, w)
	}
}
