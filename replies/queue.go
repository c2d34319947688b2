package replies

import (
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/spam"
)

// Waiting is a reply as moderators see it.
type Waiting struct {
	Reply
	Email     string // empty: a member, or its time is over
	Network   string
	Agent     string
	OnForm    time.Duration
	Verdict   spam.Verdict
	Held      Held
	Reports   int
	Appealed  time.Time
	Decided   time.Time // zero: nobody has
	DecidedBy string    // an account
	Approved  int       // of the same writer, by moderators
	Refused   int
}

// Filter says which replies a moderator wants to see.
type Filter struct {
	ID      string // one alone
	State   State  // empty: any
	StoryID string
	Writer  string // the identifier of a reply: all by who wrote that one
	Again   bool   // only what somebody is to look at again
	Before  string // the identifier of a reply: those before it
}

// Queue lists replies as moderators see them, the newest first. There is one more than limit if it
// goes on.
func (s *Service) Queue(tx *db.Tx, by members.Actor, f Filter, limit int) ([]Waiting, error) {
	if !s.moderator(by) {
		return nil, problem.New(problem.Forbidden, "problem.forbidden")
	}
	return queue(tx, f, limit+1)
}

// One is a reply as moderators see it.
func (s *Service) One(tx *db.Tx, by members.Actor, id string) (Waiting, error) {
	if !s.moderator(by) {
		return Waiting{}, problem.New(problem.Forbidden, "problem.forbidden")
	}
	list, err := queue(tx, Filter{ID: id}, 1)
	if err == nil && len(list) == 0 {
		err = notFound()
	}
	if err != nil {
		return Waiting{}, err
	}
	return list[0], nil
}

// Answered finds what some replies answer, by identifier.
func (s *Service) Answered(tx *db.Tx, list []Waiting) (map[string]Reply, error) {
	var ids []string
	for _, w := range list {
		if w.ParentID != "" {
			ids = append(ids, w.ParentID)
		}
	}
	in, args := db.In(1, ids)
	over, err := s.list(tx, `r.id IN `+in, args...)
	found := make(map[string]Reply, len(over))
	for _, r := range over {
		found[r.ID] = r
	}
	return found, err
}

// Counts says how many replies are in each state, at most mostCounted.
func (s *Service) Counts(tx *db.Tx) (map[State]int, error) {
	counts := map[State]int{}
	for _, state := range States() {
		n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM replies WHERE state = `+db.Literal(string(state))+` AND erased_at IS NULL LIMIT $1) AS counted`, mostCounted))
		if err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, nil
}

// mostCounted is how far counts go.
const mostCounted = 10_000

// Backlog is what waits for a moderator.
type Backlog struct {
	Held   int
	Oldest time.Time
}

// BacklogIn says how much waits, and since when.
func (s *Service) BacklogIn(tx *db.Tx) (Backlog, error) {
	var b Backlog
	var oldest int64
	err := tx.QueryRow(`SELECT count(*), coalesce(min(c.moved_at), 0) FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE r.state = 'pending' AND r.erased_at IS NULL`).Scan(&b.Held, &oldest)
	b.Oldest = moment(oldest)
	return b, err
}
