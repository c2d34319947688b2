package news

import (
	"cmp"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Kind is what can be followed.
type Kind string

// The kinds.
const (
	Author Kind = "author"
	Topic  Kind = "topic"
)

// Subject is an author or a topic.
type Subject struct {
	Kind Kind
	ID   string
}

func inOrder(list []Subject) []Subject {
	slices.SortFunc(list, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return slices.Compact(list)
}

// mostFollowed is how many authors and topics one member may follow.
const mostFollowed = 500

// Follow lets a member hear of what is new of a subject. Whoever has ended such letters
// before wants them again: that is what the button says.
func (s *Service) Follow(tx *db.Tx, account string, of Subject) error {
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM follows WHERE account_id = $1`, account))
	if err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	if n >= mostFollowed {
		return problem.New(problem.Invalid, "follow.too_many", "max", mostFollowed)
	}
	_, err = tx.Exec(`INSERT INTO follows (account_id, kind, subject_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		account, of.Kind, of.ID, s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	return s.set(tx, holder{account: account}, Followed, AtOnce)
}

// Unfollow ends that.
func (s *Service) Unfollow(tx *db.Tx, account string, of Subject) error {
	_, err := tx.Exec(`DELETE FROM follows WHERE account_id = $1 AND kind = $2 AND subject_id = $3`, account, of.Kind, of.ID)
	if err != nil {
		return fmt.Errorf("unfollow: %w", err)
	}
	return nil
}

// Follows lists what a member follows, by kind and in the order in which they began to.
func (s *Service) Follows(tx *db.Tx, account string) ([]Subject, error) {
	return db.List(tx, func(r db.Row) (Subject, error) {
		var of Subject
		return of, r.Scan(&of.Kind, &of.ID)
	}, `SELECT kind, subject_id FROM follows WHERE account_id = $1 ORDER BY kind, created_at, subject_id`, account)
}

// IsFollowing reports that a member follows a subject.
func (s *Service) IsFollowing(tx *db.Tx, account string, of Subject) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM follows WHERE account_id = $1 AND kind = $2 AND subject_id = $3)`, account, of.Kind, of.ID))
}

// follow is one row of follows.
type follow struct {
	account string
	of      Subject
	since   int64
}

// followsOf reads what some accounts follow, as far as it is among subjects.
func followsOf(tx *db.Tx, accounts []string, among []Subject) (map[string][]follow, error) {
	in, args := db.In(1, accounts)
	list, err := db.List(tx, func(r db.Row) (follow, error) {
		var f follow
		return f, r.Scan(&f.account, &f.of.Kind, &f.of.ID, &f.since)
	}, `SELECT account_id, kind, subject_id, created_at FROM follows WHERE account_id IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read what members follow: %w", err)
	}
	wanted := map[Subject]bool{}
	for _, of := range among {
		wanted[of] = true
	}
	byAccount := map[string][]follow{}
	for _, f := range list {
		if wanted[f.of] {
			byAccount[f.account] = append(byAccount[f.account], f)
		}
	}
	return byAccount, nil
}

// told are the subjects of a story that somebody followed when it was published.
func told(follows []follow, st Story, at int64) []Subject {
	var list []Subject
	for _, of := range st.subjects() {
		if slices.ContainsFunc(follows, func(f follow) bool { return f.of == of && f.since <= at }) {
			list = append(list, of)
		}
	}
	return list
}

// MoveFollowers lets those who follow one subject follow another.
func (s *Service) MoveFollowers(tx *db.Tx, from, to Subject) error {
	_, err := tx.Exec(`INSERT INTO follows (account_id, kind, subject_id, created_at)
		SELECT account_id, CAST($1 AS TEXT), CAST($2 AS TEXT), created_at FROM follows WHERE kind = $3 AND subject_id = $4 ON CONFLICT DO NOTHING`,
		to.Kind, to.ID, from.Kind, from.ID)
	if err != nil {
		return fmt.Errorf("move followers: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM follows WHERE kind = $1 AND subject_id = $2`, from.Kind, from.ID); err != nil {
		return fmt.Errorf("move followers: %w", err)
	}
	return nil
}
