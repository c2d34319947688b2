package messages_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"waypost/internal/images"
	"waypost/internal/personal"
	"waypost/transfer/wordpress"
	"waypost/web/messages"
	"waypost/web/replies"
	"waypost/web/trail"
)

func load(t *testing.T) map[string]*messages.Catalog {
	t.Helper()
	all, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	if all["en"] == nil || all["de"] == nil {
		t.Fatalf("languages: %v", messages.Languages(all))
	}
	return all
}

// TestLanguagesSayTheSame asks of every language the keys, plural forms and
// placeholders of English.
func TestLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	all := load(t)
	english := all["en"]
	for name, c := range all {
		categories := categoriesOf(t, name)
		for _, key := range english.Keys() {
			if !c.Has(key) {
				t.Errorf("%s has no %q", name, key)
			}
		}
		for _, key := range c.Keys() {
			if !english.Has(key) {
				t.Errorf("%s has %q, English has not", name, key)
				continue
			}
			texts := c.Forms(key)
			if got := slices.Sorted(maps.Keys(texts)); len(english.Forms(key)) > 1 && !slices.Equal(got, categories) {
				t.Errorf("%s: %q has the forms %v, the language has %v", name, key, got, categories)
			} else if len(english.Forms(key)) == 1 && len(texts) != 1 {
				t.Errorf("%s: %q has plural forms, English has not", name, key)
			}
			if got, want := placeholders(texts["other"]), placeholders(english.Forms(key)["other"]); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the placeholders %v, English %v", name, key, got, want)
			}
			checkForms(t, name, key, texts)
		}
	}
}

// checkForms asks that a text is one, and that a form leaves out the count at most.
func checkForms(t *testing.T, name, key string, texts map[string]string) {
	t.Helper()
	all := placeholders(texts["other"])
	for category, text := range texts {
		if strings.TrimSpace(text) != text || text == "" || strings.Contains(text, "  ") {
			t.Errorf("%s: %q (%s) is %q", name, key, category, text)
		}
		for _, p := range all {
			if p != "count" && !slices.Contains(placeholders(text), p) {
				t.Errorf("%s: %q (%s) leaves {%s} out", name, key, category, p)
			}
		}
	}
}

// categoriesOf are the plural categories that whole numbers of a language have (CLDR).
func categoriesOf(t *testing.T, name string) []string {
	t.Helper()
	tag, err := language.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	found := map[string]bool{}
	for n := range 201 {
		found[names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

func placeholders(text string) []string {
	var names []string
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestKeysOfTemplates asks that every key of a template is there and is given its
// values under their names.
func TestKeysOfTemplates(t *testing.T) {
	t.Parallel()
	english := load(t)["en"]
	uses := inTemplates(t)
	for _, u := range uses {
		if !english.Has(u.key) {
			t.Errorf("%s: no text for %q", u.where, u.key)
			continue
		}
		want := placeholders(english.Forms(u.key)["other"])
		if len(english.Forms(u.key)) > 1 && !slices.Contains(want, "count") { // it chooses the form and is not told
			want = append(want, "count")
		}
		slices.Sort(u.given)
		if !slices.Equal(slices.Compact(u.given), want) {
			t.Errorf("%s: %q is given %v and has the placeholders %v", u.where, u.key, u.given, want)
		}
	}
	if len(uses) < 150 {
		t.Errorf("only %d keys found in templates", len(uses))
	}
}

// otherNames look like keys of a group and are none: the names of jobs and of acts in
// the record, files of the sample community, fields of a path's form, and the
// beginning of keys that are built.
var otherNames = regexp.MustCompile(`^([a-z]+\.(json|created|saved|deleted|added|removed|changed|given|left|done|due|outdated|zonemoved|commented|published|takenback|trusted|untrusted|disabled|enabled)|import\.(interrupted|failed|tried|refused)|story\.(draft|in_review|scheduled|published)|trail\.(steps|changes)(\.\d+\.[a-z_.0-9]+)?|picture\.refused_)$`)

// TestKeysOfTheProgram asks that what looks like a key in a Go file, and begins as a
// group of keys does, is one.
func TestKeysOfTheProgram(t *testing.T) {
	t.Parallel()
	english := load(t)["en"]
	groups := map[string]bool{}
	for _, key := range english.Keys() {
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
	}
	for _, u := range inGo(t) {
		group, _, _ := strings.Cut(u.key, ".")
		if groups[group] && !english.Has(u.key) && !otherNames.MatchString(u.key) {
			t.Errorf("%s: no text for %q", u.where, u.key)
		}
	}
	for _, key := range built() {
		if !english.Has(key) {
			t.Errorf("no text for %q, which the program puts together", key)
		}
	}
}

// TestNoKeyIsUnused asks that every text is shown somewhere.
func TestNoKeyIsUnused(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, u := range slices.Concat(inTemplates(t), inGo(t)) {
		used[u.key] = true
	}
	for _, key := range built() {
		used[key] = true
	}
	for _, key := range load(t)["en"].Keys() {
		if !used[key] {
			t.Errorf("nothing says %q", key)
		}
	}
}

// built are the keys that the program puts together.
func built() []string {
	var keys []string
	note := func(key string) string {
		if !strings.HasPrefix(key, "trail.month") { // months are with the dates
			keys = append(keys, key)
		}
		return ""
	}
	trail.NewWords(note, func(string, int) string { return "" })
	for _, status := range []int{400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503} {
		if http.StatusText(status) != "" {
			keys = append(keys, fmt.Sprintf("error.%d", status), fmt.Sprintf("error.%d.advice", status))
		}
	}
	for _, reason := range []images.Reason{images.WrongFormat, images.TooManyBytes, images.TooLarge, images.TooManyFrames, images.Moving, images.Damaged} {
		keys = append(keys, "picture.refused_"+string(reason))
	}
	for _, state := range []wordpress.State{wordpress.Running, wordpress.Done, wordpress.Interrupted, wordpress.Failed, wordpress.Tried, wordpress.Refused} {
		keys = append(keys, "desk.import.state."+string(state))
	}
	for _, choice := range personal.Choices() {
		keys = append(keys, "leave.stories."+string(choice), "leave.replies."+string(choice))
	}
	for _, choice := range (replies.YoursView{}).Retractions() {
		keys = append(keys, "yours.all."+choice, "yours.all_done."+choice)
	}
	return append(keys, "desk.import.made.true", "desk.import.made.false")
}

func TestNumbersAndDates(t *testing.T) {
	t.Parallel()
	all := load(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.March, 3, 14, 5, 0, 0, berlin)
	for name, want := range map[string][]string{
		"en": {"3 March 2026", "March 2026", "3 March 2026, 14:05", "12,345,678", "−1,000", "1 minute", "2 minutes"},
		"de": {"3. März 2026", "März 2026", "3. März 2026, 14:05 Uhr", "12.345.678", "−1.000", "1 Minute", "2 Minuten"},
	} {
		c := all[name]
		got := []string{c.Day(at), c.Month(at), c.Moment(at), c.Number(12345678), c.Number(-1000), c.T("story.minutes", "count", 1), c.T("story.minutes", "count", 2)}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if zoned := c.Exact(at); !strings.Contains(zoned, "14:05") || !strings.HasSuffix(zoned, "CET") {
			t.Errorf("%s: %q", name, zoned)
		}
	}
	if got := all["en"].T("no.such.key"); got != "[no.such.key]" {
		t.Errorf("a key without a text is shown as %q", got)
	}
}
