package alphabet_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"waypost/internal/alphabet"
)

// What Unicode's own tables say is what a name's place is measured by.
func TestNamesStandWhereUnicodePutsThem(t *testing.T) {
	t.Parallel()
	for _, tongue := range []language.Tag{language.English, language.German} {
		want := collate.New(tongue, collate.IgnoreCase)
		names := strings.Split("Zoë Ash|Zoe Ash|Ömer|Omar|Oman|Straße|Strasse|Strassen|Łukasz|Lukas|Lukasz|Øyvind|Oyster|Ægir|Aegir|Afra|"+
			"École|ecole|Ecology|Ångström|Anders|O’Brien|O'Brien|Obrien|O-Brien|Jean Luc|Jean-Luc|Jeanluc|Jean, Luc|Anna B|Annab|Anna|"+
			"Đorđe|Dorde|10 years|9 lives|C++|C#|C|Œuvre|Oeuvre|Ада|Елена|Ёлка|Яна|Άννα|Ωμέγα|Zürich|Zurich|Zuriche|(Ohne)|Ohne|"+
			"Ahmed|AHMED|ahmed|Å|A|Æ|Ñandú|Nandu|Nano|İpek|Ipek|ﬁn|fin|Fino|山田|李|김", "|")
		slices.Sort(names)
		for _, a := range names {
			for _, b := range names {
				if got, want := alphabet.Compare(a, b), want.CompareString(a, b); got != want && want != 0 {
					t.Errorf("%s: %q against %q is %d, not %d", tongue, a, b, got, want)
				}
			}
		}
	}
}

func TestOrderHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("aAäÄbzßsøœ- .,'9É\u0301\u200d€中")), 0, 6, -1)
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if alphabet.Compare(a, b) != -alphabet.Compare(b, a) {
			t.Errorf("%q and %q have no order", a, b)
		}
		if alphabet.Compare(a, b) <= 0 && alphabet.Compare(b, c) <= 0 && alphabet.Compare(a, c) > 0 {
			t.Errorf("%q, %q and %q go round", a, b, c)
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("Zoë", "\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		if alphabet.Compare(a, a) != 0 || alphabet.Compare(a, b) != -alphabet.Compare(b, a) {
			t.Errorf("%q and %q have no order", a, b)
		}
	})
}
