package badges

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// What a file may hold.
const (
	MostBytes  = 4 << 20
	MostBadges = 500
)

// NotVerified is the key of the words that say so, which belong in the text of an entry.
const NotVerified = "exchange.badge_not_verified"

// Read reads badges. today is the day of the import, and notVerified the words of
// NotVerified in the member's language, which end each text. The error is a
// problem.Problem.
func Read(in []byte, today partdate.Date, notVerified string) (exchange.Found, error) {
	head := bytes.TrimSpace(in[:min(len(in), 200)])
	if bytes.HasPrefix(head, []byte("\x89PNG")) || bytes.HasPrefix(head, []byte("<svg")) || bytes.HasPrefix(head, []byte("<?xml")) {
		return exchange.Found{}, problem.New(problem.Invalid, "exchange.badge_picture")
	}
	if len(in) > MostBytes {
		return exchange.Found{}, problem.New(problem.TooLarge, "exchange.file_large", "max", MostBytes>>20)
	}
	whole, ok := claims(string(bytes.TrimSpace(in)))
	if !ok {
		var err error
		if whole, err = exchange.ReadJSON(in, MostBytes); err != nil {
			return exchange.Found{}, err
		}
	}
	list := listed(whole)
	if len(list) == 0 {
		return exchange.Found{}, problem.New(problem.Invalid, "exchange.badge_other")
	}
	l := exchange.NewList("badges", today)
	for n, value := range list {
		at := exchange.Place{}
		if len(list) > 1 {
			at.Row = n + 1
		}
		if n == MostBadges {
			l.Skip(at, "exchange.skipped_badges", "max", MostBadges)
			break
		}
		add(l, at, value, today, notVerified)
	}
	return l.Found(), nil
}

// listed are the credentials of a document: itself, its members, or those it presents.
func listed(whole any) []any {
	switch value := whole.(type) {
	case []any:
		return value
	case map[string]any:
		if inner, ok := value["verifiableCredential"]; ok {
			return several(inner)
		}
		return []any{value}
	}
	return nil
}

// add adds one credential to the list.
func add(l *exchange.List, at exchange.Place, value any, today partdate.Date, notVerified string) {
	if token, ok := value.(string); ok {
		value, _ = claims(token)
	}
	badge, _ := value.(map[string]any)
	types := several(badge["type"])
	if !slices.Contains(types, any("OpenBadgeCredential")) && !slices.Contains(types, any("AchievementCredential")) {
		l.Skip(at, "exchange.skipped_badge_type")
		return
	}
	subject := object(badge["credentialSubject"])
	achievement := object(subject["achievement"])
	issuer := object(badge["issuer"])
	criteria := object(achievement["criteria"])
	name := first(words(achievement["name"]), words(badge["name"]))
	if name == "" {
		l.Skip(at, "exchange.skipped_untitled")
		return
	}
	texts := []string{
		join("\n", name, first(words(issuer["name"]), words(badge["issuer"]), words(issuer["id"]))),
		first(words(achievement["description"]), words(badge["description"])),
		first(words(criteria["narrative"]), words(criteria["id"])),
	}
	m := exchange.Moment{
		Kind: paths.Learned, Date: dateOf(first(words(badge["awardedDate"]), words(badge["validFrom"]), words(badge["issuanceDate"]))),
		Text:     join("\n\n", append(texts, notVerified)...),
		Evidence: evidence(badge, achievement),
		Notes:    []problem.Message{{Key: NotVerified}},
	}
	until := dateOf(first(words(badge["validUntil"]), words(badge["expirationDate"])))
	if !until.Bad && !until.Date.IsZero() && until.Date.Compare(today) < 0 {
		m.Notes = append(m.Notes, problem.Message{Key: "exchange.note_badge_over", Args: []any{"date", until.Date.String()}})
	}
	l.AddEntry(at, m)
}

// evidence is the first link to what shows the achievement, else to the badge itself.
func evidence(badge, achievement map[string]any) string {
	candidates := []any{badge["id"], achievement["id"]}
	for _, value := range slices.Backward(several(badge["evidence"])) {
		id := words(value)
		if o, ok := value.(map[string]any); ok {
			id = words(o["id"])
		}
		candidates = slices.Insert(candidates, 0, any(id))
	}
	for _, value := range candidates {
		if link := exchange.Link(words(value)); link != "" {
			return link
		}
	}
	return ""
}

// claims reads what a signed token says; its signature is not checked. In version 1.1 the
// credential is one of the claims.
func claims(token string) (any, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || !strings.HasPrefix(token, "eyJ") {
		return nil, false
	}
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return nil, false
	}
	whole, err := exchange.ReadJSON(text, MostBytes)
	if err != nil {
		return nil, false
	}
	if o, ok := whole.(map[string]any); ok && o["vc"] != nil {
		return o["vc"], true
	}
	return whole, true
}

// dateOf reads the day of a moment, where it was written.
func dateOf(text string) exchange.Date {
	text = strings.TrimSpace(text)
	if text == "" {
		return exchange.Date{}
	}
	d := exchange.Date{Text: text}
	if moment, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		d.Date = partdate.DayOf(moment).Date()
	} else {
		d.Date, err = partdate.Parse(text)
		d.Bad = err != nil
	}
	d.Bad = d.Bad || d.Date.IsZero()
	return d
}

// several are the values of what may be one or a list.
func several(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	}
	return []any{value}
}

// object is a value that is an object, or the first of a list; else one without fields.
func object(value any) map[string]any {
	for _, one := range several(value) {
		if o, ok := one.(map[string]any); ok {
			return o
		}
	}
	return nil
}

// words are a text, which may be in a language, or in several, of which it is the first.
func words(value any) string {
	for _, one := range several(value) {
		switch one := one.(type) {
		case string:
			return strings.TrimSpace(one)
		case map[string]any:
			if text, ok := one["@value"].(string); ok {
				return strings.TrimSpace(text)
			}
		}
	}
	return ""
}

// first is the first text that says something.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// join joins the texts that there are.
func join(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), between)
}
