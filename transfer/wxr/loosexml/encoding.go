package loosexml

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// declaredEncoding finds the encoding in an XML declaration.
var declaredEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// decoded gives r as UTF-8, by its byte order mark, by the look of its first bytes
// (XML 1.0, appendix F) or by the encoding its declaration names. Where that
// is not known, the bytes are taken for UTF-8 and problem says so.
func decoded(r io.Reader) (text io.Reader, problem string) {
	b := bufio.NewReaderSize(r, 1024)
	head, _ := b.Peek(1024) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		_, _ = b.Discard(3)
		return b, ""
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		return from(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), ""
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		return from(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), ""
	}
	found := declaredEncoding.FindSubmatch(head)
	if found == nil {
		return b, ""
	}
	label := strings.ToLower(string(found[1]))
	switch label {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return b, ""
	}
	enc, err := htmlindex.Get(label)
	if err != nil || enc == encoding.Replacement {
		return b, "the encoding " + label + " is not known"
	}
	if strings.HasPrefix(label, "utf-16") {
		return b, "the encoding is declared as " + label + " and is not"
	}
	return from(b, enc), ""
}

func from(r io.Reader, enc encoding.Encoding) io.Reader { return enc.NewDecoder().Reader(r) }
