package passkeys

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"waypost/internal/db"
)

const columns = `id, account_id, rp_id, credential_id, public_key, name, aaguid, transports, sign_count, verified, backup_eligible, backed_up, created_at, used_at`

func (s *Service) scan(r db.Row) (Passkey, error) {
	var p Passkey
	var credential, aaguid, transports string
	var count, created int64
	var used *int64
	var verified, eligible, backedUp bool
	c := &p.credential
	err := r.Scan(&p.ID, &p.account, &p.Host, &credential, &c.PublicKey, &p.Name, &aaguid, &transports, &count, &verified, &eligible, &backedUp, &created, &used)
	if err != nil {
		return p, err
	}
	p.Here, p.BackedUp, p.Created = p.Host == s.host(), backedUp, time.UnixMilli(created)
	if used != nil {
		p.Used = time.UnixMilli(*used)
	}
	if c.ID, err = base64.RawURLEncoding.DecodeString(credential); err != nil {
		return p, fmt.Errorf("passkey %s: %w", p.ID, err)
	}
	if c.Authenticator.AAGUID, err = base64.RawURLEncoding.DecodeString(aaguid); err != nil {
		return p, fmt.Errorf("passkey %s: %w", p.ID, err)
	}
	for t := range strings.FieldsSeq(transports) {
		c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
	}
	c.Authenticator.SignCount = uint32(count)
	c.Flags = webauthn.NewCredentialFlags(flags(verified, eligible, backedUp))
	return p, nil
}

func flags(verified, eligible, backedUp bool) protocol.AuthenticatorFlags {
	f := protocol.FlagUserPresent
	for bit, on := range map[protocol.AuthenticatorFlags]bool{protocol.FlagUserVerified: verified, protocol.FlagBackupEligible: eligible, protocol.FlagBackupState: backedUp} {
		if on {
			f |= bit
		}
	}
	return f
}

// List is an account's passkeys, the oldest first.
func (s *Service) List(tx *db.Tx, account string) ([]Passkey, error) {
	list, err := db.List(tx, s.scan, `SELECT `+columns+` FROM passkeys WHERE account_id = $1 ORDER BY created_at, id`, account)
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return list, nil
}

// Count is how many passkeys open an account at the site's address.
func (s *Service) Count(tx *db.Tx, account string) (int, error) {
	if !s.Available() {
		return 0, nil
	}
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM passkeys WHERE account_id = $1 AND rp_id = $2`, account, s.host()).Scan(&n)
	return n, err
}

func (s *Service) byCredential(tx *db.Tx, credential string) (Passkey, error) {
	return s.scan(tx.QueryRow(`SELECT `+columns+` FROM passkeys WHERE credential_id = $1 AND rp_id = $2`, credential, s.host()))
}

func (s *Service) insert(tx *db.Tx, p Passkey) error {
	c := p.credential
	var transports []string
	for _, t := range c.Transport {
		transports = append(transports, string(t))
	}
	_, err := tx.Exec(`INSERT INTO passkeys (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		p.ID, p.account, p.Host, encode(c.ID), c.PublicKey, p.Name, encode(c.Authenticator.AAGUID), strings.Join(transports, " "),
		int64(c.Authenticator.SignCount), c.Flags.UserVerified, c.Flags.BackupEligible, c.Flags.BackupState, p.Created.UnixMilli(), nil)
	return err
}
