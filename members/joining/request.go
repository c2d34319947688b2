package joining

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// Request is somebody who has confirmed their address and waits to be let in.
type Request struct {
	ID      string
	Address string
	Name    string
	Words   string // who they are, in their own words
	At      time.Time
}

const maxWords = 1000

// declinedLife is how long a letter that declines may be sent. A day later it is deleted,
// with the address.
const declinedLife = 7 * 24 * time.Hour

// wait writes somebody down who has to be let in. browser may say more for a while.
func (s *Service) wait(tx *db.Tx, p proofs.Proof, browser string) error {
	hash := ""
	if browser != "" {
		hash = proofs.HashOf(browser)
	}
	_, err := tx.Exec(`INSERT INTO join_requests (id, address, address_key, name, words, language, browser_hash, asked_at) VALUES ($1, $2, $3, '', '', '', $4, $5)
		ON CONFLICT (address_key) DO UPDATE SET browser_hash = excluded.browser_hash`, s.IDs.New(), p.Address, p.AddressKey, hash, s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("wait to be let in: %w", err)
	}
	return nil
}

// Introduce adds to a request who they are. The browser in which the address was
// confirmed may; NotFound from any other.
func (s *Service) Introduce(ctx context.Context, browser, name, words string) error {
	var f problem.Fields
	if utf8.RuneCountInString(words) > maxWords {
		f.Add("words", "field.too_long", "max", maxWords)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		waits, err := s.Waits(tx, browser)
		if err != nil {
			return err
		}
		if !waits { // before anything is said about names, which anybody could ask about
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if err := s.Members.Naming(tx, members.Actor{}, name, ""); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE join_requests SET name = $1, words = $2 WHERE browser_hash = $3`, name, words, proofs.HashOf(browser)); err != nil {
			return fmt.Errorf("say who waits: %w", err)
		}
		return nil
	})
}

// Waits reports that somebody waits to be let in who confirmed their address in a browser.
func (s *Service) Waits(tx *db.Tx, browser string) (bool, error) {
	waits, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM join_requests WHERE browser_hash = $1 AND browser_hash <> '')`, proofs.HashOf(browser)))
	if err != nil {
		return false, fmt.Errorf("look who waits: %w", err)
	}
	return waits, nil
}

// Requests lists who waits, the longest first.
func (s *Service) Requests(tx *db.Tx) ([]Request, error) {
	return db.List(tx, func(r db.Row) (Request, error) {
		var q Request
		var at int64
		err := r.Scan(&q.ID, &q.Address, &q.Name, &q.Words, &at)
		q.At = time.UnixMilli(at)
		return q, err
	}, `SELECT id, address, name, words, asked_at FROM join_requests ORDER BY asked_at, id LIMIT $1`, mostListed)
}

// Waiting counts them.
func (s *Service) Waiting(tx *db.Tx) (int, error) {
	return db.Value[int](tx.QueryRow(`SELECT count(*) FROM join_requests`))
}

// Decide lets somebody in who waits, or declines, and tells them. Of two who decide at
// once, one does.
func (s *Service) Decide(ctx context.Context, by members.Actor, request string, admit bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		var address, key, name, language string
		err := tx.QueryRow(`DELETE FROM join_requests WHERE id = $1 RETURNING address, address_key, name, language`, request).Scan(&address, &key, &name, &language)
		if db.Missing(err) {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if err != nil {
			return fmt.Errorf("decide on a request: %w", err)
		}
		if !admit {
			letter, err := s.Letters.Declined(tx, language)
			if err != nil {
				return err
			}
			letter.To, letter.Expires = address, s.Clock().Add(declinedLife)
			if err := s.Proofs.Post(tx, letter); err != nil {
				return err
			}
			return s.Record(tx, by.AccountID, "request.declined", "request:"+request, "")
		}
		if out, err := s.ShutOut(tx, key); err != nil {
			return err
		} else if out {
			return problem.New(problem.Conflict, "joining.barred")
		}
		account, err := s.Members.CreateAccount(tx, by.AccountID, members.NewAccount{Name: name, Email: address, EmailKey: key, Language: language})
		if err != nil {
			return err
		}
		letter, err := s.Letters.Admitted(tx, language)
		if err != nil {
			return err
		}
		letter.To = address
		if err := s.Proofs.Post(tx, letter); err != nil {
			return err
		}
		return s.Record(tx, by.AccountID, "request.admitted", "account:"+account.ID, "")
	})
}
