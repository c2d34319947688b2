package passkeys

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/storable"
	"waypost/members"
)

const (
	mostPasskeys = 20 // of an account
	longestName  = 80
)

// BeginAdding makes what a browser needs to make a passkey of the account that asks, as
// JSON of PublicKeyCredentialCreationOptions.
func (s *Service) BeginAdding(ctx context.Context, by members.Actor) ([]byte, error) {
	party, err := s.party()
	if err != nil {
		return nil, err
	}
	var options []byte
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		h, err := s.holder(tx, by.AccountID)
		if err != nil {
			return err
		}
		if len(h.keys) >= mostPasskeys {
			return problem.New(problem.Conflict, "passkey.too_many", "max", mostPasskeys)
		}
		name, err := s.Community(tx)
		if err != nil {
			return err
		}
		creation, session, err := party.BeginRegistration(h, webauthn.WithRegistrationRelyingPartyName(name),
			webauthn.WithCredentialParameters(webauthn.CredentialParametersRecommendedL3()), webauthn.WithExclusions(descriptors(h.keys)),
			webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
				RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: verification(h.account)}))
		if err != nil {
			return fmt.Errorf("prepare a passkey: %w", err)
		}
		if options, err = json.Marshal(creation.Response); err != nil {
			return err
		}
		return s.note(tx, session.Challenge, toAdd, by.AccountID)
	})
	return options, err
}

func descriptors(keys []webauthn.Credential) []protocol.CredentialDescriptor {
	list := make([]protocol.CredentialDescriptor, len(keys))
	for i, k := range keys {
		list[i] = k.Descriptor()
	}
	return list
}

// Add keeps the passkey that a browser made, and tells its holder.
func (s *Service) Add(ctx context.Context, by members.Actor, answer []byte, name string) error {
	made, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return unreadable(err)
	}
	if name, err = tidyName(name); err != nil {
		return err
	}
	party, err := s.party()
	if err != nil {
		return err
	}
	challenge := made.Response.CollectedClientData.Challenge
	if err := s.spend(ctx, challenge, toAdd, by.AccountID); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		h, err := s.holder(tx, by.AccountID)
		if err != nil {
			return err
		}
		if len(h.keys) >= mostPasskeys {
			return problem.New(problem.Conflict, "passkey.too_many", "max", mostPasskeys)
		}
		session := webauthn.SessionData{Challenge: challenge, RelyingPartyID: s.host(), UserID: h.WebAuthnID(),
			UserVerification: verification(h.account), CredParams: webauthn.CredentialParametersRecommendedL3()}
		credential, err := party.CreateCredential(h, session, made)
		if err != nil {
			return &problem.Problem{Kind: problem.Invalid, Message: problem.Message{Key: "passkey.not_made"}, Cause: cause(err)}
		}
		err = s.insert(tx, Passkey{ID: s.IDs.New(), Name: name, Host: s.host(), Created: s.Clock(), account: by.AccountID, credential: *credential})
		if db.Duplicate(err) {
			return problem.New(problem.Conflict, "passkey.known")
		}
		if err != nil {
			return fmt.Errorf("keep a passkey: %w", err)
		}
		if err := s.Members.Record(tx, by.AccountID, "passkey.added", "account:"+by.AccountID, name); err != nil {
			return err
		}
		return s.Tell(tx, h.account, Added, name)
	})
}

// holder reads an account with its passkeys.
func (s *Service) holder(tx *db.Tx, account string) (holder, error) {
	a, err := s.Members.AccountByID(tx, account)
	if err != nil {
		return holder{}, err
	}
	list, err := s.List(tx, account)
	h := holder{account: a}
	for _, p := range list {
		if p.Here {
			h.keys = append(h.keys, p.credential)
		}
	}
	return h, err
}

// tidyName is a passkey's name on one line.
func tidyName(name string) (string, error) {
	name = strings.Join(strings.Fields(storable.Text(name)), " ")
	if utf8.RuneCountInString(name) > longestName {
		var f problem.Fields
		f.Add("name", "field.too_long", "max", longestName)
		return "", f.Err()
	}
	return name, nil
}

// Rename changes what a passkey is called.
func (s *Service) Rename(ctx context.Context, by members.Actor, passkey, name string) error {
	name, err := tidyName(name)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE passkeys SET name = $1 WHERE id = $2 AND account_id = $3`, name, passkey, by.AccountID)
		if err == nil && n == 0 {
			err = problem.New(problem.NotFound, "problem.not_found")
		}
		return err
	})
}

// Remove deletes a passkey of the account that asks, unless it is the last way in, and
// tells its holder.
func (s *Service) Remove(ctx context.Context, by members.Actor, passkey string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.Members.HoldAccount(tx, by.AccountID); err != nil {
			return err
		}
		list, err := s.List(tx, by.AccountID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(p Passkey) bool { return p.ID == passkey })
		if at < 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if _, err := tx.Exec(`DELETE FROM passkeys WHERE id = $1 AND account_id = $2`, passkey, by.AccountID); err != nil {
			return fmt.Errorf("remove a passkey: %w", err)
		}
		a, err := s.Members.KeepsAWay(tx, by.AccountID, s.Ways)
		if err != nil {
			return err
		}
		if err := s.Members.Record(tx, by.AccountID, "passkey.removed", "account:"+by.AccountID, list[at].Name); err != nil {
			return err
		}
		return s.Tell(tx, a, Removed, list[at].Name)
	})
}
