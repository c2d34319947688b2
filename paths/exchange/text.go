package exchange

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"waypost/paths"
)

// What a path holds, in characters; a link in bytes.
const (
	MostTitle         = paths.MaxTitle
	MostText          = paths.MaxText
	MostSkill         = paths.MaxSkill
	MostLink          = paths.MaxLink
	MostSkillsOfEntry = paths.MaxSkills
)

// Line cleans what stands on one line and cuts it to so many characters: NFC, without
// control characters, single spaces. It reports whether something was cut.
func Line(text string, most int) (line string, cut bool) {
	return shorten(OneLine(text), most)
}

// OneLine is Line without a limit.
func OneLine(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }

// Text cleans a text of several lines, as Line does, but keeps its lines and their
// indents; more than one empty line is one.
func Text(text string, most int) (clipped string, cut bool) {
	lines := strings.Split(Clean(text), "\n")
	kept := lines[:0]
	for _, line := range lines {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return shorten(strings.TrimRightFunc(strings.Join(kept, "\n"), unicode.IsSpace), most)
}

// Link gives the address of a web page, or "" for what is none.
func Link(text string) string {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	whole := u.String()
	if len(whole) > MostLink || whole != Clean(whole) {
		return ""
	}
	return whole
}

// Clean makes valid UTF-8 in NFC with line feeds for line ends and without what cannot be
// seen or turns the direction of what follows.
func Clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = lineEnds.Replace(text)
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), turning(r), r == '\uFEFF', r == '\u00AD', r == '\u2060':
			return -1
		}
		return r
	}, text))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n")

// turning reports a character by which text is shown in another order than it is written.
func turning(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// shorten cuts a clean text to so many characters, the last of which is then "…".
func shorten(text string, most int) (string, bool) {
	if utf8.RuneCountInString(text) <= most {
		return text, false
	}
	runes := []rune(text)
	at := most - 1
	for at > 0 && (unicode.IsMark(runes[at]) || runes[at] == '\u200D' || runes[at-1] == '\u200D') { // never through a letter and its marks
		at--
	}
	return strings.TrimRightFunc(string(runes[:at]), unicode.IsSpace) + "…", true
}

// spelled are letters that Unicode does not take apart but writers do.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "œ", "oe", "ı", "i", "þ", "th")

// Fold is a text as it is compared: without case, accents, widths and more than one space.
func Fold(text string) string {
	apart := norm.NFKD.String(strings.ToLower(strings.ToUpper(strings.ToValidUTF8(text, "\uFFFD"))))
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Inherited, r) && r != '\u3099' && r != '\u309A' || unicode.IsControl(r) && !unicode.IsSpace(r) || turning(r) || r == '\uFEFF' {
			return -1
		}
		return r
	}, apart)
	return norm.NFC.String(strings.Join(strings.Fields(spelled.Replace(strings.ToLower(bare))), " "))
}

// joined are the parts that there are, with commas between them.
func joined(parts []string) string { return strings.Join(parts, ", ") }
