package replies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/marks"
	"waypost/replies/sources"
)

// BlockKind is what a block goes by.
type BlockKind string

// The kinds. Networks and e-mail addresses are kept as keyed hashes.
const (
	BlockAddress BlockKind = "address" // one address on the net, or the /64 of an IPv6 one
	BlockNetwork BlockKind = "network" // a prefix, such as 203.0.113.0/24
	BlockEmail   BlockKind = "email"   // an e-mail address
	BlockDomain  BlockKind = "domain"  // a host that a text links to, or an address is at, and those beneath it
	BlockPhrase  BlockKind = "phrase"  // words in the text or the name
)

// BlockKinds lists them.
func BlockKinds() []BlockKind {
	return []BlockKind{BlockEmail, BlockAddress, BlockNetwork, BlockDomain, BlockPhrase}
}

// Block keeps out what comes from somewhere or says something: it lands in spam.
type Block struct {
	ID        string
	Kind      BlockKind
	Value     string // as typed, when it is made
	Label     string // as it is shown
	Reason    string
	AccountID string // who made it
	Made      time.Time
	Ends      time.Time // zero: never
	Hits      int
}

// BlockDays are for how long something may be blocked; 0: until somebody ends it.
var BlockDays = []int{1, 7, 30, 365, 0}

const (
	maxPhrase = 120
	maxReason = 300
	leastWord = 4
)

// AddBlock blocks something for some days.
func (s *Service) AddBlock(ctx context.Context, by members.Actor, b Block, days int) (Block, error) {
	if !s.moderator(by) {
		return b, problem.New(problem.Forbidden, "problem.forbidden")
	}
	b.Reason = strings.Join(strings.Fields(b.Reason), " ")
	value, label, err := s.blockValue(b.Kind, strings.TrimSpace(b.Value))
	var f problem.Fields
	switch {
	case errors.Is(err, sources.ErrWide):
		f.Add("value", "reply.block_wide")
	case err != nil:
		f.Add("value", "reply.block_form")
	}
	if utf8.RuneCountInString(b.Reason) > maxReason {
		f.Add("reason", "field.too_long", "max", maxReason)
	}
	if !slices.Contains(BlockDays, days) {
		f.Add("days", "field.unknown")
	}
	if !slices.Contains(BlockKinds(), b.Kind) {
		f.Add("kind", "field.unknown")
	}
	if err := f.Err(); err != nil {
		return b, err
	}
	b.ID, b.AccountID, b.Made, b.Label = s.IDs.New(), by.AccountID, s.Clock(), label
	if days > 0 {
		b.Ends = b.Made.AddDate(0, 0, days)
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if b.ID, err = insertBlock(tx, b, value); err != nil {
			return err
		}
		return s.Record(tx, by.AccountID, "replies.blocked", "block:"+b.ID, b.recorded())
	})
	return b, err
}

// recorded is what the record says of a block: nothing that leads to a person.
func (b Block) recorded() string {
	if b.Kind == BlockDomain || b.Kind == BlockPhrase {
		return b.Label
	}
	return ""
}

// EndBlock lets in again what was blocked, and returns the block as it was, so that it
// can be taken up again.
func (s *Service) EndBlock(ctx context.Context, by members.Actor, id string) (was Block, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if was, err = s.BlockByID(tx, by, id); err != nil {
			return err
		}
		if !was.InForce(s.Clock()) {
			return nil
		}
		if err := setEnd(tx, id, s.Clock()); err != nil {
			return err
		}
		return s.Record(tx, by.AccountID, "replies.unblocked", "block:"+id, was.recorded())
	})
	return was, err
}

// RenewBlock takes a block up again that was ended, until a moment; the zero time is for
// good.
func (s *Service) RenewBlock(ctx context.Context, by members.Actor, id string, ends time.Time) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		b, err := s.BlockByID(tx, by, id)
		if err != nil {
			return err
		}
		if err := setEnd(tx, id, ends); err != nil {
			return err
		}
		return s.Record(tx, by.AccountID, "replies.blocked", "block:"+id, b.recorded())
	})
}

// InForce reports that a block keeps something out.
func (b Block) InForce(now time.Time) bool { return b.Ends.IsZero() || b.Ends.After(now) }

// BlockFor is what a block of a kind would go by, taken from a reply; "" where it has none.
func BlockFor(w Waiting, kind BlockKind) string {
	switch kind {
	case BlockEmail:
		return w.Email
	case BlockAddress:
		return w.Network
	case BlockNetwork:
		return sources.Around(w.Network)
	case BlockDomain:
		if hosts := sources.Hosts(w.Body, w.Rendered.HTML); len(hosts) > 0 {
			return hosts[0]
		}
	}
	return ""
}

// blockValue reads what somebody typed into the form in which it is compared, and the one
// in which it is shown.
func (s *Service) blockValue(kind BlockKind, typed string) (value, label string, err error) {
	switch kind {
	case BlockEmail:
		a, err := mail.ParseAddress(typed)
		if err != nil {
			return "", "", err
		}
		first, _ := utf8.DecodeRuneInString(typed)
		return s.Marks.Of("block email", a.Key()), string(first) + "…@" + a.Domain(), nil
	case BlockAddress, BlockNetwork:
		p, err := sources.Blockable(typed, kind == BlockNetwork)
		if err != nil {
			return "", "", err
		}
		return s.Marks.Of("block network", p.String()), sources.Shortened(p), nil
	case BlockDomain:
		host := strings.TrimPrefix(sources.Host(typed), "www.")
		if !sources.Named(host) {
			return "", "", fmt.Errorf("%q is no host", typed)
		}
		return host, host, nil
	case BlockPhrase:
		words := strings.Join(strings.Fields(typed), " ")
		if len(marks.Folded(words)) < leastWord || utf8.RuneCountInString(words) > maxPhrase {
			return "", "", fmt.Errorf("too short or too long")
		}
		return marks.Words(words), words, nil
	}
	return "", "", fmt.Errorf("unknown kind")
}

// blocked finds the block that a reply runs into.
func (s *Service) blocked(tx *db.Tx, w *weighed) (bool, error) {
	var values []string
	if w.check.email != "" {
		values = append(values, s.Marks.Of("block email", w.check.email))
		if _, domain, ok := strings.Cut(w.check.email, "@"); ok {
			values = append(values, sources.Upwards(domain)...)
		}
	}
	for _, host := range sources.Hosts(w.draft.Body, w.reply.Rendered.HTML) {
		values = append(values, sources.Upwards(strings.TrimPrefix(host, "www."))...)
	}
	for _, p := range sources.Prefixes(w.check.network) {
		values = append(values, s.Marks.Of("block network", p.String()))
	}
	id, err := blockOf(tx, values, w.draft.Name+" "+w.draft.Body, s.Clock())
	w.block = id
	return id != "", err
}

// BlockOf finds the block in force that keeps a reply out; the zero value for none.
func (s *Service) BlockOf(tx *db.Tx, w Waiting) (b Block, err error) {
	found := weighed{draft: Draft{Name: w.Name, Body: w.Body}, reply: w.Reply, check: check{email: w.Email, network: w.Network}}
	if there, err := s.blocked(tx, &found); !there {
		return b, err
	}
	return scanBlock(tx.QueryRow(`SELECT `+blockColumns+` FROM reply_blocks WHERE id = $1`, found.block))
}
