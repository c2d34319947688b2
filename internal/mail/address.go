package mail

import (
	"errors"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"waypost/internal/mail/encode"
)

// Address is one e-mail address that a letter can be sent to.
type Address struct {
	local  string // as it was typed
	domain string // as it was typed
	ascii  string // the domain in lower case, as DNS has it
}

// ErrAddress says that a text is not an e-mail address.
var ErrAddress = errors.New("not an e-mail address")

// Limits of RFC 5321, in bytes.
const (
	maxLocal   = 64
	maxAddress = 254
)

// ParseAddress reads one address such as ana+list@example.org, without a name and
// without blanks around it. It takes what can be delivered on the public internet and
// changes nothing: no plus sign is lost, nothing is corrected. Quoted local parts,
// addresses by number and names without a dot are refused.
func ParseAddress(text string) (Address, error) {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || len(text) > maxAddress || !utf8.ValidString(text) {
		return Address{}, ErrAddress
	}
	a := Address{local: text[:at], domain: text[at+1:]}
	if !validLocal(a.local) {
		return Address{}, ErrAddress
	}
	ascii, ok := asciiDomain(a.domain)
	if !ok || len(a.local)+1+len(ascii) > maxAddress {
		return Address{}, ErrAddress
	}
	a.ascii = ascii
	return a, nil
}

// validLocal takes a dot-atom of RFC 5322, with letters and digits of any script (RFC
// 6531).
func validLocal(local string) bool {
	if local == "" || len(local) > maxLocal || strings.HasPrefix(local, "=?") && strings.HasSuffix(local, "?=") {
		return false // what a header would show decoded is no address
	}
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" {
			return false
		}
	}
	for _, r := range local {
		switch {
		case r < utf8.RuneSelf:
			if !isAtom(byte(r)) && r != '.' {
				return false
			}
		case !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Digit):
			return false
		}
	}
	return true
}

// isAtom reports whether a byte is atext of RFC 5322.
func isAtom(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", b) >= 0
}

// domains turns names into the form of DNS and refuses those it could not hold.
var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(false), idna.CheckJoiners(true), idna.StrictDomainName(true),
	idna.VerifyDNSLength(true), idna.ValidateLabels(true))

// asciiDomain is a domain in lower-case ASCII. What would become another name on the
// way, such as one in full-width letters, is refused rather than corrected.
func asciiDomain(domain string) (string, bool) {
	if !strings.Contains(domain, ".") {
		return "", false
	}
	ascii, err := domains.ToASCII(domain)
	if err != nil {
		return "", false
	}
	shown, err := domains.ToUnicode(ascii)
	if err != nil {
		return "", false
	}
	typed, labels, names := strings.Split(domain, "."), strings.Split(ascii, "."), strings.Split(shown, ".")
	if len(typed) != len(labels) || len(names) != len(labels) {
		return "", false
	}
	for i, label := range typed {
		same := strings.ToLower(norm.NFC.String(label))
		if same != labels[i] && same != names[i] || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return "", false
		}
	}
	top := labels[len(labels)-1]
	if strings.Trim(top, "0123456789") == "" || len(top) < 2 {
		return "", false // an address by number
	}
	_, err = netip.ParseAddr(ascii)
	return ascii, err != nil
}

// String is the address as it was typed.
func (a Address) String() string { return a.local + "@" + a.domain }

// Domain is the part after the @ as DNS has it.
func (a Address) Domain() string { return a.ascii }

// Key is the form in which two addresses are compared: with the domain as DNS has it
// and without regard to upper and lower case. Letters go to String, never to Key.
func (a Address) Key() string { return foldLocal(a.local) + "@" + a.ascii }

// foldLocal takes upper and lower case for the same. A letter of another script never
// becomes an ASCII one (as the Kelvin sign would), so no address can pass for another.
func foldLocal(local string) string {
	return strings.Map(func(r rune) rune {
		lower := unicode.ToLower(r)
		if r >= utf8.RuneSelf && lower < utf8.RuneSelf {
			return r
		}
		return lower
	}, nfcOutsideASCII(local))
}

// nfcOutsideASCII composes letters and their accents. What composition would turn into
// ASCII stays as it is.
func nfcOutsideASCII(text string) string {
	var b strings.Builder
	for text != "" {
		n := norm.NFC.NextBoundaryInString(text, true)
		if n <= 0 {
			n = len(text)
		}
		part := text[:n]
		composed := norm.NFC.String(part)
		if encode.ASCII(composed) && !encode.ASCII(part) {
			composed = part
		}
		b.WriteString(composed)
		text = text[n:]
	}
	return b.String()
}

// envelope is the address for MAIL and RCPT: the domain as DNS has it, since not every
// server reads another. utf8 says that the server has to support SMTPUTF8.
func (a Address) envelope() (text string, utf8 bool) {
	return a.local + "@" + a.ascii, !encode.ASCII(a.local)
}
