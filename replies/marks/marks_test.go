package marks_test

import (
	"strings"
	"testing"

	"waypost/replies/marks"
)

func TestWordsBehindOthers(t *testing.T) {
	t.Parallel()
	blocked := marks.Words("miracle crystals")
	for _, text := range []string{"Miracle Crystals!", "buy m1racle crystals", "mirac1e cry5tals", "m!racle crystals", "miracle cryst@ls", "M I R A C L E  c-r-y-s-t-a-l-s", "mírаcle crystals", "MIRACLE CRY$TALS"} {
		if !strings.Contains(marks.Words(text), blocked) {
			t.Errorf("%q is not found in %q: %q", blocked, text, marks.Words(text))
		}
	}
	for _, text := range []string{"a miracle", "crystal miracles", "marvellous crystals"} {
		if strings.Contains(marks.Words(text), blocked) {
			t.Errorf("%q is found in %q", blocked, text)
		}
	}
	if old := marks.Folded("wonder cure"); !strings.Contains(marks.Words("a W0nder Cure"), marks.Spelt(old)) {
		t.Errorf("what was blocked before is not found: %q", old)
	}
}

func TestMarksAreKeyed(t *testing.T) {
	t.Parallel()
	one, two := marks.New([]byte("one")), marks.New([]byte("two"))
	again := one.Of("a", "b")
	if one.Of("a", "b") != again || two.Of("a", "b") == again || one.Of("ab") == one.Of("a", "b") || len(one.Of("a")) != 24 {
		t.Error("marks do not tell keys and words apart")
	}
	if one.Likeness("Thank you all.") != "" || one.Likeness("Thank you all for the long evening.") != one.Likeness("thank you all, for the LONG evening") {
		t.Error("texts that are alike are not, or short ones are")
	}
}
