package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/internal/storable"
)

const (
	tryLife = 10 * time.Minute
	skew    = 2 * time.Minute // by which clocks may differ
)

// Identity is who somebody is at a provider.
type Identity struct {
	Provider Provider
	Issuer   string
	Subject  string
	Name     string // what the provider calls them: text, to be shown to themselves alone
}

// Errand is what somebody goes to a provider for.
type Errand struct {
	Account string // the one to link; empty to sign in
	Next    string // where to go on to once signed in, a path of this site
}

// Begin makes the address to which a browser goes. browser is a secret that only this
// browser has.
func (s *Service) Begin(ctx context.Context, key, browser, network string, e Errand) (string, error) {
	p, err := s.Find(key)
	if err != nil {
		return "", err
	}
	d, err := s.discover(ctx, p)
	if err != nil {
		return "", err
	}
	state, now := id.Secret(), s.Clock()
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.Admit(tx, network); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM oidc_tries WHERE expires_at < $1`, now.UnixMilli()); err != nil {
			return fmt.Errorf("drop old tries: %w", err)
		}
		_, err := tx.Exec(`INSERT INTO oidc_tries (hash, browser, provider, account_id, next, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			hashOf(state), hashOf(browser), key, e.Account, e.Next, now.Add(tryLife).UnixMilli())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("begin to sign in by a provider: %w", err)
	}
	return s.config(p, d).AuthCodeURL(state, oidc.Nonce(s.derive("nonce", state)), oauth2.S256ChallengeOption(s.derive("verifier", state))), nil
}

// Return is what a provider sent a browser back with.
type Return struct {
	State, Code string
	Issuer      string // as RFC 9207 has it; may be empty
	Error       string // why the provider says no
}

// Finish finds out who came back, and what they had gone for. Whatever it finds, the state
// is spent.
func (s *Service) Finish(ctx context.Context, key, browser string, r Return) (Identity, Errand, error) {
	p, err := s.Find(key)
	if err != nil {
		return Identity{}, Errand{}, err
	}
	errand, err := s.spend(ctx, key, browser, r.State)
	if err != nil {
		return Identity{}, Errand{}, err
	}
	if r.Error != "" {
		return Identity{}, errand, refused(p, fmt.Errorf("the provider says %q", r.Error))
	}
	d, err := s.discover(ctx, p)
	if err != nil {
		return Identity{}, errand, err
	}
	if r.Issuer != "" && r.Issuer != p.Issuer || r.Issuer == "" && d.issuer {
		return Identity{}, errand, refused(p, fmt.Errorf("it was sent back by %q", r.Issuer))
	}
	ctx = oidc.ClientContext(ctx, s.Client)
	token, err := s.config(p, d).Exchange(ctx, r.Code, oauth2.VerifierOption(s.derive("verifier", r.State)))
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) && answered.Response.StatusCode < 500 {
		return Identity{}, errand, refused(p, err)
	}
	if err != nil {
		return Identity{}, errand, down(p, err)
	}
	who, err := s.believe(ctx, p, d, token, r.State)
	if err != nil {
		return Identity{}, errand, refused(p, err)
	}
	return who, errand, nil
}

// spend uses a state up; one statement, so of many who try at once a single one succeeds.
func (s *Service) spend(ctx context.Context, key, browser, state string) (e Errand, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow(`DELETE FROM oidc_tries WHERE hash = $1 AND browser = $2 AND provider = $3 AND expires_at > $4 RETURNING account_id, next`,
			hashOf(state), hashOf(browser), key, s.Clock().UnixMilli()).Scan(&e.Account, &e.Next)
		if db.Missing(err) {
			return problem.New(problem.Gone, "oidc.spent")
		}
		return err
	})
	return e, err
}

// claims are what is looked at besides issuer, audience and times.
type claims struct {
	Party string `json:"azp"`
	Name  string `json:"name"`
}

// believe verifies an ID token (OpenID Connect Core 1.0, section 3.1.3.7).
func (s *Service) believe(ctx context.Context, p Provider, d *discovered, answer *oauth2.Token, state string) (Identity, error) {
	raw, ok := answer.Extra("id_token").(string)
	if !ok || len(raw) > 64<<10 {
		return Identity{}, errors.New("there is no ID token")
	}
	if err := plainKey(raw); err != nil {
		return Identity{}, err
	}
	token, err := d.provider.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: s.Clock}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, err
	}
	var c claims
	if err := token.Claims(&c); err != nil {
		return Identity{}, err
	}
	switch nonce := s.derive("nonce", state); {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1:
		return Identity{}, errors.New("the nonce is not ours")
	case token.Issuer != p.Issuer:
		return Identity{}, fmt.Errorf("it is issued by %q", token.Issuer)
	case token.IssuedAt.After(s.Clock().Add(skew)):
		return Identity{}, fmt.Errorf("it is issued at %v", token.IssuedAt)
	case c.Party != "" && c.Party != p.ClientID, c.Party == "" && len(token.Audience) > 1:
		return Identity{}, fmt.Errorf("it is for %q", c.Party)
	case token.Subject == "" || len(token.Subject) > 255 || strings.ContainsRune(token.Subject, 0):
		return Identity{}, errors.New("it says nothing of whom")
	}
	if token.AccessTokenHash != "" {
		if err := token.VerifyAccessToken(answer.AccessToken); err != nil {
			return Identity{}, err
		}
	}
	return Identity{Provider: p, Issuer: token.Issuer, Subject: token.Subject, Name: oneLine(c.Name)}, nil
}

// plainKey refuses a token whose key is named by a path or an address, which some
// verifiers would follow.
func plainKey(raw string) error {
	head, _, _ := strings.Cut(raw, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return err
	}
	var h struct {
		Key string `json:"kid"`
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return err
	}
	if strings.ContainsAny(h.Key, `/\`) || strings.Contains(h.Key, "..") {
		return fmt.Errorf("its key is called %q", h.Key)
	}
	return nil
}

const longestName = 80

// oneLine is a name as it can be kept.
func oneLine(name string) string {
	name = strings.Join(strings.Fields(storable.Text(name)), " ")
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName])
	}
	return name
}

// Sweep deletes what nobody came back from.
func (s *Service) Sweep(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM oidc_tries WHERE expires_at < $1`, s.Clock().UnixMilli())
	return err
}
