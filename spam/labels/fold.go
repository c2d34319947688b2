package labels

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"waypost/internal/db"
	"waypost/spam"
)

// Ready brings the model up to date, and makes it if there is none yet: who waits for
// that holds no connection. While another call brings it up to date it returns at once.
func (s *Service) Ready(ctx context.Context) error {
	lock := s.folding.TryLock
	if !s.made() {
		s.making.Lock()
		defer s.making.Unlock()
		lock = func() bool { s.folding.Lock(); return true }
	}
	// A view sees nothing that may yet be undone.
	return s.DB.View(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		if !lock() {
			return nil
		}
		defer s.folding.Unlock()
		return s.fold(tx)
	})
}

func (s *Service) made() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.model != nil
}

// Behind reports that a transaction sees labels that the model does not know, or that
// there is no model yet.
func (s *Service) Behind(tx *db.Tx) (bool, error) {
	head, err := headOf(tx)
	if err != nil {
		return false, fmt.Errorf("look for new labels: %w", err)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.model == nil || head > s.seq, nil
}

// Check asks the model as it is. It waits for nobody: while another call makes the model
// anew, the one before answers.
func (s *Service) Check(m spam.Message, t spam.Thresholds) (spam.Verdict, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.model == nil {
		return spam.Verdict{}, errors.New("the filter's model is not made yet")
	}
	return s.model.Check(m, t), nil
}

// Sum is the SHA-256 of the model's bytes, the same on every node that knows the same
// labels.
func (s *Service) Sum(ctx context.Context) (text string, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		s.folding.Lock() // with a connection in hand: whoever folds waits for none
		defer s.folding.Unlock()
		if err := s.fold(tx); err != nil {
			return err
		}
		sum := sha256.Sum256(s.model.Bytes())
		text = hex.EncodeToString(sum[:])
		return nil
	})
	return text, err
}

// mark is the model as it was after a label, to go back to.
type mark struct {
	seq   int64
	bytes []byte
}

const (
	markEvery = 256 // labels
	mostMarks = 2
	atOnce    = 200 // labels read in one statement
)

// fold, with the lock of that name, learns what is new. If something older has changed, or it failed in the midst, it
// goes back before that. It does nothing where the model knows more than the transaction.
func (s *Service) fold(tx *db.Tx) error {
	head, err := headOf(tx)
	if err != nil {
		return fmt.Errorf("look for new labels: %w", err)
	}
	if s.model != nil && !s.torn && head <= s.seq {
		return nil
	}
	since, err := changedSince(tx, s.seq)
	if err != nil {
		return fmt.Errorf("look for changed labels: %w", err)
	}
	model, from := s.model, s.seq
	if model == nil || since > 0 || s.torn {
		model, from = s.back(since)
	}
	s.torn = true
	for {
		some, err := liveAfter(tx, from, atOnce)
		if err != nil {
			return fmt.Errorf("read labels: %w", err)
		}
		if err := s.learn(model, some); err != nil {
			return err
		}
		if len(some) < atOnce {
			break
		}
		from = some[len(some)-1].seq
	}
	s.mu.Lock()
	s.model, s.seq, s.torn = model, head, false
	s.mu.Unlock()
	return nil
}

// back is the model as it was before a label, 0 being as late as can be.
func (s *Service) back(before int64) (*spam.Model, int64) {
	for n := len(s.marks); n > 0; n-- {
		at := s.marks[n-1]
		if before > 0 && at.seq >= before {
			continue
		}
		if model, err := spam.Read(at.bytes, s.Base); err == nil {
			s.marks = s.marks[:n]
			return model, at.seq
		}
	}
	s.marks = nil
	return spam.New(s.Base), 0
}

// learn teaches a model some labels; readers of the model in use wait for each of them.
func (s *Service) learn(model *spam.Model, some []stored) error {
	for _, l := range some {
		if l.extractor != spam.Version {
			continue
		}
		var f spam.Features
		if err := f.UnmarshalBinary(l.features); err != nil {
			return fmt.Errorf("label %d: %w", l.seq, err)
		}
		s.mu.Lock()
		model.Learn(f, l.spam)
		s.mu.Unlock()
		if ham, spam := model.Labels(); (ham+spam)%markEvery == 0 {
			s.marks = append(s.marks, mark{l.seq, model.Bytes()})
			s.marks = s.marks[max(0, len(s.marks)-mostMarks):]
		}
	}
	return nil
}

// Rebuilt is what Rebuild did.
type Rebuilt struct {
	Labels int    `json:"labels"` // that the model was made of
	Reread int    `json:"reread"` // read again from texts that are kept
	Lost   int    `json:"lost"`   // that this version cannot read, their texts gone
	Model  string `json:"model"`  // the SHA-256 of its bytes, the same on every node
}

// Texts finds what a label was made of; false if it is gone.
type Texts func(tx *db.Tx, subject string) (spam.Message, bool, error)

// Rebuild makes the model anew of all labels, here and, before their next check, on all
// other nodes. Labels that another version of the filter read are read again from
// their texts, where texts are kept.
func (s *Service) Rebuild(ctx context.Context, text Texts) (Rebuilt, error) {
	var done Rebuilt
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		done = Rebuilt{}
		if err := reread(tx, text, &done); err != nil {
			return err
		}
		seq, err := next(tx)
		if err != nil {
			return err
		}
		return cmp.Or(noteRead(tx, seq), noteChange(tx, seq, 1))
	})
	if err != nil {
		return done, fmt.Errorf("read labels again: %w", err)
	}
	if done.Model, err = s.Sum(ctx); err != nil {
		return done, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	ham, spam := s.model.Labels()
	done.Labels = ham + spam
	return done, nil
}

func reread(tx *db.Tx, text Texts, done *Rebuilt) error {
	foreign, err := ofOtherVersions(tx, spam.Version)
	if err != nil {
		return err
	}
	for _, l := range foreign {
		m, there, err := text(tx, l.subject)
		if err != nil {
			return err
		}
		if !there {
			done.Lost++
			continue
		}
		features, err := spam.Extract(m).MarshalBinary()
		if err != nil {
			return err
		}
		if err := replaceFeatures(tx, l.seq, features, spam.Version); err != nil {
			return err
		}
		done.Reread++
	}
	return nil
}
