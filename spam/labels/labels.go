package labels

import (
	"fmt"
	"sync"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/spam"
)

// Label says of a message whether it was spam.
type Label struct {
	Subject   string // what was judged
	Batch     string // of the decision, to take it back by
	Source    string // "moderator", or the name of a key
	AccountID string // who judged
	Spam      bool
	Verdict   spam.Kind // what the filter had said
	Message   spam.Message
}

// Service keeps labels and the model that follows from them.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
	Base  *spam.Base

	making  sync.Mutex // held by who waits for the first model, without a connection
	folding sync.Mutex // held by who brings the model up to date, with one
	mu      sync.RWMutex
	model   *spam.Model // its pointer and what it holds are guarded by mu
	seq     int64       // of the last change that it knows
	marks   []mark
	torn    bool // the model has learned more than seq says
}

// Add writes a label down. It counts in the place of an earlier one of the same subject.
func (s *Service) Add(tx *db.Tx, l Label) error {
	features, err := spam.Extract(l.Message).MarshalBinary()
	if err != nil {
		return err
	}
	seq, err := s.altered(tx, []string{l.Subject})
	if err != nil {
		return err
	}
	return insert(tx, seq, l, features, s.Clock())
}

// Void takes back the labels that a decision gave to some subjects; what was decided of
// them before counts again.
func (s *Service) Void(tx *db.Tx, batch string, subjects []string) error {
	if had, err := s.alters(tx, subjects); err != nil || !had {
		return err
	}
	return void(tx, batch, subjects, s.Clock())
}

// VoidOf takes back all that one account decided since a moment, and says how much.
func (s *Service) VoidOf(tx *db.Tx, accountID string, since time.Time) (int64, error) {
	first, err := firstOfAccount(tx, accountID, since)
	if err != nil || first == 0 {
		return 0, err
	}
	seq, err := next(tx)
	if err != nil {
		return 0, fmt.Errorf("number a change of the labels: %w", err)
	}
	if err := noteChange(tx, seq, first); err != nil {
		return 0, err
	}
	return voidOf(tx, accountID, since, s.Clock())
}

// Drop forgets all that was ever decided of subjects.
func (s *Service) Drop(tx *db.Tx, subjects []string) error {
	if had, err := s.alters(tx, subjects); err != nil || !had {
		return err
	}
	return remove(tx, subjects)
}

// altered takes the number of a change. If the subjects have labels already, the change
// alters the fold from the first of these on.
func (s *Service) altered(tx *db.Tx, subjects []string) (int64, error) {
	seq, err := next(tx)
	if err != nil {
		return 0, fmt.Errorf("number a change of the labels: %w", err)
	}
	since, err := firstOf(tx, subjects)
	if err != nil || since == 0 {
		return seq, err
	}
	return seq, noteChange(tx, seq, since)
}

// alters is altered for a change that is none where the subjects have no labels: it takes
// no number then, and reports false.
func (s *Service) alters(tx *db.Tx, subjects []string) (bool, error) {
	if err := wait(tx); err != nil {
		return false, fmt.Errorf("wait for other changes of the labels: %w", err)
	}
	first, err := firstOf(tx, subjects)
	if err != nil || first == 0 {
		return false, err
	}
	_, err = s.altered(tx, subjects)
	return true, err
}
