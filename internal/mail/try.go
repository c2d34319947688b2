package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"

	"waypost/internal/mail/talk"
)

// Told is one step of a conversation, as it is told to whoever tries a server out.
type Told struct {
	Step   Step
	OK     bool
	Said   string // what there is to say of it: the certificate's names, the server's own words
	Advice string // what is to be done about it when it went wrong, as a key for words
}

// Try sends one letter to an address over a server and tells the conversation. It keeps
// nothing: no row, and no fault of the server; whether the server Works is for the caller
// to note. No password is told.
func (o *Outbox) Try(ctx context.Context, s Server, settings Settings, to Address, what Letter) ([]Told, error) {
	from := settings.Sender
	place, err := o.place(s)
	if err != nil {
		return []Told{{Step: StepSignIn, Said: talk.OneLine(err.Error()), Advice: "password"}}, nil
	}
	l := letter{draft: draft{id: o.ids.New(), to: to, written: o.clock(), body: newBody(o.ids.New(), content{what.Subject, what.Text, what.HTML}, nil)}}
	signer, err := o.signer(settings)
	if err != nil {
		return nil, err
	}
	message, err := l.signed(nil, from, o.host, signer)
	if err != nil {
		return nil, err
	}
	var told []Told
	hear := func(step Step, said string) {
		if n := len(told); step == StepLetter && n > 0 && told[n-1].Step == StepLetter {
			told[n-1].Said = said // the word to begin came before the word that it is taken
			return
		}
		told = append(told, Told{Step: step, OK: true, Said: said})
	}
	fail := func(err error) []Told {
		e := talk.Wrong(StepConnect, err)
		if n := len(told); n > 0 && told[n-1].Step == e.Step {
			told = told[:n-1]
		}
		return append(told, Told{Step: e.Step, Said: reasonOf(e).Said, Advice: advice(e, s)})
	}
	c := o.caller()
	c.Times.Answer, c.Times.Take = min(c.Times.Answer, 30*time.Second), min(c.Times.Take, 30*time.Second)
	line, err := c.Call(ctx, place, hear)
	if err != nil {
		return fail(err), nil
	}
	defer line.Close()
	line.Pipeline = false
	recipient, utf8 := to.envelope()
	if r := line.Send(from.envelope(), recipient, utf8, message); r.Fate != talk.Taken {
		return fail(r.Reason), nil
	}
	return told, nil
}

// advice is a key for what to do about a step that went wrong.
func advice(e *talk.Error, s Server) string {
	var certificate *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var network net.Error
	switch {
	case errors.As(e.Err, &dns):
		return "name"
	case errors.As(e.Err, &host):
		return "certificate_name"
	case errors.As(e.Err, &unknown), errors.As(e.Err, &certificate):
		return "certificate"
	case errors.As(e.Err, &record):
		return "not_tls"
	case errors.Is(e.Err, talk.ErrNoStartTLS):
		return "no_starttls"
	case errors.Is(e.Err, talk.ErrNotLoopback):
		return "plain"
	case errors.Is(e.Err, talk.ErrNoSignIn):
		return "no_sign_in"
	case errors.As(e.Err, &network) && network.Timeout():
		return "silent"
	}
	switch {
	case e.Code == 0 && e.Step == StepConnect:
		return "unreachable"
	case e.Code == 0:
		return "broken"
	case e.Step == StepSignIn:
		return "password"
	case e.Code == 530 || e.Code == 503 && s.User == "":
		return "sign_in"
	case e.Code < 500:
		return "later"
	case strings.HasPrefix(e.Text, "5.7.") && e.Step == StepRecipient && s.User == "":
		return "sign_in"
	default:
		return "refused_" + string(e.Step)
	}
}
