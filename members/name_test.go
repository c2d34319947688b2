package members_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/problem"
	"waypost/members"
)

func nameFault(name string) string {
	var f problem.Fields
	members.CheckName(&f, "name", name)
	return faults(f.Err())
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"Ann Lee", "Ó Séaghdha", "Jean-Luc d’Arc", "Müller, geb. Straße", "李小龍", "محمد علی", "नेहा", "Анна Ленц", "Ann (she) 2", "Ann Анна", "می\u200cخواهم"} {
		if got := nameFault(good); got != "<nil>" {
			t.Errorf("%q is refused: %s", good, got)
		}
	}
	for bad, want := range map[string]string{"": "name: author.name_missing", strings.Repeat("x", 10_000): "name: field.too_long", "Ann \u202eeeL": "name: name.hidden",
		"Ann\u0007": "name: name.hidden", "Ann\u2066Lee": "name: name.hidden", "A\u200bnn": "name: name.hidden", "Ann\u200d": "name: name.hidden", "...": "name: name.hidden",
		"\u3164": "name: name.hidden", "Аnn": "name: name.mixed", "Tamѕin Oyelaran": "name: name.mixed", "Αnn": "name: name.mixed", "A\ue000": "name: name.hidden"} {
		if got := nameFault(bad); got != want {
			t.Errorf("%.20q: %s, want %s", bad, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, seed := range []string{"Ann", "Аnn", "\u202e", "می\u200cخواهم", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if nameFault(name) == "<nil>" && (!utf8.ValidString(name) || strings.ContainsAny(name, "\u202e\u2067\x00\n\u200b")) {
			t.Errorf("%q is taken", name)
		}
	})
}
