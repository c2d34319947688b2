// Package preflight looks in DNS for what other mail servers look for before they believe a
// sender: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489).
package preflight

import (
	"context"
	"errors"
	"net"
	"strings"

	"waypost/internal/mail"
	"waypost/internal/mail/sign"
	"waypost/internal/mail/talk"
)

// Resolver answers questions to DNS; *net.Resolver is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
}

// Record is a DNS record that other mail servers look for before they believe a sender.
type Record struct {
	Name  string // SPF, DKIM or DMARC
	Host  string // where it stands or should stand
	Found string // what stands there; empty for nothing
	Fault string // a key for words: why what stands there does not do; empty if it does, or nothing is there
	Error string // it could not be looked up

	whole string // what stands there, in full
}

// OK reports that the record is there and does what it is for.
func (r Record) OK() bool { return r.Found != "" && r.Fault == "" }

// usualSelectors are names that mail providers give their keys.
var usualSelectors = []string{"default", "mail", "dkim", "waypost", "selector1", "selector2", "google", "k1", "k2", "s1", "s2", "key1", "mx", "smtp", "fm1", "mta", "zoho", "protonmail", "pm"}

// Records looks for the records of the sender's domain. Where letters are signed here,
// that of DKIM is our own key's.
func Records(ctx context.Context, dns Resolver, s mail.Settings) ([]Record, error) {
	from := s.Sender
	a, err := mail.ParseAddress(from.Address)
	if err != nil {
		return nil, err
	}
	spf := look(ctx, dns, "SPF", a.Domain(), "v=spf1")
	if spf.Fault == "" && strings.Contains(strings.ToLower(spf.Found), "+all") {
		spf.Fault = "open"
	}
	dmarc := look(ctx, dns, "DMARC", "_dmarc."+a.Domain(), "v=DMARC1")
	// The record of a domain above holds for those below it. Where the domain that somebody
	// registered ends is not asked of a list: the tree is walked up (draft-ietf-dmarc-dmarcbis).
	for _, above, more := strings.Cut(a.Domain(), "."); more && dmarc.Found == "" && dmarc.Error == "" && strings.Contains(above, "."); _, above, more = strings.Cut(above, ".") {
		if r := look(ctx, dns, "DMARC", "_dmarc."+above, "v=DMARC1"); r.Found != "" {
			dmarc = r
		}
	}
	var key Record
	if s.Signing.Signs(from) {
		key, err = Key(ctx, dns, s)
	} else {
		key = dkim(ctx, dns, a.Domain(), from.Selector)
	}
	return []Record{spf, key, dmarc}, err
}

// dkim looks for the key under its name, or under the usual ones when it is not known.
func dkim(ctx context.Context, dns Resolver, domain, selector string) Record {
	names := usualSelectors
	if selector != "" {
		names = []string{selector}
	}
	first := Record{Name: "DKIM", Host: names[0] + "._domainkey." + domain}
	if selector == "" {
		first.Host = "…._domainkey." + domain
	}
	for _, name := range names {
		r := look(ctx, dns, "DKIM", name+"._domainkey."+domain, "")
		switch {
		case r.Found == "" && r.Error == "":
			continue
		case r.Error != "":
			first.Error = r.Error
			continue
		case !strings.Contains(strings.ReplaceAll(r.Found, " ", ""), "p="):
			r.Fault = "none"
		case strings.HasSuffix(strings.TrimRight(strings.ReplaceAll(r.Found, " ", ""), ";"), "p="):
			r.Fault = "revoked"
		}
		return r
	}
	return first
}

// look asks for a TXT record that begins as told. Two of them are none to those who read
// them.
func look(ctx context.Context, dns Resolver, name, host, begins string) Record {
	r := Record{Name: name, Host: host}
	list, err := dns.LookupTXT(ctx, host)
	var missing *net.DNSError
	if err != nil && !(errors.As(err, &missing) && missing.IsNotFound) {
		r.Error = talk.OneLine(err.Error())
		return r
	}
	n := 0
	for _, text := range list {
		if strings.HasPrefix(strings.ToLower(text), strings.ToLower(begins)) {
			r.Found, r.whole = talk.OneLine(text), text
			n++
		}
	}
	if n > 1 && begins != "" {
		r.Fault = "twice"
	}
	return r
}

// Key looks for the record of the key that letters are or shall be signed with.
func Key(ctx context.Context, dns Resolver, s mail.Settings) (Record, error) {
	a, err := mail.ParseAddress(s.Sender.Address)
	if err != nil {
		return Record{}, err
	}
	r := look(ctx, dns, "DKIM", sign.Host(s.Signing.Selector, a.Domain()), "")
	if r.Found != "" && r.Fault == "" && !sign.Holds(r.whole, s.Signing.Record) {
		r.Fault = "differs"
	}
	return r, nil
}
