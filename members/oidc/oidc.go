package oidc

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/outbound"
	"waypost/internal/problem"
	"waypost/members"
)

// Provider is a site by which people may sign in.
type Provider struct {
	Key      string // names it in addresses
	Name     string // as people know it
	Issuer   string
	ClientID string
	Secret   string
}

// Service signs in by providers.
type Service struct {
	DB        *db.DB
	IDs       *id.Source
	Clock     clock.Clock
	Members   *members.Service
	Client    *outbound.Client // which knows what it may not ask
	Providers []Provider
	Base      string // scheme://host of the site
	Secret    []byte // from which nonces and verifiers are made
	// Ways counts the ways into an account that are there in this transaction.
	Ways func(tx *db.Tx, a members.Account) (int, error)
	// Admit refuses a network that begins to sign in too often.
	Admit func(tx *db.Tx, network string) error
	// Tell writes to the holder that an account elsewhere was linked, or is not any more.
	Tell func(tx *db.Tx, a members.Account, linked bool, name string) error

	mu    sync.Mutex
	known map[string]*discovered
}

// discovered is what a provider says of itself.
type discovered struct {
	provider *oidc.Provider
	issuer   bool // it names itself when it sends people back (RFC 9207)
	style    oauth2.AuthStyle
}

// algorithms are the signatures that are believed: never none, never one by a shared key.
var algorithms = []string{oidc.RS256, oidc.PS256, oidc.ES256, oidc.EdDSA}

// Find is a provider by its key; NotFound if there is none.
func (s *Service) Find(key string) (Provider, error) {
	at := slices.IndexFunc(s.Providers, func(p Provider) bool { return p.Key == key })
	if at < 0 {
		return Provider{}, problem.New(problem.NotFound, "problem.not_found")
	}
	return s.Providers[at], nil
}

// discover asks a provider once what it is; what failed is asked again next time.
func (s *Service) discover(ctx context.Context, p Provider) (*discovered, error) {
	s.mu.Lock()
	known := s.known[p.Key]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, s.Client), p.Issuer)
	if err != nil {
		return nil, down(p, err)
	}
	var said struct {
		Issuer  bool     `json:"authorization_response_iss_parameter_supported"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := provider.Claims(&said); err != nil {
		return nil, down(p, err)
	}
	known = &discovered{provider: provider, issuer: said.Issuer, style: oauth2.AuthStyleInHeader}
	if len(said.Methods) > 0 && !slices.Contains(said.Methods, "client_secret_basic") {
		known.style = oauth2.AuthStyleInParams
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]*discovered{}
	}
	s.known[p.Key] = known
	return known, nil
}

func (s *Service) config(p Provider, d *discovered) *oauth2.Config {
	endpoint := d.provider.Endpoint()
	endpoint.AuthStyle = d.style
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: endpoint, RedirectURL: s.Base + "/sign-in/with/" + p.Key + "/return",
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

// down is a provider that does not do its part.
func down(p Provider, err error) error {
	return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "oidc.down", Args: []any{"name", p.Name}}, Cause: fmt.Errorf("ask %s: %w", p.Issuer, err)}
}

// refused is an answer that is not believed. Why is for the log.
func refused(p Provider, err error) error {
	return &problem.Problem{Kind: problem.Forbidden, Message: problem.Message{Key: "oidc.refused", Args: []any{"name", p.Name}}, Cause: err}
}

// derive makes what belongs to a state, so that it need not be kept.
func (s *Service) derive(use, state string) string {
	mac := hmac.New(sha256.New, s.Secret)
	mac.Write([]byte(use + "\x00" + state))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
