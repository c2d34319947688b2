// Package provider is a site by which people sign in (OpenID Connect), in a test: it
// signs with keys of its own and can misbehave in each way that is known. Only tests
// import it.
package provider

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"sync"
	"testing"
	"time"

	"waypost/internal/outbound"
)

// Provider answers at Issuer, through a Network. What it says is what the fields are; a
// test changes them between requests.
type Provider struct {
	Issuer string
	Client string // the client it knows
	Claims map[string]any
	Drop   []string       // claims that are left out
	Header map[string]any // of the token, besides the algorithm
	Alg    string
	Named  string // the issuer that discovery names; empty: the right one
	Down   bool

	clock func() time.Time
	mu    sync.Mutex
	codes map[string]url.Values // what the browser brought, by code
	rsa   *rsa.PrivateKey
	ec    *ecdsa.PrivateKey
	ed    ed25519.PrivateKey
	host  string
	addr  netip.Addr
	at    string
}

// Network is what the site under test reaches: the providers, and nothing else.
type Network struct {
	Elsewhere []string // what else was looked up

	mu   sync.Mutex
	list []*Provider
}

// New is a provider at http://HOST in the network.
func (n *Network) New(t testing.TB, host string, clock func() time.Time) *Provider {
	t.Helper()
	p := &Provider{Issuer: "http://" + host, Client: "waypost", Alg: "RS256", Claims: map[string]any{"sub": "ann"}, clock: clock, codes: map[string]url.Values{}, host: host}
	var err error
	if p.rsa, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		t.Fatal(err)
	}
	if p.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	if _, p.ed, err = ed25519.GenerateKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(server.Close)
	p.at = server.Listener.Addr().String()
	n.mu.Lock()
	defer n.mu.Unlock()
	p.addr = netip.AddrFrom4([4]byte{93, 184, 215, byte(20 + len(n.list))})
	n.list = append(n.list, p)
	return p
}

// LookupNetIP knows the providers.
func (n *Network) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range n.list {
		if p.host == host {
			return []netip.Addr{p.addr}, nil
		}
	}
	n.Elsewhere = append(n.Elsewhere, host)
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func (n *Network) dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range n.list {
		if p.addr == to.Addr() {
			var d net.Dialer
			return d.DialContext(ctx, "tcp", p.at)
		}
	}
	n.Elsewhere = append(n.Elsewhere, to.String())
	return nil, fmt.Errorf("nothing is at %s", to)
}

// Options are those of the one client.
func (n *Network) Options() outbound.Options { return outbound.Options{Resolver: n, Dial: n.dial} }

// Went is what a browser brings back that the site sent to the provider's address.
func (p *Provider) Went(t testing.TB, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != p.Issuer+"/authorize" {
		t.Fatalf("the browser is sent to %q: %v", address, err)
	}
	asked := u.Query()
	for name, want := range map[string]string{"response_type": "code", "client_id": p.Client, "code_challenge_method": "S256"} {
		if asked.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, asked.Get(name), want)
		}
	}
	code := rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[code] = asked
	return url.Values{"code": {code}, "state": {asked.Get("state")}, "iss": {p.Issuer}}
}

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.Down {
		http.Error(w, "down", http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	var value any
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		named := p.Issuer
		if p.Named != "" {
			named = p.Named
		}
		value = map[string]any{"issuer": named, "authorization_endpoint": p.Issuer + "/authorize", "token_endpoint": p.Issuer + "/token", "jwks_uri": p.Issuer + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none", "ES256", "EdDSA"}, "authorization_response_iss_parameter_supported": true}
	case "/keys":
		value = map[string]any{"keys": p.keys()}
	case "/token":
		asked, known := p.codes[r.PostFormValue("code")]
		delete(p.codes, r.PostFormValue("code"))
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if !known || encode(sum[:]) != asked.Get("code_challenge") || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri") {
			w.WriteHeader(http.StatusBadRequest)
			value = map[string]any{"error": "invalid_grant"}
			break
		}
		value = map[string]any{"access_token": "opaque", "token_type": "Bearer", "id_token": p.token(asked.Get("nonce"))}
	default:
		http.NotFound(w, r)
		return
	}
	_ = json.NewEncoder(w).Encode(value)
}

func (p *Provider) keys() []map[string]any {
	point, _ := p.ec.PublicKey.Bytes()
	return []map[string]any{
		{"kty": "RSA", "kid": "rsa", "use": "sig", "alg": "RS256", "n": encode(p.rsa.N.Bytes()), "e": "AQAB"},
		{"kty": "EC", "kid": "ec", "use": "sig", "alg": "ES256", "crv": "P-256", "x": encode(point[1:33]), "y": encode(point[33:])},
		{"kty": "OKP", "kid": "ed", "use": "sig", "alg": "EdDSA", "crv": "Ed25519", "x": encode(p.ed.Public().(ed25519.PublicKey))},
		{"kty": "RSA", "kid": "../../rsa", "use": "sig", "alg": "RS256", "n": encode(p.rsa.N.Bytes()), "e": "AQAB"},
	}
}

// PublicKey is the RSA key as a file has it, which must not pass for a shared secret.
func (p *Provider) PublicKey() []byte {
	der, _ := x509.MarshalPKIXPublicKey(&p.rsa.PublicKey)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// token is an ID token, right but for what the fields say.
func (p *Provider) token(nonce string) string {
	now := p.clock()
	claims := map[string]any{"iss": p.Issuer, "aud": p.Client, "nonce": nonce, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()}
	for name, value := range p.Claims {
		claims[name] = value
	}
	for _, name := range p.Drop {
		delete(claims, name)
	}
	kid := map[string]string{"RS256": "rsa", "ES256": "ec", "EdDSA": "ed"}[p.Alg]
	header := map[string]any{"alg": p.Alg, "typ": "JWT", "kid": kid}
	for name, value := range p.Header {
		header[name] = value
	}
	head, _ := json.Marshal(header)
	body, _ := json.Marshal(claims)
	text := encode(head) + "." + encode(body)
	return text + "." + encode(p.sign([]byte(text)))
}

func (p *Provider) sign(text []byte) []byte {
	sum := sha256.Sum256(text)
	switch p.Alg {
	case "RS256":
		signature, _ := rsa.SignPKCS1v15(rand.Reader, p.rsa, crypto.SHA256, sum[:])
		return signature
	case "ES256":
		r, s, _ := ecdsa.Sign(rand.Reader, p.ec, sum[:])
		return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	case "EdDSA":
		return ed25519.Sign(p.ed, text)
	case "HS256":
		mac := hmac.New(sha256.New, p.PublicKey())
		mac.Write(text)
		return mac.Sum(nil)
	default:
		return nil
	}
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
