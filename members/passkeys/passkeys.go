package passkeys

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/members"
)

// Service keeps passkeys and signs in by them.
type Service struct {
	DB      *db.DB
	IDs     *id.Source
	Clock   clock.Clock
	Members *members.Service
	Base    *url.URL // of the site: the one origin where a passkey may be used
	// Community is the name under which a device keeps a passkey.
	Community func(tx *db.Tx) (string, error)
	// Ways counts the ways into an account that are there in this transaction.
	Ways func(tx *db.Tx, a members.Account) (int, error)
	// Admit refuses a network that begins to sign in too often.
	Admit func(tx *db.Tx, network string) error
	// Tell writes to the holder that a passkey was added or removed.
	Tell func(tx *db.Tx, a members.Account, e Event, name string) error
}

// Event is what a holder is told of.
type Event string

// The events.
const (
	Added   Event = "added"
	Removed Event = "removed"
)

// Passkey is one of an account's.
type Passkey struct {
	ID       string
	Name     string // as its holder calls it; may be empty
	Here     bool   // made for the address that the site has now
	Host     string // what it was made for
	BackedUp bool   // a copy of it is kept elsewhere
	Created  time.Time
	Used     time.Time // zero if never

	account    string
	credential webauthn.Credential
}

// Available reports whether browsers use passkeys at the site's address: they want a
// name, and https except on the machine itself.
func (s *Service) Available() bool {
	host := s.host()
	if _, err := netip.ParseAddr(host); err == nil || protocol.ValidateRPID(host) != nil {
		return false
	}
	return s.Base.Scheme == "https" || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func (s *Service) host() string { return s.Base.Hostname() }

// party is the site as WebAuthn sees it: one host, one origin, no frames of others.
func (s *Service) party() (*webauthn.WebAuthn, error) {
	if !s.Available() {
		return nil, problem.New(problem.Conflict, "passkey.unavailable")
	}
	timeout := webauthn.TimeoutConfig{Timeout: challengeLife, TimeoutUVD: challengeLife}
	w, err := webauthn.New(&webauthn.Config{
		RPID:                  s.host(),
		RPDisplayName:         s.host(),
		RPOrigins:             []string{s.Base.Scheme + "://" + s.Base.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		Timeouts:              webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
		// Some keepers of passkeys answer what nobody asked. Nothing here reads it.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fmt.Errorf("prepare passkeys: %w", err)
	}
	return w, nil
}

// holder is an account as WebAuthn sees it. Its handle is the account's ID, which says
// nothing about a person.
type holder struct {
	account members.Account
	keys    []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.account.ID) }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (h holder) WebAuthnName() string {
	if h.account.Email != "" {
		return h.account.Email
	}
	return h.WebAuthnDisplayName()
}

func (h holder) WebAuthnDisplayName() string {
	if h.account.Name != "" {
		return h.account.Name
	}
	return "Waypost"
}

// verification is what an account's passkey has to check: roles above member need to
// know that it is its holder who uses it.
func verification(a members.Account) protocol.UserVerificationRequirement {
	for _, role := range a.Roles {
		if role != members.Member {
			return protocol.VerificationRequired
		}
	}
	return protocol.VerificationPreferred
}

// unreadable is an answer of a browser that is none.
func unreadable(err error) error {
	return &problem.Problem{Kind: problem.Malformed, Message: problem.Message{Key: "problem.malformed"}, Cause: cause(err)}
}

// refused is a passkey that is not believed. Why is for the log: whoever tries learns
// nothing from it.
func refused(err error) error {
	return &problem.Problem{Kind: problem.Unauthenticated, Message: problem.Message{Key: "passkey.refused"}, Cause: cause(err)}
}

// cause has the details that the library keeps out of its errors' text.
func cause(err error) error {
	var e *protocol.Error
	if errors.As(err, &e) && e.DevInfo != "" {
		return fmt.Errorf("%w (%s)", err, e.DevInfo)
	}
	return err
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
