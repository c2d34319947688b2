package proofs

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/limits"
	"waypost/internal/mail"
)

// Asked is what somebody outside asked for, while nobody has looked who they are.
type Asked struct {
	ID      string
	Purpose Purpose
	Address mail.Address
	Payload string
	At      time.Time
}

// Answer is what is written to the address that was given.
type Answer struct {
	// Purpose is that of the proof that the letter carries; empty: it carries none.
	Purpose Purpose
	Subject string // the account whose address it is; empty: nobody's
	Payload string
	Life    time.Duration
	// Letter makes the letter, to the address that was asked for unless it names its own;
	// nil: none goes out.
	Letter func(Secrets) (mail.Letter, error)
}

// Answerer looks who has an address and says what to write there.
type Answerer func(tx *db.Tx, asked Asked) (Answer, error)

// How many letters one address gets; a stranger's are of two purposes, so that what they
// tried first takes nothing from what they do next. And how many all who have an account
// get, as a multiple of the budget for strangers.
const (
	mostToMember   = 5
	memberTime     = time.Hour
	mostToStranger = 2
	strangerTime   = 24 * time.Hour
	memberBudget   = 5
)

// patience is how long what somebody asked for waits for the budget.
const patience = time.Hour

// batch is how many are answered in one transaction.
const batch = 20

// Asked does the job of that name: it answers those who have an account first, then
// strangers as far as the budget goes, those from quiet networks before others. What is
// left waits for the budget.
func (s *Service) Asked(ctx context.Context, j *jobs.Job) error {
	for {
		var n int
		var wait time.Duration
		err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
			if n, wait, err = s.answerSome(tx); err != nil || n == batch && wait == 0 {
				return err
			}
			if wait > 0 {
				if err := s.Jobs.Enqueue(tx, JobAsked, struct{}{}, jobs.At(s.Clock().Add(wait)), jobs.Once(JobAsked)); err != nil {
					return err
				}
			}
			return j.Done(tx)
		})
		if err != nil || n < batch || wait > 0 {
			return err
		}
	}
}

// answerSome answers a few and reports how many, and how long to wait for the budget
// if that is used up.
func (s *Service) answerSome(tx *db.Tx) (int, time.Duration, error) {
	now := s.Clock()
	_, err := tx.Exec(`UPDATE proofs SET state = 'ended' WHERE state = 'waiting' AND asked_at < $1`, now.Add(-patience).UnixMilli())
	if err != nil {
		return 0, 0, fmt.Errorf("end what waited too long: %w", err)
	}
	known, err := s.waiting(tx, `EXISTS (SELECT 1 FROM accounts a WHERE a.email_key = p.address_key AND a.disabled_at IS NULL)`, batch)
	if err != nil {
		return 0, 0, err
	}
	list, err := s.waiting(tx, `NOT EXISTS (SELECT 1 FROM accounts a WHERE a.email_key = p.address_key AND a.disabled_at IS NULL)`, batch-len(known))
	if err != nil {
		return 0, 0, err
	}
	for i, w := range append(known, list...) {
		wait, err := s.answer(tx, w, now)
		if err != nil || wait > 0 {
			return i, wait, err
		}
	}
	return len(known) + len(list), 0, nil
}

func (s *Service) waiting(tx *db.Tx, which string, most int) ([]Asked, error) {
	list, err := db.List(tx, func(r db.Row) (Asked, error) {
		var a Asked
		var address string
		var at int64
		if err := r.Scan(&a.ID, &a.Purpose, &address, &a.Payload, &at); err != nil {
			return a, err
		}
		a.At = time.UnixMilli(at)
		var err error
		a.Address, err = mail.ParseAddress(address)
		return a, err
	}, `SELECT p.id, p.purpose, p.address, p.payload, p.asked_at FROM proofs p WHERE p.state = 'waiting' AND `+which+`
		ORDER BY p.turn, p.asked_at, p.id LIMIT $1`, most)
	if err != nil {
		return nil, fmt.Errorf("list who asked: %w", err)
	}
	return list, nil
}

// answer writes one letter, or none where a limit says so. A wait is for the budget, and
// leaves what was asked as it is.
func (s *Service) answer(tx *db.Tx, w Asked, now time.Time) (time.Duration, error) {
	answerer := s.Answers[w.Purpose]
	if answerer == nil {
		return 0, s.withhold(tx, w)
	}
	a, err := answerer(tx, w)
	if err != nil {
		return 0, fmt.Errorf("answer for %s: %w", w.Purpose, err)
	}
	if a.Letter == nil {
		return 0, s.withhold(tx, w)
	}
	key := w.Address.Key()
	// The limit's row is held until the commit, so that two nodes do not count at once.
	if _, err := limits.Take(tx, now, "to:"+s.keyed("address", key), limits.Rate{Burst: 1 << 20, Every: time.Second}); err != nil {
		return 0, err
	}
	most, since := mostToStranger, strangerTime
	if a.Subject != "" {
		most, since = mostToMember, memberTime
	}
	var sent, alike int
	err = tx.QueryRow(`SELECT count(*), count(CASE WHEN purpose = $3 THEN 1 END) FROM proofs WHERE address_key = $1 AND sent_at > $2`,
		key, now.Add(-since).UnixMilli(), cmp.Or(a.Purpose, w.Purpose)).Scan(&sent, &alike)
	if err != nil {
		return 0, fmt.Errorf("count letters to an address: %w", err)
	}
	if sent >= most || a.Subject == "" && alike > 0 {
		return 0, s.withhold(tx, w)
	}
	if wait, err := s.spendBudget(tx, a.Subject != "", now); err != nil || wait > 0 {
		return wait, err
	}
	return 0, s.send(tx, w, a, now)
}

// spendBudget takes a letter from the budget of strangers, or of those with an account.
func (s *Service) spendBudget(tx *db.Tx, known bool, now time.Time) (time.Duration, error) {
	budget, err := s.Budget(tx)
	if err != nil {
		return 0, err
	}
	name := "letters:strangers"
	if known {
		name, budget = "letters:members", budget*memberBudget
	}
	wait, err := limits.Take(tx, now, name, limits.Hourly(budget))
	if err != nil || wait == 0 || s.Reached == nil {
		return wait, err
	}
	return wait, s.Reached(tx)
}

// send opens the proof, ends older ones and posts the letter.
func (s *Service) send(tx *db.Tx, w Asked, a Answer, now time.Time) error {
	var secrets Secrets
	state, purpose, link, life := "ended", w.Purpose, any(nil), ConfirmLife
	code := HashOf(id.Secret())
	if a.Purpose != "" {
		if err := s.endOlder(tx, a.Purpose, a.Subject, w.Address.Key(), false); err != nil {
			return err
		}
		digits, err := newCode()
		if err != nil {
			return err
		}
		secrets = Secrets{Link: id.Secret(), Code: digits}
		state, purpose, link, life = "open", a.Purpose, HashOf(secrets.Link), a.Life
		code = s.hashCode(w.ID, digits)
	}
	n, err := tx.Exec(`UPDATE proofs SET state = $1, purpose = $2, subject = $3, payload = $4, link_hash = $5, code_hash = $6, sent_at = $7, expires_at = $8
		WHERE id = $9 AND state = 'waiting'`, state, purpose, a.Subject, a.Payload, link, code, now.UnixMilli(), now.Add(life).UnixMilli(), w.ID)
	if err != nil {
		return fmt.Errorf("open a proof: %w", err)
	}
	if n == 0 {
		return nil // another node was first
	}
	letter, err := a.Letter(secrets)
	if err != nil {
		return err
	}
	letter.Expires = now.Add(life)
	if letter.To == "" {
		letter.To = w.Address.String()
	}
	return s.Post(tx, letter)
}

func (s *Service) withhold(tx *db.Tx, w Asked) error {
	_, err := tx.Exec(`UPDATE proofs SET state = 'ended' WHERE id = $1 AND state = 'waiting'`, w.ID)
	if err != nil {
		return fmt.Errorf("withhold a letter: %w", err)
	}
	return nil
}
