package paths

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/paths/sealed"
)

// padding is what every text is filled up to a multiple of before it is sealed: how long
// it is says less then.
const padding = 64

// kept is a member's path as the database has it, opened.
type kept struct {
	key     sealed.Key
	version int64 // of the whole path; 0 where there is none yet
	path    Path
	gone    []Removed
	due     map[string]Reminder
	shut    []Unopened
	loose   map[string]string // steps whose parent was removed: its ID by theirs
}

// Removed is a part that may be brought back for a while.
type Removed struct {
	Part Part
	At   time.Time
	part part
}

// Words are what a removed part says of itself; empty where it has no text.
func (r Removed) Words() string {
	switch x := r.part.(type) {
	case *Goal:
		return x.Title
	case *Step:
		return x.Title
	case *Entry:
		return x.Text
	case *CheckIn:
		return x.Day.String()
	case *Change:
		return x.Words
	case *Decision:
		return x.Question
	}
	return ""
}

// Import is the import that brought it, "" for none.
func (r Removed) Import() string { return r.part.row().Import }

// ID identifies it among parts of its kind.
func (r Removed) ID() string { return r.part.row().ID }

// read opens the path of a member. A member who has none has an empty one. It is the
// whole path or none: a change made without what is damaged would lose what refers to it.
func (s *Service) read(tx *db.Tx, member string) (kept, error) {
	k, err := s.readRest(tx, member)
	for _, x := range k.shut {
		if !x.Removed {
			return kept{}, damaged(fmt.Errorf("%s %s of a path cannot be opened", x.Part, x.ID))
		}
	}
	return k, err
}

func damaged(cause error) error {
	return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "path.damaged"}, Cause: cause}
}

// readRest is read without what is damaged, which it names.
func (s *Service) readRest(tx *db.Tx, member string) (kept, error) {
	var k kept
	var w sealed.Wrapped
	err := tx.QueryRow(`SELECT wrapped_by, wrapped, version FROM path_keys WHERE member_id = $1`, member).Scan(&w.By, &w.Bytes, &k.version)
	if db.Missing(err) {
		k.path.Version = PathVersion
		return k, nil
	}
	if err != nil {
		return k, fmt.Errorf("read the key of a path: %w", err)
	}
	if k.key, err = s.Rings.Now().Unwrap(member, w); errors.Is(err, sealed.ErrNoKey) {
		return k, &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "path.key_missing"}, Cause: err}
	}
	if err != nil {
		return k, damaged(err)
	}
	if err := k.readParts(tx, member); err != nil {
		return k, err
	}
	k.due, err = Reminders(tx, member)
	return k, err
}

func (k *kept) readParts(tx *db.Tx, member string) error {
	k.path.Version = PathVersion
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var kind Part
		var id, brought string
		var version int64
		var gone *int64
		var shut []byte
		if err := r.Scan(&kind, &id, &version, &brought, &gone, &shut); err != nil {
			return struct{}{}, err
		}
		x, err := k.open(kind, id, version, shut)
		if err != nil {
			k.shut = append(k.shut, Unopened{Part: kind, ID: id, Removed: gone != nil, Unreadable: "it is damaged"})
			return struct{}{}, nil
		}
		x.row().Import = brought
		if gone != nil {
			k.gone = append(k.gone, Removed{kind, time.UnixMilli(*gone), x})
		} else {
			k.path.add(x)
		}
		return struct{}{}, nil
	}, `SELECT kind, id, version, import_id, gone_at, sealed FROM path_parts WHERE member_id = $1`, member)
	if err != nil {
		return fmt.Errorf("read a path: %w", err)
	}
	k.shut = append(k.shut, k.path.of(k.shut)...)
	k.loose = k.path.settle()
	return nil
}

func (k *kept) open(kind Part, id string, version int64, shut []byte) (part, error) {
	x := blank(kind)
	if x == nil {
		return nil, fmt.Errorf("a path has no part %q", kind)
	}
	text, err := k.key.Open(shut, place(kind, id, version))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, x); err != nil {
		return nil, fmt.Errorf("read a %s of a path: %w", kind, err)
	}
	x.row().Version = version
	return x, nil
}

func place(kind Part, id string, version int64) sealed.Place {
	return sealed.Place{Table: string(kind), Row: id, Version: version}
}

// shut seals a part for the version that it has.
func shut(k sealed.Key, x part) ([]byte, error) {
	text, err := json.Marshal(x)
	if err != nil {
		return nil, fmt.Errorf("write a %s of a path: %w", x.kind(), err)
	}
	text = append(text, bytes.Repeat([]byte{' '}, padding-len(text)%padding)...)
	return k.Seal(text, place(x.kind(), x.row().ID, x.row().Version)), nil
}

// claim makes the path of a member this one's to write: whoever read another version
// begins again.
func claim(tx *db.Tx, member string, version int64, fresh sealed.Wrapped, now time.Time) error {
	if version == 0 {
		_, err := tx.Exec(`INSERT INTO path_keys (member_id, wrapped_by, wrapped, version, made_at) VALUES ($1, $2, $3, 1, $4)`,
			member, fresh.By, fresh.Bytes, now.UnixMilli())
		if db.Duplicate(err) {
			return errStale
		}
		if err != nil {
			return fmt.Errorf("keep the key of a path: %w", err)
		}
		return nil
	}
	n, err := tx.Exec(`UPDATE path_keys SET version = version + 1 WHERE member_id = $1 AND version = $2`, member, version)
	if err != nil {
		return fmt.Errorf("claim a path: %w", err)
	}
	if n == 0 {
		return errStale
	}
	return nil
}

func write(tx *db.Tx, member string, x part, text []byte) error {
	r := x.row()
	_, err := tx.Exec(`INSERT INTO path_parts (member_id, kind, id, version, import_id, gone_at, sealed) VALUES ($1, $2, $3, $4, $5, NULL, $6)
		ON CONFLICT (member_id, kind, id) DO UPDATE SET version = excluded.version, gone_at = NULL, sealed = excluded.sealed`,
		member, string(x.kind()), r.ID, r.Version, r.Import, text)
	if err != nil {
		return fmt.Errorf("keep a %s of a path: %w", x.kind(), err)
	}
	return nil
}

func markGone(tx *db.Tx, member string, kind Part, id string, at time.Time) error {
	_, err := tx.Exec(`UPDATE path_parts SET gone_at = $1 WHERE member_id = $2 AND kind = $3 AND id = $4`, at.UnixMilli(), member, string(kind), id)
	if err != nil {
		return fmt.Errorf("remove a %s of a path: %w", kind, err)
	}
	return nil
}
