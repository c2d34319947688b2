// Package postbox is a mail server for tests, in the test's own process: it keeps the
// letters it takes, asks for a password and protects its connections if told to, and
// refuses what it is told to refuse. Only tests import it.
package postbox

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Letter is a letter that was taken.
type Letter struct {
	From, To string
	Data     []byte
}

// Options say how the server behaves; the zero value takes everything from everybody.
type Options struct {
	User, Password string                         // asked for when User is set
	TLS            *tls.Config                    // offered by STARTTLS, or spoken from the first byte
	Implicit       bool                           // TLS from the first byte
	UTF8           bool                           // addresses with letters of any script
	Refuse         func(step, value string) error // at "from", "to" or "data"; an *smtp.SMTPError says how
}

// Postbox is a running server.
type Postbox struct {
	Host string
	Port int

	options Options
	server  *smtp.Server
	mu      sync.Mutex
	letters []Letter
	calls   int
}

// Refusal is an answer of the server.
func Refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: text}
}

// Open starts a server, which ends with the test.
func Open(t testing.TB, o Options) *Postbox {
	t.Helper()
	p := &Postbox{options: o}
	s := smtp.NewServer(p)
	s.Domain, s.AllowInsecureAuth, s.EnableSMTPUTF8, s.TLSConfig = "postbox.example", true, o.UTF8, o.TLS
	s.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(l.Addr().String())
	p.Host = host
	p.Port, _ = strconv.Atoi(port)
	if o.Implicit {
		l = tls.NewListener(l, o.TLS)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = s.Serve(l) }()
	t.Cleanup(func() {
		_ = s.Close()
		<-ended
	})
	p.server = s
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Letters are those that were taken so far, in that order.
func (p *Postbox) Letters() []Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.letters)
}

// Calls is how many connections greeted it.
func (p *Postbox) Calls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

// NewSession is called by the server for each connection.
func (p *Postbox) NewSession(*smtp.Conn) (smtp.Session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	return &session{box: p}, nil
}

type session struct {
	box      *Postbox
	signedIn bool
	from, to string
}

func (s *session) AuthMechanisms() []string {
	if s.box.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.box.options.User || password != s.box.options.Password {
			return errors.New("wrong user or password")
		}
		s.signedIn = true
		return nil
	}), nil
}

func (s *session) refuse(step, value string) error {
	if s.box.options.Refuse == nil {
		return nil
	}
	return s.box.options.Refuse(step, value)
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.box.options.User != "" && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return s.refuse("from", from)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.refuse("to", to)
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.refuse("data", s.to); err != nil {
		return err
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.letters = append(s.box.letters, Letter{s.from, s.to, bytes.Clone(data)})
	return nil
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

// Certificate makes an authority and a certificate of it for the hosts: what a server
// shows, and what a client has to trust.
func Certificate(t testing.TB, hosts ...string) (*tls.Config, *x509.CertPool) {
	t.Helper()
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Authority of a test"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	authorityKey, signed := sign(t, authority, authority, nil)
	parsed, err := x509.ParseCertificate(signed)
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: hosts[0]}, NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, host)
		}
	}
	key, der := sign(t, leaf, parsed, authorityKey)
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}

func sign(t testing.TB, c, by *x509.Certificate, byKey *ecdsa.PrivateKey) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if byKey == nil {
		byKey = key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}
