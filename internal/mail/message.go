package mail

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/mail/encode"
)

// draft is a letter on its way into bytes.
type draft struct {
	id          string
	to          Address
	list        string
	unsubscribe string
	written     time.Time
	filling     map[string]string
	body        *body
}

// body is the text of a letter, encoded once for all that share it.
type body struct {
	subject string
	tail    []piece // from Content-Type on
}

// piece is a run of bytes, or what a token stands for.
type piece struct {
	bytes []byte
	token string
	html  bool
}

// newBody encodes a text. Where one of the tokens stands, each letter has its own.
func newBody(id string, c content, tokens []string) *body {
	b := &body{subject: c.Subject}
	w := &bodyWriter{tokens: tokens}
	if c.HTML == "" {
		w.part("", c.Text, "text/plain", false)
	} else {
		boundary := "=_" + id // never within an encoded part, and hard to guess for any other
		w.say("Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n")
		w.part("--"+boundary+"\r\n", c.Text, "text/plain", false)
		w.part("--"+boundary+"\r\n", c.HTML, "text/html", true)
		w.say("--" + boundary + "--\r\n")
	}
	w.cut()
	b.tail = w.pieces
	return b
}

type bodyWriter struct {
	pieces []piece
	out    []byte
	tokens []string
}

func (w *bodyWriter) say(text string) { w.out = append(w.out, text...) }

func (w *bodyWriter) cut() {
	if len(w.out) > 0 {
		w.pieces, w.out = append(w.pieces, piece{bytes: w.out}), nil
	}
}

// part writes one part in the encoding that suits it.
func (w *bodyWriter) part(before, text, kind string, isHTML bool) {
	w.say(before + "Content-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: ")
	filled := slices.ContainsFunc(w.tokens, func(token string) bool { return strings.Contains(text, token) })
	switch {
	case !filled && encode.Plain(text):
		w.say("7bit\r\n\r\n")
		w.out = encode.Lines(w.out, text)
	case !filled && mostlyForeign(text):
		w.say("base64\r\n\r\n")
		w.out = encode.Base64(w.out, text)
	default:
		w.say("quoted-printable\r\n\r\n")
		w.quoted(text, isHTML)
	}
}

// quoted encodes a text around its tokens. A value has lines of its own: a soft end
// before and after it, which nobody sees.
func (w *bodyWriter) quoted(text string, isHTML bool) {
	q := encode.Quoter{Out: w.out}
	endsInToken := false
	for text != "" {
		at, token := nextToken(text, w.tokens)
		q.Text(text[:at])
		text = text[at+len(token):]
		if token != "" {
			q.Soften()
			w.out = q.Out
			w.cut()
			w.pieces = append(w.pieces, piece{token: token, html: isHTML})
			q.Out = nil
		}
		endsInToken = token != "" && text == ""
	}
	if q.Column > 0 || endsInToken {
		q.End()
	}
	w.out = q.Out
}

// nextToken finds the first of the tokens in a text, the longest of those that begin
// there; at its end when there is none.
func nextToken(text string, tokens []string) (at int, token string) {
	at = len(text)
	for _, t := range tokens {
		if i := strings.Index(text, t); i >= 0 && (i < at || i == at && len(t) > len(token)) {
			at, token = i, t
		}
	}
	return at, token
}

// mostlyForeign reports that base64 is shorter than quoted-printable.
func mostlyForeign(text string) bool {
	n := 0
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			n++
		}
	}
	return n*6 > len(text)
}

// tokensOf are the tokens of a letter's filling, in one order.
func tokensOf(filling map[string]string) []string {
	list := make([]string, 0, len(filling))
	for token := range filling {
		list = append(list, token)
	}
	slices.Sort(list)
	return list
}

func readFilling(text string) (filling map[string]string, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &filling)
	}
	return filling, err
}

// appendMessage writes a letter as it goes over the wire, but for its last line, the
// dot. The same letter gives the same bytes.
func appendMessage(b []byte, from Sender, host string, d draft) ([]byte, error) {
	start := len(b)
	sender, err := ParseAddress(from.Address)
	if err != nil {
		return b, fmt.Errorf("the sender's address: %w", err)
	}
	envelope, _ := sender.envelope()
	recipient, _ := d.to.envelope()
	b = encode.Mailbox(b, "From", from.Name, envelope)
	b = append(append(append(b, "To: "...), recipient...), "\r\n"...)
	b = encode.Header(b, "Subject", d.subject())
	b = append(d.written.UTC().AppendFormat(append(b, "Date: "...), time.RFC1123Z), "\r\n"...)
	b = append(append(append(append(append(b, "Message-ID: <"...), d.id...), '@'), sender.ascii...), ">\r\n"...)
	b = append(b, "Auto-Submitted: auto-generated\r\n"...)
	if d.list != "" {
		b = append(append(append(append(append(b, "List-Id: <"...), d.list...), '.'), host...), ">\r\n"...)
		b = append(append(append(b, "List-Unsubscribe: <"...), d.unsubscribe...), ">\r\n"...)
		b = append(b, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"...)
	}
	b = append(b, "MIME-Version: 1.0\r\n"...)
	if err := checkHead(b[start:]); err != nil {
		return b, err
	}
	for _, p := range d.body.tail {
		if p.token == "" {
			b = append(b, p.bytes...)
			continue
		}
		value := d.filling[p.token]
		if p.html {
			value = html.EscapeString(value)
		}
		q := encode.Quoter{Out: b}
		q.Text(value)
		q.Soften()
		b = q.Out
	}
	return b, nil
}

func (d draft) subject() string {
	if len(d.filling) == 0 || !slices.ContainsFunc(tokensOf(d.filling), func(t string) bool { return strings.Contains(d.body.subject, t) }) {
		return d.body.subject
	}
	return HeaderText(filled(d.body.subject, d.filling))
}

// escaped are values as HTML shows them.
func escaped(values map[string]string) map[string]string {
	list := make(map[string]string, len(values))
	for token, value := range values {
		list[token] = html.EscapeString(value)
	}
	return list
}

// checkHead is the last look at headers before they go out: whatever was stored, each
// line is one that this package wrote or a fold of it.
func checkHead(head []byte) error {
	for i, c := range head {
		switch {
		case c == '\r' && i+1 < len(head) && head[i+1] == '\n', c == '\n' && i > 0 && head[i-1] == '\r':
		case c < ' ' || c == 0x7f:
			return ErrHeader
		}
	}
	return nil
}
