// Package encode writes what people wrote into the forms that mail has for it: headers,
// folded and in encoded words (RFC 2047), and the bodies of parts (RFC 2045). It knows
// nothing of letters.
package encode

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// Lengths of lines, without their ends (RFC 5322, RFC 2045 and RFC 2047).
const (
	longestLine      = 78  // of a header, wished for
	longestEncoded   = 76  // of a header with encoded words, and of an encoded part
	longestLineOfAll = 998 // of any line at all
	longestWord      = 75
)

const upperHex = "0123456789ABCDEF"

// Header writes a header of text that people may have written; it is encoded
// (RFC 2047) where it has to be, and folded.
func Header(b []byte, name, text string) []byte {
	b = append(append(b, name...), ": "...)
	if plainHeader(text) {
		b = appendFolded(b, len(name)+2, text)
	} else {
		b = appendWords(b, len(name)+2, text)
	}
	return append(b, "\r\n"...)
}

// plainHeader reports that a text reads the same when it is not encoded.
func plainHeader(text string) bool {
	return ASCII(text) && !strings.Contains(text, "=?") && strings.TrimSpace(text) == text && !strings.Contains(text, "  ")
}

// appendFolded breaks a text at blanks; a word that is longer than a line stays whole.
func appendFolded(b []byte, column int, text string) []byte {
	first := true
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case first:
		case column+1+len(word) > longestLine:
			b, column = append(b, "\r\n "...), 1
		default:
			b, column = append(b, ' '), column+1
		}
		b, column, first = append(b, word...), column+len(word), false
	}
	return b
}

// appendWords writes encoded words: in base64 where most of the text is not ASCII, else
// so that much of it can be read. No character is cut in two.
func appendWords(b []byte, column int, text string) []byte {
	outside := 0
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			outside++
		}
	}
	inBase64 := outside*2 > len(text)
	open, size := "=?utf-8?q?", wordSizeQ
	if inBase64 {
		open, size = "=?utf-8?b?", wordSizeB
	}
	for len(text) > 0 {
		room := min(longestWord, longestEncoded-column) - len(open) - len("?=")
		n := 0
		for used := 0; n < len(text); {
			_, width := utf8.DecodeRuneInString(text[n:])
			if used += size(text[n : n+width]); fitted(used, inBase64) > room && n > 0 {
				break
			}
			n += width
		}
		b = append(b, open...)
		if inBase64 {
			b = base64.StdEncoding.AppendEncode(b, []byte(text[:n]))
		} else {
			b = appendQ(b, text[:n])
		}
		b = append(b, "?="...)
		if text = text[n:]; text != "" {
			b, column = append(b, "\r\n "...), 1
		}
	}
	return b
}

func wordSizeB(part string) int { return len(part) }

func wordSizeQ(part string) (n int) {
	for i := range len(part) {
		n += 3
		if qPlain(part[i]) || part[i] == ' ' {
			n -= 2
		}
	}
	return n
}

func fitted(used int, inBase64 bool) int {
	if inBase64 {
		return base64.StdEncoding.EncodedLen(used)
	}
	return used
}

// qPlain are the bytes that may stand for themselves even in the name of an address.
func qPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!*+-/", c) >= 0
}

func appendQ(b []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			b = append(b, '_')
		case qPlain(c):
			b = append(b, c)
		default:
			b = append(b, '=', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// Mailbox writes a name and an address, as From has them.
func Mailbox(b []byte, header, name string, address string) []byte {
	b = append(append(b, header...), ": "...)
	column := len(header) + 2
	switch {
	case name == "":
	case plainHeader(name) && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -") == "":
		b = append(appendFolded(b, column, name), ' ')
	case plainHeader(name) && len(name) <= 60:
		b = append(b, '"')
		for i := range len(name) {
			if name[i] == '"' || name[i] == '\\' {
				b = append(b, '\\')
			}
			b = append(b, name[i])
		}
		b = append(b, "\" "...)
	default:
		b = append(appendWords(b, column, name), "\r\n "...)
	}
	return append(append(append(b, '<'), address...), ">\r\n"...)
}

// Plain reports that a text can be sent as it is: short lines of ASCII, none of
// which a server on the way is tempted to change.
func Plain(text string) bool {
	if !ASCII(text) {
		return false
	}
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\r\n")
		if len(bare) > longestLineOfAll-20 || strings.HasPrefix(line, ".") || strings.HasPrefix(line, "From ") || strings.Contains(bare, "\r") ||
			strings.ContainsFunc(bare, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			return false
		}
	}
	return true
}

// Lines writes a plain part with the line ends of mail.
func Lines(b []byte, text string) []byte {
	for line := range strings.Lines(text) {
		b = append(append(b, strings.TrimRight(line, "\r\n")...), "\r\n"...)
	}
	return b
}

// Quoter writes quoted-printable (RFC 2045). Any part of a text may follow another, so
// that what is put into a shared text need not be known when the rest is encoded.
type Quoter struct {
	Out    []byte
	Column int // of the line that is being written
}

// Text encodes a text; its line ends, of whatever kind, stay line ends.
func (q *Quoter) Text(text string) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			q.End()
		case c == '\n':
			q.End()
		case c == ' ' || c == '\t':
			atEnd := i+1 == len(text) || text[i+1] == '\r' || text[i+1] == '\n'
			q.byte(c, !atEnd)
		case q.Column == 0 && (c == '.' || strings.HasPrefix(text[i:], "From ")):
			q.byte(c, false) // no line begins with what a server on the way would change
		default:
			q.byte(c, c > ' ' && c < 0x7f && c != '=')
		}
	}
}

func (q *Quoter) byte(c byte, plain bool) {
	width := 3
	if plain {
		width = 1
	}
	if q.Column+width > longestEncoded-1 {
		q.Soften()
		plain = plain && c != '.' && c != 'F'
		if !plain {
			width = 3
		}
	}
	if plain {
		q.Out = append(q.Out, c)
	} else {
		q.Out = append(q.Out, '=', upperHex[c>>4], upperHex[c&15])
	}
	q.Column += width
}

// End ends the line.
func (q *Quoter) End() { q.Out, q.Column = append(q.Out, "\r\n"...), 0 }

// Soften breaks the line without breaking the text.
func (q *Quoter) Soften() {
	if q.Column > 0 {
		q.Out, q.Column = append(q.Out, "=\r\n"...), 0
	}
}

// Base64 writes a part in lines of base64.
func Base64(b []byte, text string) []byte {
	const perLine = longestEncoded / 4 * 3
	canonical := Lines(make([]byte, 0, len(text)+len(text)/32), text)
	if !strings.HasSuffix(text, "\n") && len(canonical) > 1 {
		canonical = canonical[:len(canonical)-2]
	}
	for len(canonical) > 0 {
		n := min(perLine, len(canonical))
		b = append(base64.StdEncoding.AppendEncode(b, canonical[:n]), "\r\n"...)
		canonical = canonical[n:]
	}
	return b
}

// ASCII reports that a text has no other characters.
func ASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
