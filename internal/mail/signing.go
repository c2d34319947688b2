package mail

import (
	"fmt"
	"strings"

	"waypost/internal/db"
	"waypost/internal/mail/sign"
	"waypost/internal/problem"
)

// Signing is the key that letters are signed with here (DKIM), where the mail server does
// not do it.
type Signing struct {
	Selector string // its name in DNS; empty: there is no key
	Record   string // the text to be published under that name
	Domain   string // whose letters are signed with it; empty: none yet

	sealed []byte
}

// Signs reports that letters of a sender are signed.
func (s Signing) Signs(from Sender) bool {
	a, err := ParseAddress(from.Address)
	return err == nil && s.Selector != "" && s.Domain == a.ascii
}

// signingIn reads the key, sealed.
func signingIn(tx *db.Tx) (s Signing, err error) {
	err = tx.QueryRow(`SELECT selector, record, domain, private_key FROM mail_signing WHERE id = 'mail'`).Scan(&s.Selector, &s.Record, &s.Domain, &s.sealed)
	if err != nil && !db.Missing(err) {
		return s, fmt.Errorf("read the key for letters: %w", err)
	}
	return s, nil
}

// Key signs letters.
type Key = sign.Key

// NewKey makes one, which takes a part of a second: never within a transaction.
func NewKey() (Key, error) { return sign.NewKey() }

// SaveKey keeps a new key, under a name that no other had, sealed with the instance key.
// Letters are not signed with it before SignFor. Conflict while those of the present
// sender are signed with another.
func (o *Outbox) SaveKey(tx *db.Tx, k Key) error {
	settings, err := o.SettingsIn(tx)
	if err != nil {
		return err
	}
	was := settings.Signing
	if was.Signs(settings.Sender) {
		return problem.New(problem.Conflict, "mail.changed")
	}
	selector := "waypost" + o.clock().UTC().Format("20060102")
	for strings.HasPrefix(was.Selector, selector) {
		selector += "a"
	}
	der, err := k.Bytes()
	if err != nil {
		return fmt.Errorf("keep the key for letters: %w", err)
	}
	record, err := k.Record()
	if err != nil {
		return fmt.Errorf("keep the key for letters: %w", err)
	}
	n, err := tx.Exec(`INSERT INTO mail_signing (id, selector, record, domain, private_key, made_at) VALUES ('mail', $1, $2, '', $3, $4)
		ON CONFLICT (id) DO UPDATE SET selector = excluded.selector, record = excluded.record, domain = '', private_key = excluded.private_key, made_at = excluded.made_at
			WHERE mail_signing.domain = $5`, selector, record, o.keys.seal(selector, der), o.clock().UnixMilli(), was.Domain)
	if err != nil {
		return fmt.Errorf("keep the key for letters: %w", err)
	}
	if n == 0 {
		return problem.New(problem.Conflict, "mail.changed")
	}
	tx.AfterCommit(o.settingsChanged)
	return nil
}

// SignFor lets letters of a domain be signed with the key of a selector; where the domain
// is empty, none are. Conflict if that is not the key any more.
func (o *Outbox) SignFor(tx *db.Tx, selector, domain string) error {
	n, err := tx.Exec(`UPDATE mail_signing SET domain = $1 WHERE id = 'mail' AND selector = $2`, domain, selector)
	if err != nil {
		return fmt.Errorf("sign letters: %w", err)
	}
	if n == 0 {
		return problem.New(problem.Conflict, "mail.changed")
	}
	tx.AfterCommit(o.settingsChanged)
	return nil
}

// signer is what signs letters of the sender; nil: nothing does.
func (o *Outbox) signer(s Settings) (*sign.Signer, error) {
	if !s.Signing.Signs(s.Sender) {
		return nil, nil
	}
	der, err := o.keys.open(s.Signing.Selector, s.Signing.sealed)
	if err != nil {
		return nil, fmt.Errorf("open the key for letters: %w", err)
	}
	key, err := sign.ParseKey(der)
	if err != nil {
		return nil, err
	}
	return sign.NewSigner(key, s.Signing.Selector, s.Signing.Domain), nil
}
