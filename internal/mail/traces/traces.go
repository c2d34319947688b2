// Package traces is what letters hold on people: those to an address are handed over or
// forgotten, and what letters to others say of something that is gone is taken out.
package traces

import (
	"fmt"
	"regexp"
	"strings"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the letters to somebody's address, with what they say unless that was
// for their eyes alone.
func Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	if p.Address == "" {
		return nil
	}
	err := personal.Rows(tx, out, personal.Find{Table: "letters", Where: `recipient_key = $1`, Args: []any{p.Address}, Omit: []string{"lease", "unsubscribe"}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "letter_texts", Omit: []string{"sealed"}, Args: []any{p.Address},
		Where: `id IN (SELECT text_id FROM letters WHERE recipient_key = $1)`})
}

// Forget takes the letters to somebody away that have not been sent, and of those that
// were the address and what they said.
func Forget(tx *db.Tx, p personal.Person) error {
	if p.Address == "" {
		return nil
	}
	for _, query := range []string{
		`DELETE FROM letters WHERE recipient_key = $1 AND state = 'waiting'`,
		`UPDATE letters SET recipient = '', filling = '', unsubscribe = '', reason = '', text_id = NULL, unique_key = NULL WHERE recipient_key = $1`,
		`UPDATE letters SET recipient_key = '' WHERE recipient_key = $1`,
	} {
		if _, err := tx.Exec(query, p.Address); err != nil {
			return fmt.Errorf("forget the letters to an address: %w", err)
		}
	}
	_, err := tx.Exec(`DELETE FROM letter_texts WHERE NOT shared AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.text_id = letter_texts.id)`)
	if err != nil {
		return fmt.Errorf("forget what letters said: %w", err)
	}
	return nil
}

// Addresses lists the addresses that letters were written to.
func Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT recipient_key, min(created_at) FROM letters WHERE recipient_key <> '' GROUP BY recipient_key`)
}

// ForgetWords takes away what letters to others say of something that was removed for
// good, known by addresses of its pages: those that wait go, of those that were sent the
// text does.
func ForgetWords(tx *db.Tx, addresses ...string) error {
	for _, address := range addresses {
		texts, err := textsWith(tx, address)
		if err != nil {
			return err
		}
		if err := forgetTexts(tx, texts); err != nil {
			return err
		}
	}
	return nil
}

// ForgetName takes away likewise what letters of the kinds that begin so say of somebody
// by name. It may be broken over lines, of a quotation too.
func ForgetName(tx *db.Tx, kinds, name string) error {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		return nil
	}
	whole := regexp.MustCompile(`(?:^|[^\pL\pN])` + strings.ReplaceAll(regexp.QuoteMeta(name), " ", `(?:\s|> )+`) + `(?:[^\pL\pN]|$)`)
	texts, err := textsLike(tx, whole, `SELECT id, subject || ' ' || text FROM letter_texts t WHERE EXISTS (SELECT 1 FROM letters l WHERE l.text_id = t.id
		AND substr(l.kind, 1, $1) = $2)`, len(kinds), kinds)
	if err != nil {
		return err
	}
	return forgetTexts(tx, texts)
}

func forgetTexts(tx *db.Tx, texts []string) error {
	for _, id := range texts {
		for _, query := range []string{
			`DELETE FROM letters WHERE text_id = $1 AND state = 'waiting'`,
			`UPDATE letter_texts SET subject = '', text = '', html = '' WHERE id = $1`,
			`DELETE FROM letter_texts WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM letters WHERE text_id = $1)`,
		} {
			if _, err := tx.Exec(query, id); err != nil {
				return fmt.Errorf("forget what letters said: %w", err)
			}
		}
	}
	return nil
}

// textsWith finds the texts with an address that ends there, so that /stories/a is not
// found in /stories/a-year.
func textsWith(tx *db.Tx, address string) ([]string, error) {
	whole := regexp.MustCompile(regexp.QuoteMeta(address) + `(?:[^\pL\pN-]|$)`)
	return textsLike(tx, whole, `SELECT id, text FROM letter_texts WHERE text LIKE '%' || $1 || '%'`, address)
}

func textsLike(tx *db.Tx, whole *regexp.Regexp, query string, args ...any) ([]string, error) {
	var found []string
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var id, text string
		err := r.Scan(&id, &text)
		if err == nil && whole.MatchString(text) {
			found = append(found, id)
		}
		return struct{}{}, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("look through letters: %w", err)
	}
	return found, nil
}
