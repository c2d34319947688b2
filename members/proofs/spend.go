package proofs

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/problem"
)

// Redeem spends the proof that a link opens, if it is of one of the purposes. One
// statement checks and spends, so of many who try at once a single one succeeds. Every
// link that does not work gives the same error, of kind Gone.
func (s *Service) Redeem(tx *db.Tx, link string, purposes ...Purpose) (Proof, error) {
	in, args := db.In(3, purposes)
	p, err := scanProof(tx.QueryRow(`UPDATE proofs SET state = 'used' WHERE link_hash = $1 AND expires_at > $2 AND state = 'open' AND purpose IN `+in+`
		RETURNING id, purpose, address, address_key, subject, payload`, append([]any{HashOf(link), s.Clock().UnixMilli()}, args...)...))
	if db.Missing(err) {
		return p, problem.New(problem.Gone, "signin.link_spent")
	}
	if err != nil {
		return p, fmt.Errorf("redeem a proof: %w", err)
	}
	return p, nil
}

// Look tells what a link opens and spends nothing, for what is looked at more than once
// before it is done. Its errors are those of Redeem.
func (s *Service) Look(tx *db.Tx, link string, purpose Purpose) (Proof, error) {
	p, err := scanProof(tx.QueryRow(`SELECT id, purpose, address, address_key, subject, payload FROM proofs
		WHERE link_hash = $1 AND expires_at > $2 AND state = 'open' AND purpose = $3`, HashOf(link), s.Clock().UnixMilli(), purpose))
	if db.Missing(err) {
		return p, problem.New(problem.Gone, "signin.link_spent")
	}
	if err != nil {
		return p, fmt.Errorf("look at a proof: %w", err)
	}
	return p, nil
}

func scanProof(r db.Row) (Proof, error) {
	var p Proof
	err := r.Scan(&p.ID, &p.Purpose, &p.Address, &p.AddressKey, &p.Subject, &p.Payload)
	return p, err
}

// MostWrong is how many wrong codes end one.
const MostWrong = 5

// tries is how often codes are tried for one address: a newer letter does not give
// another five for ever.
var tries = limits.Rate{Burst: 12, Every: time.Hour}

// Tried is what became of a code.
type Tried struct {
	Proof Proof
	OK    bool
	Left  int // how many more may be tried, when it was wrong
}

// Try spends the proof that a browser asked for if the code is its own, and counts the
// try if it is not; the caller lets the transaction stand either way. What is counted
// and said is the same whether there is an account, a letter, or time left.
func (s *Service) Try(tx *db.Tx, browser, code string, purposes ...Purpose) (Tried, error) {
	var p Proof
	var hash, state string
	var wrong, expires int64
	err := tx.QueryRow(`UPDATE proofs SET wrong = wrong + 1 WHERE browser_hash = $1 AND wrong < $2
		AND id = (SELECT max(id) FROM proofs WHERE browser_hash = $1)
		RETURNING id, purpose, address, address_key, subject, payload, code_hash, state, wrong, expires_at`, HashOf(browser), MostWrong).
		Scan(&p.ID, &p.Purpose, &p.Address, &p.AddressKey, &p.Subject, &p.Payload, &hash, &state, &wrong, &expires)
	if db.Missing(err) {
		return Tried{}, nil
	}
	if err != nil {
		return Tried{}, fmt.Errorf("try a code: %w", err)
	}
	wait, err := limits.Take(tx, s.Clock(), "code:"+s.keyed("address", p.AddressKey), tries)
	if err != nil {
		return Tried{}, err
	}
	good := same(hash, s.hashCode(p.ID, code)) && state == "open" && expires > s.Clock().UnixMilli() && wait == 0 && among(p.Purpose, purposes)
	if !good {
		return Tried{Left: MostWrong - int(wrong)}, nil
	}
	n, err := tx.Exec(`UPDATE proofs SET state = 'used' WHERE id = $1 AND state = 'open'`, p.ID)
	if err != nil {
		return Tried{}, fmt.Errorf("spend a code: %w", err)
	}
	return Tried{Proof: p, OK: n == 1}, nil
}

func among(p Purpose, list []Purpose) bool {
	for _, x := range list {
		if x == p {
			return true
		}
	}
	return false
}

// SubjectOf is whom a link was about, whether it still opens or not; "" if it never was
// one. It is for the record alone.
func (s *Service) SubjectOf(tx *db.Tx, link string) (string, error) {
	subject, err := db.Value[string](tx.QueryRow(`SELECT subject FROM proofs WHERE link_hash = $1`, HashOf(link)))
	if db.Missing(err) {
		return "", nil
	}
	return subject, err
}
