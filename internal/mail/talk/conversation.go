package talk

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"waypost/internal/mail/encode"
)

// Security is how a connection to a server is protected.
type Security string

// The ways.
const (
	TLS      Security = "tls"      // from the first byte
	StartTLS Security = "starttls" // before anything is said
	Plain    Security = "plain"    // not at all: on this machine alone, or where the owner says so
)

// Server is whom to talk to.
type Server struct {
	Host           string
	Port           int
	Security       Security
	OpenAnyway     bool // letters may go to another machine without protection
	User, Password string
}

func (s Server) address() string { return net.JoinHostPort(s.Host, fmt.Sprint(s.Port)) }

// Step is a part of the conversation with a server.
type Step string

// The steps, in their order.
const (
	StepConnect   Step = "connect"
	StepSecure    Step = "secure"
	StepSignIn    Step = "sign_in"
	StepSender    Step = "sender"
	StepRecipient Step = "recipient"
	StepLetter    Step = "letter"
)

// Times bound how long a server may take.
type Times struct {
	Connect time.Duration // until it has greeted
	Answer  time.Duration // to a command
	Take    time.Duration // to say whether it has taken a letter
	Idle    time.Duration // how long an unused connection is kept
}

// UsualTimes are shorter than RFC 5321 allows, except where a letter's fate hangs on it.
var UsualTimes = Times{Connect: 30 * time.Second, Answer: 2 * time.Minute, Take: 10 * time.Minute, Idle: 10 * time.Second}

// Error is a step that went wrong.
type Error struct {
	Step Step
	Code int // what the server answered with; 0 when it did not
	Text string
	Err  error
}

func (e *Error) Error() string {
	if e.Code > 0 {
		return fmt.Sprintf("%s: %d %s", e.Step, e.Code, e.Text)
	}
	return fmt.Sprintf("%s: %v", e.Step, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Wrong makes the error of a step from what the connection or the server said.
func Wrong(step Step, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return &Error{Step: step, Code: reply.Code, Text: OneLine(reply.Msg), Err: err}
	}
	return &Error{Step: step, Err: err}
}

// longestReply bounds what is kept of what a server said.
const longestReply = 500

// OneLine is what a server said, for showing and keeping.
func OneLine(text string) string {
	text = encode.HeaderText(text)
	if len(text) > longestReply {
		text = strings.ToValidUTF8(text[:longestReply], "") + "…"
	}
	return text
}

// Errors of a conversation that no server says.
var (
	ErrNotLoopback = errors.New("the connection is not protected and leaves this machine")
	ErrNoStartTLS  = errors.New("the server offers no STARTTLS")
	ErrNoSignIn    = errors.New("the server offers no way of signing in that we know")
	errTalkative   = errors.New("the server says too much")
	ErrNoUTF8      = errors.New("the server does not take addresses with letters like these (SMTPUTF8)")
)

// mostHeard is how much a server may say to one command.
const mostHeard = 256 << 10

// wire is a connection that counts what it hears.
type wire struct {
	net.Conn
	left int
}

func (w *wire) Read(p []byte) (int, error) {
	if w.left <= 0 {
		return 0, errTalkative
	}
	n, err := w.Conn.Read(p[:min(len(p), w.left)])
	w.left -= n
	return n, err
}

// give lets the server say something within a time.
func (w *wire) give(d time.Duration) error {
	w.left = mostHeard
	return w.Conn.SetDeadline(time.Now().Add(d))
}

// conversation is a connection to a server that is ready to take letters.
type Conversation struct {
	wire     *wire
	client   *smtp.Client
	text     *textproto.Conn
	times    Times
	Pipeline bool // what is said at once where the server allows it
	utf8     bool
	reset    bool // a transaction was begun that came to nothing
	hear     func(Step, string)
	release  func() bool // lets go of the context under which it was opened
}

// Caller is what is needed to open conversations.
type Caller struct {
	Roots *x509.CertPool // nil: the system's
	Times Times
	Name  string // by which we greet
}

// Call opens a conversation with a server, which ends with ctx at the latest; hear, if not nil, is told of every step that
// was taken, in a few words.
func (c Caller) Call(ctx context.Context, s Server, hear func(Step, string)) (_ *Conversation, err error) {
	if hear == nil {
		hear = func(Step, string) {}
	}
	t := &Conversation{times: c.Times, hear: hear}
	step := StepConnect
	defer func() {
		if err != nil {
			t.drop()
			err = Wrong(step, err)
		}
	}()
	if err := t.connect(ctx, s, c); err != nil {
		if t.client == nil && s.Security == TLS && t.wire != nil {
			step = StepSecure
		}
		return nil, err
	}
	step = StepSecure
	if err := t.greet(s, c); err != nil {
		return nil, err
	}
	if state, ok := t.client.TLSConnectionState(); ok {
		hear(StepSecure, certificateOf(state))
	} else {
		hear(StepSecure, "")
	}
	step = StepSignIn
	if s.User != "" {
		mechanism, err := t.signIn(s)
		if err != nil {
			return nil, err
		}
		hear(StepSignIn, mechanism)
	}
	t.text = t.client.Text
	t.Pipeline, _ = t.client.Extension("PIPELINING")
	t.utf8, _ = t.client.Extension("SMTPUTF8")
	return t, nil
}

// connect dials, protects the connection where that comes first, and waits for the
// greeting.
func (t *Conversation) connect(ctx context.Context, s Server, c Caller) error {
	dialer := net.Dialer{Timeout: c.Times.Connect}
	conn, err := dialer.DialContext(ctx, "tcp", s.address())
	if err != nil {
		return err
	}
	t.hear(StepConnect, conn.RemoteAddr().String())
	t.wire = &wire{Conn: conn}
	t.release = context.AfterFunc(ctx, func() { _ = conn.Close() }) // whoever reads from it meets the error
	if remote, ok := conn.RemoteAddr().(*net.TCPAddr); s.Security == Plain && !s.OpenAnyway && (!ok || !remote.IP.IsLoopback()) {
		return ErrNotLoopback
	}
	if err := t.wire.give(c.Times.Connect); err != nil {
		return err
	}
	conn = t.wire
	if s.Security == TLS {
		secured := tls.Client(conn, c.tls(s))
		if err := secured.HandshakeContext(ctx); err != nil {
			return err
		}
		conn = secured
	}
	t.client, err = smtp.NewClient(conn, s.Host)
	if err != nil {
		return Wrong(StepConnect, err)
	}
	return nil
}

func (c Caller) tls(s Server) *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: c.Roots, MinVersion: tls.VersionTLS12}
}

// greet says who we are, and protects the connection where that comes second.
func (t *Conversation) greet(s Server, c Caller) error {
	if err := t.wire.give(c.Times.Answer); err != nil {
		return err
	}
	if err := t.client.Hello(c.Name); err != nil {
		return Wrong(StepConnect, err)
	}
	if s.Security != StartTLS {
		return nil
	}
	if offered, _ := t.client.Extension("STARTTLS"); !offered {
		return ErrNoStartTLS
	}
	return t.client.StartTLS(c.tls(s))
}

// certificateOf names whom a connection is protected with.
func certificateOf(state tls.ConnectionState) string {
	if len(state.PeerCertificates) == 0 {
		return ""
	}
	leaf := state.PeerCertificates[0]
	names := leaf.DNSNames
	if len(names) == 0 {
		names = []string{leaf.Subject.CommonName}
	}
	return OneLine(strings.Join(names[:min(3, len(names))], ", "))
}

// signIn tells the server who we are, in the first way that both know.
func (t *Conversation) signIn(s Server) (string, error) {
	_, offered := t.client.Extension("AUTH")
	known := strings.Fields(strings.ToUpper(offered))
	ways := []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(s.User, s.Password)},
		{"PLAIN", smtp.PlainAuth("", s.User, s.Password, s.Host, true)},
		{"LOGIN", smtp.LoginAuth(s.User, s.Password, s.Host, true)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(s.User, s.Password)},
	}
	for _, way := range ways {
		if !slices.Contains(known, way.name) {
			continue
		}
		if err := t.wire.give(t.times.Answer); err != nil {
			return "", err
		}
		return way.name, t.client.Auth(way.auth)
	}
	return "", ErrNoSignIn
}

// Close says goodbye, if the server still listens, and ends the connection.
func (t *Conversation) Close() {
	if t.wire.give(time.Second) == nil {
		_ = t.client.Quit() // it makes no difference any more
	}
	t.drop()
}

// drop ends the connection at once.
func (t *Conversation) drop() {
	if t.wire == nil {
		return
	}
	t.release()
	_ = t.wire.Close() // it is of no use any more
}
