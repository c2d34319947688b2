// Package sign signs letters with a key whose public half stands in DNS (DKIM, RFC
// 6376). It knows nothing of where keys are kept.
package sign

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

// bits is the length of a key: every receiver takes RSA of this length, while some do
// not know Ed25519 yet, and its record fits into one answer of DNS.
const bits = 2048

// Key signs letters.
type Key struct{ private *rsa.PrivateKey }

// NewKey makes a key, which takes a part of a second.
func NewKey() (Key, error) {
	private, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		return Key{}, fmt.Errorf("make a key for letters: %w", err)
	}
	return Key{private}, nil
}

// Bytes is the private key, as ParseKey reads it.
func (k Key) Bytes() ([]byte, error) { return x509.MarshalPKCS8PrivateKey(k.private) }

// ParseKey reads what Bytes gave.
func ParseKey(der []byte) (Key, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return Key{}, fmt.Errorf("read the key for letters: %w", err)
	}
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return Key{}, errors.New("the key for letters is of another kind")
	}
	return Key{private}, nil
}

// Record is the text of the DNS record that lets others check signatures of the key.
func (k Key) Record() (string, error) {
	der, err := x509.MarshalPKIXPublicKey(k.private.Public())
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der), err
}

// Host is where the record of a key stands.
func Host(selector, domain string) string { return selector + "._domainkey." + domain }

// Holds reports that a record found in DNS holds the public key of another; how it is
// spaced, and what it says besides, is no matter.
func Holds(found, record string) bool {
	key := publicOf(found)
	return key != "" && key == publicOf(record)
}

func publicOf(record string) string {
	for tag := range strings.SplitSeq(record, ";") {
		if name, value, ok := strings.Cut(tag, "="); ok && strings.TrimSpace(name) == "p" {
			return strings.Join(strings.Fields(value), "")
		}
	}
	return ""
}

// signed are the headers that a signature covers, as far as a letter has them: all that
// a letter's meaning hangs on, and those that end letters (RFC 8058). Those named twice
// may not be added by others on the way.
var signed = []string{"From", "From", "To", "To", "Subject", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe",
	"List-Unsubscribe-Post", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Type", "Content-Transfer-Encoding"}

// Signer signs the letters of one domain.
type Signer struct{ options dkim.SignOptions }

// NewSigner signs with a key whose record stands under the selector.
func NewSigner(k Key, selector, domain string) *Signer {
	return &Signer{dkim.SignOptions{Domain: domain, Selector: selector, Signer: k.private, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed}}
}

// Header is the header, with its line end, that goes before a letter.
func (s *Signer) Header(letter []byte) (string, error) {
	signer, err := dkim.NewSigner(&s.options)
	if err != nil {
		return "", fmt.Errorf("sign a letter: %w", err)
	}
	_, err = signer.Write(letter)
	if err = errors.Join(err, signer.Close()); err != nil {
		return "", fmt.Errorf("sign a letter: %w", err)
	}
	return signer.Signature(), nil
}
