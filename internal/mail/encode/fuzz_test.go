package encode_test

import (
	"bytes"
	"io"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/mail/encode"
)

// texts are what people call themselves and their stories, and what somebody sends who
// wants a header more.
var texts = []string{"", "Ann Lee", `Zoë "Z" O'Hara \ Söhne, GmbH`, "x\r\nBcc: thief@elsewhere.example", "x\n\n<script>", "a\rb", "=?utf-8?q?x?=", "=?utf-8?b?", " at both ends ", "two  blanks",
	"\u202eolleh\u202c", "مرحبا بكم في بيتنا", "👩‍👩‍👧‍👦 family", strings.Repeat("ü", 300), strings.Repeat("a", 300), strings.Repeat("long words ", 40), "\x00\x07\x7f", "\u2028\u2029\u0085", "\xff\xfe", "a\tb", "?=\t=?", "。", "@", "<a@b.example>"}

// FuzzHeader writes any text into Subject and From, and reads both back as a mail program
// does: the same text, and no header more.
func FuzzHeader(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fit := encode.HeaderText(text)
		if encode.HeaderText(fit) != fit || !utf8.ValidString(fit) {
			t.Fatalf("%q became %q, which is not fit", text, fit)
		}
		subject := "x" + fit + "x" // blanks at the ends of a whole header are nobody's
		var b []byte
		b = encode.Header(b, "Subject", subject)
		b = encode.Mailbox(b, "From", fit, "hello@home.example")
		m, err := netmail.ReadMessage(bytes.NewReader(append(b, "\r\n"...)))
		if err != nil {
			t.Fatalf("%q: %v in %q", fit, err, b)
		}
		if len(m.Header) != 2 || len(m.Header["Subject"]) != 1 || len(m.Header["From"]) != 1 {
			t.Fatalf("%q: headers %v", fit, m.Header)
		}
		decoder := mime.WordDecoder{}
		if got, err := decoder.DecodeHeader(m.Header.Get("Subject")); err != nil || got != subject {
			t.Errorf("the subject %q came as %q, %v from %q", subject, got, err, b)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != "hello@home.example" || from[0].Name != fit {
			t.Errorf("the name %q came as %v, %v from %q", fit, from, err, b)
		}
		for line := range strings.SplitSeq(string(b), "\r\n") {
			if !encode.ASCII(line) || strings.ContainsAny(line, "\r\n\x00") || len(line) > 998 && strings.Contains(line, "=?") {
				t.Errorf("a line of %d bytes: %q", len(line), line)
			}
		}
	})
}

// FuzzQuoter encodes a text in two parts, which need not know of each other, and reads it
// back.
func FuzzQuoter(f *testing.F) {
	for _, text := range texts {
		f.Add(text, "From here\n.\n")
	}
	f.Add("line\r\nline \n\ttab\t\r\n.dot\rFrom me=", "\n")
	f.Fuzz(func(t *testing.T, first, second string) {
		q := encode.Quoter{}
		q.Text(first)
		q.Soften()
		q.Text(second)
		q.End()
		unix := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n") }
		want := unix(first) + unix(second) + "\n"
		got, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(q.Out)))
		if err != nil || unix(string(got)) != want {
			t.Errorf("%q came as %q, %v from %q", want, got, err, q.Out)
		}
		for line := range strings.SplitSeq(string(q.Out), "\r\n") {
			if len(line) > 76 || !encode.ASCII(line) || strings.HasPrefix(line, ".") || strings.HasPrefix(line, "From ") || strings.ContainsAny(line, "\r\n") {
				t.Errorf("a line that servers may change: %q", line)
			}
		}
	})
}
