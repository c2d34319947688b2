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
