package paths

import (
	"context"
	"fmt"

	"waypost/internal/db"
	"waypost/paths/sealed"
)

// atATime is how many members' keys are wrapped anew in one transaction.
const atATime = 200

// Rewrapped says what became of the keys of members.
type Rewrapped struct {
	Anew int // wrapped by the first key of the ring
	Lost int // that no key of the ring opens
}

// Rewrap wraps every member's key by the first key of the ring. Those that the ring
// cannot open stay as they are. It may be cut off and run again.
func (s *Service) Rewrap(ctx context.Context) (Rewrapped, error) {
	var all Rewrapped
	for after := ""; ; {
		list, err := s.wrappedBefore(ctx, after)
		if err != nil {
			return all, err
		}
		if len(list) == 0 {
			s.lost.Store(int64(all.Lost))
			return all, nil
		}
		var some Rewrapped
		err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
			some, err = s.rewrap(tx, list)
			return err
		})
		if err != nil {
			return all, err
		}
		all.Anew, all.Lost = all.Anew+some.Anew, all.Lost+some.Lost
		after = list[len(list)-1].member
	}
}

type wrappedKey struct {
	member string
	sealed.Wrapped
}

func (s *Service) wrappedBefore(ctx context.Context, after string) (list []wrappedKey, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		list, err = db.List(tx, func(r db.Row) (k wrappedKey, err error) {
			err = r.Scan(&k.member, &k.By, &k.Bytes)
			return k, err
		}, `SELECT member_id, wrapped_by, wrapped FROM path_keys WHERE wrapped_by <> $1 AND member_id > $2 ORDER BY member_id LIMIT $3`,
			s.Rings.Now().Current(), after, atATime)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the keys of paths: %w", err)
	}
	return list, nil
}

func (s *Service) rewrap(tx *db.Tx, list []wrappedKey) (Rewrapped, error) {
	var some Rewrapped
	ring := s.Rings.Now()
	for _, k := range list {
		w, err := ring.Rewrap(k.member, k.Wrapped)
		if err != nil { // not of the ring, or damaged: the others go on
			some.Lost++
			continue
		}
		n, err := tx.Exec(`UPDATE path_keys SET wrapped_by = $1, wrapped = $2 WHERE member_id = $3 AND wrapped = $4`, w.By, w.Bytes, k.member, k.Bytes)
		if err != nil {
			return some, fmt.Errorf("keep a key wrapped anew: %w", err)
		}
		some.Anew += int(n) // none where the path was destroyed, and perhaps begun anew, meanwhile
	}
	return some, nil
}
