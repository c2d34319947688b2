package mail_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/ground"
)

func TestPostIsPartOfTheChange(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		o := outbox(t, g)
		undone := errors.New("undone")
		err := g.DB.Update(t.Context(), func(tx *db.Tx) error {
			return errors.Join(o.Post(tx, note("a@home.example")), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if n := value[int](t, g, `SELECT count(*) FROM letters`); n != 0 {
			t.Errorf("%d letters of a change that did not happen", n)
		}
		post(t, g, o, note("a@home.example"), note("b@home.example"))
		if n := value[int](t, g, `SELECT count(*) FROM letters WHERE state = 'waiting'`); n != 2 {
			t.Errorf("%d letters wait, want 2", n)
		}
	})
}

func TestSameKeyIsWrittenOnce(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		o := outbox(t, g)
		l := note("a@home.example")
		l.Key = "note 1"
		post(t, g, o, l, l)
		post(t, g, o, l)
		for _, table := range []string{"letters", "letter_texts"} {
			if n := value[int](t, g, `SELECT count(*) FROM `+table); n != 1 {
				t.Errorf("%d rows of %s, want 1", n, table)
			}
		}
	})
}

func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		o := outbox(t, g)
		const code = "483920"
		post(t, g, o, mail.Letter{Kind: "sign-in", To: "a@home.example", Subject: "Your code " + code, Text: "It is " + code, HTML: "<p>" + code + "</p>", Secret: true})
		g.View(t, func(tx *db.Tx) error {
			tables, err := tx.Tables()
			if err != nil {
				return err
			}
			for _, table := range tables {
				err := tx.Dump(table, func(row []any) error {
					for _, v := range row {
						text, _ := v.(string)
						bytes, _ := v.([]byte)
						if strings.Contains(text, code) || strings.Contains(string(bytes), code) {
							t.Errorf("the code lies open in %s", table.Name)
						}
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// headerCase is a line of testdata/headers.jsonl and of outside cases.
type headerCase struct {
	Field string
	Value string
}

func headerCases(t *testing.T) []headerCase {
	t.Helper()
	list := readCases[headerCase](t, "testdata/headers.jsonl")
	own := len(list)
	if dir, ok := cases.Dir(t, "fixtures/hostile"); ok {
		list = append(list, readCases[headerCase](t, filepath.Join(dir, "mail-header.jsonl"))...)
	}
	cases.Count(t, own, len(list)-own)
	return list
}

// TestPostRefuses tries what must not come into a header or an envelope.
func TestPostRefuses(t *testing.T) {
	t.Parallel()
	g := ground.On(openDB(t))
	o := outbox(t, g)
	refused := func(l mail.Letter) bool {
		return g.DB.Update(context.Background(), func(tx *db.Tx) error { return o.Post(tx, l) }) != nil
	}
	for _, c := range headerCases(t) {
		breaks := mail.HeaderText(c.Value) != c.Value
		l := note("a@home.example")
		l.Subject = c.Value
		if breaks && !refused(l) {
			t.Errorf("the subject %q was taken", c.Value)
		}
		l = note("a@home.example")
		l.List, l.Unsubscribe = c.Value, "https://home.example/u/1"
		if !refused(l) {
			t.Errorf("the list %q was taken", c.Value)
		}
		l.List, l.Unsubscribe = "stories", "https://home.example/"+c.Value
		if strings.ContainsAny(c.Value, "\r\n\x00\u2028\u0085 <>") && !refused(l) {
			t.Errorf("the address %q was taken", l.Unsubscribe)
		}
		l = note("a@home.example" + c.Value)
		if !refused(l) {
			t.Errorf("the recipient %q was taken", l.To)
		}
	}
	wrong := note("a@home.example")
	wrong.Unsubscribe = "https://home.example/u/1"
	empty := note("a@home.example")
	empty.Text = " "
	nul := note("a@home.example")
	nul.HTML = "a\x00b"
	for _, l := range []mail.Letter{wrong, empty, nul, {To: "a@home.example", Subject: "s", Text: "t"}} {
		if !refused(l) {
			t.Errorf("%+v was taken", l)
		}
	}
	if n := value[int](t, g, `SELECT count(*) FROM letters WHERE recipient <> 'a@home.example'`); n != 0 {
		t.Errorf("%d letters to other addresses", n)
	}
}

func TestHeaderTextIsTaken(t *testing.T) {
	t.Parallel()
	g := ground.On(openDB(t))
	o := outbox(t, g)
	for _, c := range headerCases(t) {
		l := note("a@home.example")
		l.Subject = "x" + mail.HeaderText(c.Value)
		if len(l.Subject) < 900 {
			post(t, g, o, l)
		}
	}
}

// TestTroubleCountsWhatIsListed: where nothing is set up to send letters, all that wait are
// told of, also those of this minute.
func TestTroubleCountsWhatIsListed(t *testing.T) {
	t.Parallel()
	g := ground.On(openDB(t))
	o := outbox(t, g)
	post(t, g, o, note("ann@example.org"), note("bo@example.org"))
	g.Clock.Advance(11 * time.Minute)
	post(t, g, o, note("cy@example.org"))
	if now, err := o.TroubleNow(t.Context()); err != nil || now.Late != 3 || !now.NoServer {
		t.Errorf("three wait, and the trouble is %+v: %v", now, err)
	}
}
