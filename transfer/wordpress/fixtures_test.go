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
// expected, the numbers add up, a dry run said the same before, and a second run
// makes nothing.
func TestFixtures(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		own := fixtures(t, k, "../wxr/testdata")
		outside := 0
		if dir, ok := cases.Dir(t, "fixtures/wordpress-wxr"); ok {
			outside = fixtures(t, k, dir)
		}
		cases.Count(t, own, outside)
	})
}

func fixtures(t *testing.T, k *kit, dir string) int {
	t.Helper()
	var expected map[string]json.RawMessage
	if err := json.Unmarshal([]byte(file(t, filepath.Join(dir, "expected.json"))), &expected); err != nil {
		t.Fatal(err)
	}
	for name, want := range expected {
		text := file(t, filepath.Join(dir, filepath.FromSlash(name)))
		k := newKit(ground.On(testkit.DB(t)))
		dry := k.dry(t, text)
		first := k.bring(t, text)
		compareRead(t, name, first.Read, want)
		if dry.Made != first.Made || len(dry.Skipped) != len(first.Skipped) {
			t.Errorf("%s: a dry run would make %s and skip %d, the import made %s and skipped %d", name, dry.Made, len(dry.Skipped), first.Made, len(first.Skipped))
		}
		again := k.bring(t, text)
		if again.Made != (wordpress.Counts{}) || again.Updated != (wordpress.Counts{}) || len(again.Skipped) != len(first.Skipped) {
			t.Errorf("%s: a second run made %s, updated %s, skipped %d (%d before)", name, again.Made, again.Updated, len(again.Skipped), len(first.Skipped))
		}
	}
	return len(expected)
}

var line = regexp.MustCompile(`line \d+`)

// compareRead looks only at the keys the expectation has: a strict parser counts
// nothing in a file that is not well-formed. Of its error the line must agree.
func compareRead(t *testing.T, name string, got wxr.Summary, raw json.RawMessage) {
	t.Helper()
	var want wxr.Summary
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got.WellFormed != want.WellFormed || line.FindString(got.Error) != line.FindString(want.Error) {
		t.Errorf("%s: well-formed %v (%s), want %v (%s)", name, got.WellFormed, got.Error, want.WellFormed, want.Error)
	}
	full := want.ByTypeStatus != nil
	got.Error, want.Error = "", ""
	if g, w := asJSON(t, got), asJSON(t, want); full && g != w {
		t.Errorf("%s: read\n%s\nwant\n%s", name, g, w)
	}
}
