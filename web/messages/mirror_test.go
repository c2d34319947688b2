package messages_test

import (
	"strings"
	"testing"

	"waypost/web/messages"
)

func TestMirrored(t *testing.T) {
	t.Parallel()
	english := load(t)["en"]
	m := english.Mirrored()
	if m.Direction != "rtl" || m.Language != "en-Arab" || english.Direction != "ltr" {
		t.Errorf("a copy in %s that runs %s, of one that runs %s", m.Language, m.Direction, english.Direction)
	}
	for _, key := range english.Keys() {
		if got := m.T(key, "count", 2); strings.HasPrefix(got, "[") {
			t.Errorf("no text for %s", key)
		}
	}
	if got := m.T("story.minutes", "count", 2); !strings.HasPrefix(got, "2 ") || strings.ContainsAny(got, "abcdefghijklmnopqrstuvwxyz") {
		t.Errorf("two minutes are %q", got)
	}
	if got := messages.Mirror("Be [bad](/a/b) {who} by"); got != "بي [باد](/a/b) {who} بي" {
		t.Errorf("Mirror writes %q", got)
	}
}

func TestFlow(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"en": "ltr", "de": "ltr", "ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "dv": "rtl", "en-Arab": "rtl", "ar-Latn": "ltr",
		"zh": "ltr", "": "ltr", "not a language": "ltr"} {
		if got := messages.Flow(tag); got != want {
			t.Errorf("%q is written %s", tag, got)
		}
	}
}
