package replies

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
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
	if err != nil {
		f.Add("value", "reply.block_form", "kind", string(b.Kind))
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

// BlockFor is what a block of a kind would go by, taken from a reply; "" where the reply
// has none.
func BlockFor(w Waiting, kind BlockKind) string {
	switch kind {
	case BlockEmail:
		return w.Email
	case BlockAddress:
		return w.Network
	case BlockNetwork:
		return around(w.Network)
	case BlockDomain:
		if hosts := hostsIn(w.Body); len(hosts) > 0 {
			return hosts[0]
		}
	}
	return ""
}

// around is the network that an address is usually given out in: the /24 of an IPv4
// address, the /48 of an IPv6 one.
func around(network string) string {
	p, err := prefixOf(network)
	if err != nil {
		return ""
	}
	bits := 24
	if p.Addr().Is6() {
		bits = 48
	}
	wide, err := p.Addr().Prefix(bits)
	if err != nil {
		return ""
	}
	return wide.String()
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
		return s.keyed("block email", a.Key()), string(first) + "…@" + a.Domain(), nil
	case BlockAddress, BlockNetwork:
		p, err := prefixOf(typed)
		if err != nil {
			return "", "", err
		}
		if kind == BlockAddress && !p.IsSingleIP() && p.Bits() < 64 {
			return "", "", fmt.Errorf("%s is a network", p)
		}
		return s.keyed("block network", p.String()), shortened(p), nil
	case BlockDomain:
		host := strings.TrimPrefix(hostOf(typed), "www.")
		if !strings.Contains(host, ".") || !validHost.MatchString(host) {
			return "", "", fmt.Errorf("%q is no host", typed)
		}
		return host, host, nil
	case BlockPhrase:
		words := strings.Join(strings.Fields(typed), " ")
		if len(folded(words)) < leastWord || utf8.RuneCountInString(words) > maxPhrase {
			return "", "", fmt.Errorf("too short or too long")
		}
		return folded(words), words, nil
	}
	return "", "", fmt.Errorf("unknown kind")
}

var validHost = regexp.MustCompile(`^[a-z0-9.-]{3,253}$`)

// prefixOf reads an address or a prefix; an IPv6 address stands for its /64.
func prefixOf(text string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), nil
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	a = a.Unmap()
	if a.Is4() {
		return a.Prefix(32)
	}
	return a.Prefix(64)
}

// shortened shows the first half of an address alone.
func shortened(p netip.Prefix) string {
	half := 16
	if p.Addr().Is6() {
		half = 32
	}
	if p.Bits() <= half {
		return p.String()
	}
	first, err := p.Addr().Prefix(half)
	if err != nil {
		return p.String()
	}
	return first.Addr().String() + "… /" + fmt.Sprint(p.Bits())
}

// linksIn counts addresses in a text as it was typed.
func linksIn(body string) int { return len(links.FindAllStringIndex(body, -1)) }

// links finds what looks like an address of the web in a text.
var links = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s<>"'\])]+`)

// hostsIn lists the hosts that a text names in addresses, each once.
func hostsIn(text string) []string {
	var hosts []string
	for _, l := range links.FindAllString(text, mostHosts) {
		if host := hostOf(l); host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

const mostHosts = 50

func hostOf(address string) string {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// upwards lists a host and the domains above it that have a dot.
func upwards(host string) []string {
	var list []string
	for strings.Contains(host, ".") {
		list = append(list, host)
		_, host, _ = strings.Cut(host, ".")
	}
	return list
}

// blocked finds the block that a reply runs into.
func (s *Service) blocked(tx *db.Tx, w *weighed) (bool, error) {
	var values []string
	if w.check.email != "" {
		values = append(values, s.keyed("block email", w.check.email))
		if _, domain, ok := strings.Cut(w.check.email, "@"); ok {
			values = append(values, upwards(domain)...)
		}
	}
	for _, host := range hostsIn(w.draft.Body) {
		values = append(values, upwards(strings.TrimPrefix(host, "www."))...)
	}
	for _, p := range prefixes(w.check.network) {
		values = append(values, s.keyed("block network", p.String()))
	}
	id, err := blockOf(tx, values, folded(w.draft.Name+" "+w.draft.Body), s.Clock())
	w.block = id
	return id != "", err
}

// prefixes lists the networks that an address is in, down to its own.
func prefixes(network string) []netip.Prefix {
	own, err := prefixOf(network)
	if err != nil {
		return nil
	}
	var list []netip.Prefix
	for bits := 8; bits <= own.Bits(); bits++ {
		if p, err := own.Addr().Prefix(bits); err == nil {
			list = append(list, p)
		}
	}
	return list
}
