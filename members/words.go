package members

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/slug"
)

// wordsOf are the words by which somebody is found: those of their names, folded as
// addresses of pages are, and the address of their letters, whole and in parts.
func wordsOf(email string, names ...string) []string {
	list := strings.Split(slug.Make(email), "-")
	for _, name := range names {
		list = append(list, strings.Split(slug.Make(name), "-")...)
	}
	if email != "" {
		list = append(list, strings.ToLower(email))
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(w string) bool { return w == "" })
}

// asked are the beginnings of words that a search is for.
func asked(text string) []string {
	var list []string
	for part := range strings.FieldsSeq(text) {
		if strings.Contains(part, "@") {
			list = append(list, strings.ToLower(part))
			continue
		}
		list = append(list, strings.FieldsFunc(slug.Make(part), func(r rune) bool { return r == '-' })...)
	}
	return list[:min(len(list), 4)]
}

// span is the range of words that begin so.
func span(prefix string) (from, to []byte) {
	from = []byte(prefix)
	to = slices.Clone(from)
	to[len(to)-1]++ // no byte of UTF-8 is the largest
	return from, to
}

// index writes the words of an account anew. Whatever changes a name or an address does
// it in the same transaction.
func index(tx *db.Tx, accountID string) error {
	var name, email string
	var author *string
	err := tx.QueryRow(`SELECT a.name, COALESCE(a.email_key, a.email, ''), p.name FROM accounts a LEFT JOIN profiles p ON p.account_id = a.id WHERE a.id = $1`, accountID).
		Scan(&name, &email, &author)
	if db.Missing(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the names of an account: %w", err)
	}
	names := []string{name}
	if author != nil {
		names = append(names, *author)
	}
	if _, err := tx.Exec(`DELETE FROM account_words WHERE account_id = $1`, accountID); err != nil {
		return fmt.Errorf("forget the words of an account: %w", err)
	}
	for _, word := range wordsOf(email, names...) {
		if _, err := tx.Exec(`INSERT INTO account_words (word, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, []byte(word), accountID); err != nil {
			return fmt.Errorf("write the words of an account: %w", err)
		}
	}
	return nil
}

// onePass is how many accounts get their words in one transaction.
const onePass = 500

// IndexMissing writes the words of accounts that are older than the table of words.
func (s *Service) IndexMissing(ctx context.Context) error {
	after, last := "", "" // an account whose name has no word in it stays without
	for {
		n := 0
		err := s.DB.Update(ctx, func(tx *db.Tx) error {
			list, err := db.List(tx, db.Value[string], `SELECT a.id FROM accounts a WHERE (a.name <> '' OR a.email IS NOT NULL)
				AND NOT EXISTS (SELECT 1 FROM account_words w WHERE w.account_id = a.id) AND a.id > $1 ORDER BY a.id LIMIT $2`, after, onePass)
			n = len(list)
			for _, id := range list {
				if err == nil {
					last, err = id, index(tx, id)
				}
			}
			return err
		})
		if err != nil || n < onePass {
			return err
		}
		after = last
	}
}
