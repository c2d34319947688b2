package paths

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
)

// Unopened is a part that its member does not find in their path: it is damaged, or it is
// of a step that is.
type Unopened struct {
	Part       Part   `json:"part"`
	ID         string `json:"id"`
	Removed    bool   `json:"removed,omitempty"`
	Unreadable string `json:"unreadable,omitempty"` // why it cannot be opened; "" for what can
	Is         any    `json:"is,omitempty"`         // what can be opened
}

// of lists the check-ins and changes of steps that cannot be opened: without the step
// they are not in the path.
func (p Path) of(shut []Unopened) (list []Unopened) {
	steps := map[string]bool{}
	for _, x := range shut {
		steps[x.ID] = x.Part == StepPart && !x.Removed
	}
	for _, x := range p.CheckIns {
		if steps[x.Step] {
			list = append(list, Unopened{Part: CheckInPart, ID: x.ID, Is: x})
		}
	}
	for _, x := range p.Changes {
		if steps[x.Step] {
			list = append(list, Unopened{Part: ChangePart, ID: x.ID, Is: x})
		}
	}
	return list
}

// Held hands over the whole path, opened, as its member takes it along. What cannot be
// opened is named, so that nobody takes an archive without it for whole.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	if p.Account == "" {
		return nil
	}
	k, err := s.readRest(tx, p.Account)
	if problem.Is(err, problem.Unavailable) {
		return out.File("path.json", s.Clock(), strings.NewReader(`{"unreadable": "its key is not on this server, or is damaged"}`+"\n"))
	}
	if err != nil {
		return err
	}
	err = out.Rows("path-unreadable.json", func(add func(row any) error) error {
		for _, x := range k.shut {
			if err := add(x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || k.path.Empty() {
		return err
	}
	var text bytes.Buffer
	w := json.NewEncoder(&text)
	w.SetEscapeHTML(false) // it would be larger than it may be to come in again
	w.SetIndent("", "  ")
	if err := w.Encode(k.path); err != nil {
		return fmt.Errorf("write a path: %w", err)
	}
	return out.File("path.json", s.Clock(), &text)
}

// EraseOlder destroys a member's path that was begun before a moment: one that a backup
// brought back.
func (s *Service) EraseOlder(tx *db.Tx, member string, than time.Time) error {
	n, err := tx.Exec(`DELETE FROM path_keys WHERE member_id = $1 AND made_at <= $2`, member, than.UnixMilli())
	if err != nil {
		return fmt.Errorf("erase a path again: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.Erased(tx, member)
}

// Forget destroys the key of the path, and the path.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	if p.Account == "" {
		return nil
	}
	for _, query := range []string{`DELETE FROM path_reminders WHERE member_id = $1`, `DELETE FROM path_parts WHERE member_id = $1`, `DELETE FROM path_keys WHERE member_id = $1`} {
		if _, err := tx.Exec(query, p.Account); err != nil {
			return fmt.Errorf("forget a path: %w", err)
		}
	}
	return nil
}

// Erase destroys the key of a member's path, and the path, for good. It needs no key:
// a path that cannot be read any more can be ended too.
func (s *Service) Erase(ctx context.Context, member string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.Forget(tx, personal.Person{Account: member}); err != nil {
			return err
		}
		return s.Erased(tx, member)
	})
}
