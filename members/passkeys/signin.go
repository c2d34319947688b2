package passkeys

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// BeginSignIn makes what a browser needs to sign in, as JSON of
// PublicKeyCredentialRequestOptions. It names no account and no passkey, so it is the
// same for everybody. browser is a secret that only this browser has.
func (s *Service) BeginSignIn(ctx context.Context, browser, network string) ([]byte, error) {
	party, err := s.party()
	if err != nil {
		return nil, err
	}
	assertion, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return nil, fmt.Errorf("prepare a sign-in by passkey: %w", err)
	}
	options, err := json.Marshal(assertion.Response)
	if err != nil {
		return nil, err
	}
	return options, s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.Admit(tx, network); err != nil {
			return err
		}
		return s.note(tx, session.Challenge, toSignIn, browser)
	})
}

// SignIn opens a session for whoever's passkey signed a challenge of this browser, and
// returns its secret and the account. device is a few words on the browser.
func (s *Service) SignIn(ctx context.Context, browser string, answer []byte, device string) (string, members.Account, error) {
	signed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", members.Account{}, unreadable(err)
	}
	party, err := s.party()
	if err != nil {
		return "", members.Account{}, err
	}
	if err := s.spend(ctx, signed.Response.CollectedClientData.Challenge, toSignIn, browser); err != nil {
		return "", members.Account{}, err
	}
	session, account, err := s.open(ctx, party, signed, device)
	if err != nil && problem.KindOf(err) != 0 && s.Members.RecordSome != nil {
		subject := "passkey"
		if account.ID != "" {
			subject = "account:" + account.ID
		}
		err = errors.Join(err, s.DB.Update(ctx, func(tx *db.Tx) error { return s.Members.RecordSome(tx, "session.refused", subject) }))
	}
	return session, account, err
}

// open verifies what was signed and opens the session, with the passkey's new state.
// The signature is checked before the transaction that writes; that one changes the
// passkey only as it was read.
func (s *Service) open(ctx context.Context, party *webauthn.WebAuthn, signed *protocol.ParsedCredentialAssertionData, device string) (string, members.Account, error) {
	var key Passkey
	var h holder
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if key, err = s.byCredential(tx, encode(signed.RawID)); err != nil {
			return err
		}
		h, err = s.holder(tx, key.account)
		return err
	})
	if db.Missing(err) || problem.Is(err, problem.NotFound) { // unknown, or its account may not sign in
		return "", members.Account{ID: key.account}, refused(err)
	}
	if err != nil {
		return "", h.account, fmt.Errorf("look a passkey up: %w", err)
	}
	credential, err := s.verify(party, h, signed)
	if err != nil {
		return "", h.account, err
	}
	var secret string
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := s.Members.AccountByID(tx, h.account.ID); err != nil {
			return refused(err)
		}
		n, err := tx.Exec(`UPDATE passkeys SET sign_count = $1, backed_up = $2, used_at = $3 WHERE id = $4 AND sign_count = $5`,
			int64(credential.Authenticator.SignCount), credential.Flags.BackupState, s.Clock().UnixMilli(), key.ID, int64(key.credential.Authenticator.SignCount))
		if err != nil {
			return fmt.Errorf("note the use of a passkey: %w", err)
		}
		if n == 0 {
			return refused(errors.New("it was used or removed at the same time"))
		}
		secret, err = s.Members.OpenSession(tx, h.account.ID, device)
		return err
	})
	return secret, h.account, err
}

// verify checks what was signed against the one passkey that claims to have.
func (s *Service) verify(party *webauthn.WebAuthn, h holder, signed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	session := webauthn.SessionData{Challenge: signed.Response.CollectedClientData.Challenge, RelyingPartyID: s.host(),
		UserVerification: protocol.VerificationPreferred}
	_, credential, err := party.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return h, nil }, session, signed)
	if err != nil {
		return nil, refused(err)
	}
	if credential.Authenticator.CloneWarning {
		return nil, &problem.Problem{Kind: problem.Forbidden, Message: problem.Message{Key: "passkey.copied"}}
	}
	if verification(h.account) == protocol.VerificationRequired && !signed.Response.AuthenticatorData.Flags.HasUserVerified() {
		return nil, problem.New(problem.Forbidden, "passkey.unverified")
	}
	return credential, nil
}
