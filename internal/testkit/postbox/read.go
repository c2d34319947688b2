package postbox

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
)

// Read is a letter as its reader's program takes it apart.
type Read struct {
	Header netmail.Header
	Parts  map[string]string // by content type, with the line ends of Unix
}

// Subject is its subject in letters.
func (r Read) Subject() string {
	decoder := mime.WordDecoder{}
	subject, err := decoder.DecodeHeader(r.Header.Get("Subject"))
	if err != nil {
		return r.Header.Get("Subject")
	}
	return subject
}

// Read takes the letter apart, and fails the test if it is not one of RFC 5322.
func (l Letter) Read(t testing.TB) Read {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(l.Data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, l.Data)
	}
	for line := range strings.SplitSeq(string(l.Data), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %.80q", len(line), line)
		}
	}
	r := Read{m.Header, map[string]string{}}
	kind, params := mediaType(t, m.Header.Get("Content-Type"))
	if kind != "multipart/alternative" {
		r.Parts[kind] = decoded(t, m.Header.Get("Content-Transfer-Encoding"), m.Body)
		return r
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, l.Data)
		}
		kind, _ := mediaType(t, part.Header.Get("Content-Type"))
		r.Parts[kind] = decoded(t, part.Header.Get("Content-Transfer-Encoding"), part)
	}
}

func mediaType(t testing.TB, header string) (string, map[string]string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(header)
	if err != nil {
		t.Fatal(err)
	}
	return kind, params
}

func decoded(t testing.TB, encoding string, r io.Reader) string {
	t.Helper()
	switch encoding {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
