package wordpress

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// replyOf finds the replies that came with an address.
const replyOf = `lower(email) = $1 AND email <> ''`

// Held hands over the replies that came from an old blog with somebody's address, and
// what they were called there as an author.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	err := personal.Rows(tx, out, personal.Find{Table: "imported_replies", Where: replyOf, Args: []any{p.Address}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "imported", Where: `kind = '` + kindAuthor + `' AND subject_id = $1`, Args: []any{p.Profile}})
}

// Replied reports whether replies came with somebody's address.
func (s *Service) Replied(tx *db.Tx, p personal.Person) (bool, error) {
	replied, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM imported_replies WHERE `+replyOf+`)`, p.Address))
	if err != nil {
		return false, fmt.Errorf("look for the replies of an address: %w", err)
	}
	return replied, nil
}

// Addresses lists the addresses that came with replies.
func (s *Service) Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT lower(email), min(written_at) FROM imported_replies WHERE email <> '' GROUP BY lower(email)`)
}

// ForgetReplies does with the replies of an address what their writer wishes. The rows
// stay, so that a thread keeps its shape and the next import of the same blog does not
// bring back what was taken out.
func (s *Service) ForgetReplies(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if p.Address == "" {
		return nil
	}
	set := `email = '', url = '', erased_at = $2`
	switch w.Replies {
	case personal.Nameless:
		set += `, author = ''`
	case personal.Removed:
		set += `, author = '', body = ''`
	}
	if _, err := tx.Exec(`UPDATE imported_replies SET `+set+` WHERE `+replyOf, p.Address, s.Clock().UnixMilli()); err != nil {
		return fmt.Errorf("forget the replies of an address: %w", err)
	}
	return nil
}

// ForgetAuthor lets no later import bring back an author whose name was taken from
// stories, and takes the name out of reports.
func (s *Service) ForgetAuthor(tx *db.Tx, p personal.Person, names []string) error {
	type login struct{ site, source string }
	logins, err := db.List(tx, func(r db.Row) (login, error) {
		var l login
		return l, r.Scan(&l.site, &l.source)
	}, `SELECT site, source_id FROM imported WHERE kind = $1 AND subject_id = $2`, kindAuthor, p.Profile)
	if err != nil {
		return fmt.Errorf("find who somebody was in an old blog: %w", err)
	}
	for _, l := range logins {
		if err := s.Community.MarkGone(tx, goneAuthor(l.site, l.source)); err != nil {
			return err
		}
		names = append(names, l.source)
	}
	if _, err := tx.Exec(`DELETE FROM imported WHERE kind = $1 AND subject_id = $2`, kindAuthor, p.Profile); err != nil {
		return fmt.Errorf("forget who somebody was in an old blog: %w", err)
	}
	return s.censor(tx, names)
}

// MoveAuthor lets later imports file under another profile what a blog's author wrote.
func (s *Service) MoveAuthor(tx *db.Tx, from, to string) error {
	if _, err := tx.Exec(`UPDATE imported SET subject_id = $1 WHERE kind = $2 AND subject_id = $3`, to, kindAuthor, from); err != nil {
		return fmt.Errorf("file what is imported under another author: %w", err)
	}
	return nil
}

// ForgetStory takes away what an import kept of a story that was removed for good.
func (s *Service) ForgetStory(tx *db.Tx, storyID string) error {
	_, err := tx.Exec(`DELETE FROM imported_media WHERE EXISTS (SELECT 1 FROM imported i WHERE i.kind = $1 AND i.subject_id = $2
		AND i.site = imported_media.site AND i.source_id = imported_media.parent_id)`, kindStory, storyID)
	if err != nil {
		return fmt.Errorf("forget the pictures of a story in an old blog: %w", err)
	}
	return nil
}

// goneAuthor is under what an author of an old blog is noted as gone.
func goneAuthor(site, source string) string { return "author of " + site + ": " + source }

// censor takes the entries that name somebody out of the reports of imports.
func (s *Service) censor(tx *db.Tx, names []string) error {
	names = slices.DeleteFunc(names, func(n string) bool { return len(n) < 2 })
	if len(names) == 0 {
		return nil
	}
	runs, err := db.List(tx, func(r db.Row) ([2]string, error) {
		var run [2]string
		return run, r.Scan(&run[0], &run[1])
	}, `SELECT id, report FROM imports WHERE report <> ''`)
	if err != nil {
		return fmt.Errorf("read the reports of imports: %w", err)
	}
	for _, run := range runs {
		var report Report
		if err := json.Unmarshal([]byte(run[1]), &report); err != nil {
			return fmt.Errorf("read the report of import %s: %w", run[0], err)
		}
		about := func(e Entry) bool {
			return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(e.What+"\n"+e.Why+"\n"+e.More, n) })
		}
		before := len(report.Notes) + len(report.Skipped)
		report.Notes, report.Skipped = slices.DeleteFunc(report.Notes, about), slices.DeleteFunc(report.Skipped, about)
		if len(report.Notes)+len(report.Skipped) == before {
			continue
		}
		text, err := json.Marshal(report)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE imports SET report = $1 WHERE id = $2`, string(text), run[0]); err != nil {
			return fmt.Errorf("shorten the report of import %s: %w", run[0], err)
		}
	}
	return nil
}
