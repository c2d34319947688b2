package badges_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/found"
	"waypost/paths/exchange"
	"waypost/paths/exchange/badges"
)

func read(t testing.TB, in string) (exchange.Found, error) {
	t.Helper()
	today, err := partdate.Of(2026, 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	return badges.Read([]byte(in), today, "(not verified)")
}

func load(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCredentials compares what is found in whole credentials with what was read in them
// by eye; whose they are is not in it.
func TestCredentials(t *testing.T) {
	t.Parallel()
	own, err := filepath.Glob("testdata/*.json")
	if err != nil || len(own) < 2 {
		t.Fatal(own, err)
	}
	outside := cases.Files(t, "fixtures/path/openbadges", "*.json")
	cases.Count(t, len(own), len(outside))
	for _, name := range slices.Concat(own, outside) {
		list, err := read(t, load(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found.Sound(t, list)
		got := found.Lines(list)
		if want := load(t, filepath.Join("testdata", strings.TrimSuffix(path.Base(name), ".json")+".txt")); got != want {
			t.Errorf("%s:\n%s\nexpected:\n%s", name, got, want)
		}
		if strings.Contains(got, "member@") {
			t.Errorf("%s: whose badge it is was taken", name)
		}
	}
}

const short = `{"type":["VerifiableCredential","AchievementCredential"],"issuer":"https://i.example","validFrom":"2024-02-03T23:30:00-05:00",
"credentialSubject":{"achievement":{"name":"Knots","criteria":{"id":"https://i.example/how"}}}}`

func TestShapes(t *testing.T) {
	t.Parallel()
	encode := base64.RawURLEncoding.EncodeToString
	token := func(claims string) string {
		return encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(claims)) + ".c2ln"
	}
	const shortLine = `learned 2024-02-03 text="Knots\nhttps://i.example\n\nhttps://i.example/how\n\n(not verified)" (badge_not_verified) @`
	for _, c := range []struct{ name, in, want string }{
		{"one", short, "1 " + shortLine + "\n"},
		{"a list", "[" + short + "," + short + "]", "1 " + shortLine + ":1\n2 " + shortLine + ":2\n"},
		{"a presentation", `{"verifiableCredential":` + short + `}`, "1 " + shortLine + "\n"},
		{"a presentation of tokens", `{"verifiableCredential":["` + token(short) + `"]}`, "1 " + shortLine + "\n"},
		{"a token", " " + token(short) + "\n", "1 " + shortLine + "\n"},
		{"a token of version 1.1", token(`{"iss":"x","vc":` + short + `}`), "1 " + shortLine + "\n"},
		{"texts in languages", `{"type":"OpenBadgeCredential","issuer":{"name":[{"@value":"Verein","@language":"de"},{"@value":"Club"}]},"name":{"@value":"Knoten"},"issuanceDate":"2024-02-03","awardedDate":"2023-12","credentialSubject":[{"achievement":[{"description":"viele"}]}]}`,
			`1 learned 2023-12 text="Knoten\nVerein\n\nviele\n\n(not verified)" (badge_not_verified) @` + "\n"},
		{"what shows it", `{"type":"OpenBadgeCredential","id":"urn:uuid:1","name":"A","validUntil":"2025-01-01T00:00:00Z","evidence":[{"id":"urn:x"},{"id":"https://e.example/1"},{"id":"https://e.example/2"}]}`,
			`1 learned 2026-03-01 text="A\n\n(not verified)" evidence="https://e.example/1" undated (badge_not_verified) (note_badge_over date=2025-01-01) (note_no_date) @` + "\n"},
		{"no date", `{"type":"OpenBadgeCredential","name":"A","validFrom":"soon"}`, "skipped : skipped_date title=A date=soon\n"},
		{"no name", `{"type":"OpenBadgeCredential","validFrom":"2024-02-03T00:00:00Z","credentialSubject":null}`, "skipped : skipped_untitled\n"},
		{"others in a list", `[{"type":"Assertion"},7,null,"eyJ.a.b",` + short + `]`,
			"1 " + shortLine + ":5\nskipped :1: skipped_badge_type\nskipped :2: skipped_badge_type\nskipped :3: skipped_badge_type\nskipped :4: skipped_badge_type\n"},
	} {
		list, err := read(t, c.in)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		found.Sound(t, list)
		if got := found.Lines(list); got != c.want {
			t.Errorf("%s:\n%s\nexpected:\n%s", c.name, got, c.want)
		}
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "exchange.not_json", "{": "exchange.not_json", "eyJ.eyJ.x": "exchange.not_json",
		"[]": "exchange.badge_other", "7": "exchange.badge_other", `{"verifiableCredential":[]}`: "exchange.badge_other",
		"\x89PNG\r\n\x1a\n": "exchange.badge_picture", "  <svg xmlns=''>": "exchange.badge_picture",
		strings.Repeat(" ", badges.MostBytes+1): "exchange.file_large",
	} {
		_, err := read(t, in)
		var p *problem.Problem
		if !errors.As(err, &p) || p.Message.Key != want {
			t.Errorf("%.30q: %v, expected %s", in, err, want)
		}
	}
	many, err := read(t, "["+strings.TrimSuffix(strings.Repeat(short+",", badges.MostBadges+3), ",")+"]")
	if err != nil || len(many.Items) != badges.MostBadges || len(many.Skipped) != 1 || many.Skipped[0].Why.Key != "exchange.skipped_badges" {
		t.Errorf("%d items, %+v, %v", len(many.Items), many.Skipped, err)
	}
}

// FuzzRead reads anything as badges.
func FuzzRead(f *testing.F) {
	f.Add(short)
	f.Add("[" + short + `,{"type":["OpenBadgeCredential"],"name":"\u0000\u202e","evidence":["https://x.example"]}]`)
	f.Add("eyJhIjoxfQ.eyJ0eXBlIjoiT3BlbkJhZGdlQ3JlZGVudGlhbCIsIm5hbWUiOiJhIn0.x")
	f.Fuzz(func(t *testing.T, in string) {
		list, err := read(t, in)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		found.Sound(t, list)
	})
}
