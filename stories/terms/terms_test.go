package terms_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/stories/terms"
)

func shown(list []terms.Term) []string {
	var all []string
	for _, t := range list {
		all = append(all, t.Word+"="+t.Shown)
	}
	return all
}

func TestOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		head, body, language string
		want                 string
	}{
		"nothing":            {"", "", "en", ""},
		"stop words":         {"What they would have been", "It is not about working with people.", "en", ""},
		"short words":        {"", "A gig, an ace, a b c.", "en", ""},
		"acronyms":           {"", "HR read my CV at NASA; B2B and ABCDEF.", "en", "abcdef=ABCDEF b2b=B2B cv=CV hr=HR nasa=NASA"},
		"years are no words": {"2016", "In 2016 and 20000", "en", ""},
		"plurals": {"", "festivals festival, agencies agency, stitches stitch, bosses boss, business, status", "en",
			"agency=agency boss=boss business=business festival=festival status=status stitch=stitch"},
		"possessive":  {"", "Anna's Anna’s 'quoted' don't wasn’t", "en", "anna=Anna quoted=quoted"},
		"contracted":  {"", "She'd, they’ll, we've, you're; a shed isn't", "en", "shed=shed"},
		"accents":     {"", "Résumé résumé résumé resume", "en", "resume=résumé"},
		"the shown":   {"FREELANCE", "Freelance. I freelance and freelance.", "en", "freelance=freelance"},
		"German":      {"", "Die Bewerbungen und die Bewerbung bei Kollegen; der Kollege, HR-Gespräche mit dem Gespräch", "de-AT", "bewerbung=Bewerbung gesprach=Gespräch hr=HR kolleg=Kollege"},
		"German noun": {"Maßnahme", "Massnahmen", "de", "massnahm=Maßnahme"},
		"other":       {"", "stages et concerts, l’école", "fr", "concerts=concerts lecole=l'école stages=stages"},
		"no spaces":   {"", strings.Repeat("long", 11), "en", ""},
		"not UTF-8":   {"", "\xff\xfefestival\xff", "en", "festival=festival"},
	} {
		got := strings.Join(shown(terms.Of(c.head, c.body, c.language)), " ")
		want := strings.Split(c.want, " ")
		slices.Sort(want)
		if got != strings.Join(want, " ") {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWeights(t *testing.T) {
	t.Parallel()
	weights := map[string]float64{}
	var squares float64
	for _, w := range terms.Of("The ladder", "A festival, a festival, a festival; a harbour and the ladder.", "en") {
		weights[w.Word] = w.Weight
		squares += w.Weight * w.Weight
	}
	if math.Abs(squares-1) > 1e-9 {
		t.Errorf("the squares add up to %v", squares)
	}
	if got := weights["festival"] / weights["harbour"]; math.Abs(got-(1+math.Log(3))) > 1e-9 {
		t.Errorf("three times counts %v", got)
	}
	if got := weights["ladder"] / weights["harbour"]; math.Abs(got-2*(1+math.Log(2))) > 1e-9 {
		t.Errorf("in the head as well counts %v", got)
	}
}

func TestMost(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		body.WriteString(strings.Repeat(string(c), 5) + " ")
	}
	list := terms.Of("zzzzz yyyyy", body.String(), "en")
	if len(list) != terms.Most || list[len(list)-1].Word != "zzzzz" || list[0].Word != "aaaaa" {
		t.Errorf("%d terms: %v", len(list), shown(list))
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	got := terms.Words("Festivals, and what HR does", "en")
	if len(got) != 2 || !got["festival"] || !got["hr"] {
		t.Errorf("%v", got)
	}
}

func FuzzOf(f *testing.F) {
	f.Add("Why I left", "A year of gigs’ and HR's résumés", "en")
	f.Add("Straße", "Bewerbungen", "de-CH")
	f.Add("\xff", "ß\u0301'''s", "")
	f.Fuzz(func(t *testing.T, head, body, language string) {
		list := terms.Of(head, body, language)
		if len(list) > terms.Most || !slices.IsSortedFunc(list, func(a, b terms.Term) int { return strings.Compare(a.Word, b.Word) }) {
			t.Fatalf("%d terms: %v", len(list), shown(list))
		}
		for _, w := range list {
			if w.Word == "" || w.Shown == "" || w.Weight <= 0 || w.Weight > 1 || len(w.Word) > 1000 || !utf8.ValidString(w.Word) || !utf8.ValidString(w.Shown) {
				t.Fatalf("%+v of %q, %q", w, head, body)
			}
		}
	})
}
