package typeset

import (
	"strings"
	"unicode"
)

// Ellipsis ends a text that had to be cut.
const Ellipsis = "…"

// NoBreak is a space at which no line breaks.
const NoBreak = '\u00a0'

// piece is a part of a text after which a line may break.
type piece struct {
	text string
	wide float64 // with the space at its end
	bare float64 // without
}

// wrap breaks text into at most most lines that are at most room wide in face
// f. What does not fit is cut, with an ellipsis at the end of the last line.
func wrap(text string, f Face, room float64, most int) []string {
	pieces := takeApart(text, f, room)
	return compose(pieces, breaks(pieces, room), f, room, most)
}

// wrapEven is wrap with lines of about the same length.
func wrapEven(text string, f Face, room float64, most int) []string {
	pieces := takeApart(text, f, room)
	ends := breaks(pieces, room)
	if len(ends) < 2 || len(ends) > most {
		return compose(pieces, ends, f, room, most)
	}
	low, high := 0.0, room
	for _, p := range pieces {
		low = max(low, p.bare)
	}
	for range 7 {
		middle := (low + high) / 2
		if tried := breaks(pieces, middle); len(tried) == len(ends) {
			high, ends = middle, tried
		} else {
			low = middle
		}
	}
	return compose(pieces, ends, f, room, most)
}

// breaks fills line after line and returns where each ends.
func breaks(pieces []piece, room float64) []int {
	var ends []int
	line := 0.0
	for i, p := range pieces {
		if line > 0 && line+p.bare > room {
			ends = append(ends, i)
			line = 0
		}
		line += p.wide
	}
	if len(pieces) > 0 {
		ends = append(ends, len(pieces))
	}
	return ends
}

func compose(pieces []piece, ends []int, f Face, room float64, most int) []string {
	var lines []string
	start := 0
	for _, end := range ends[:min(len(ends), most)] {
		var line strings.Builder
		for _, p := range pieces[start:end] {
			line.WriteString(p.text)
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
		start = end
	}
	if len(ends) > most {
		lines[most-1] = cut(lines[most-1], f, room)
	}
	return lines
}

// cut shortens a line until it fits with an ellipsis after it.
func cut(line string, f Face, room float64) string {
	room -= f.Width(Ellipsis)
	wide := 0.0
	var short strings.Builder
	for _, cluster := range split(line) {
		if wide += f.Width(cluster); wide > room {
			break
		}
		short.WriteString(cluster)
	}
	return strings.TrimRightFunc(short.String(), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}) + Ellipsis
}

// takeApart finds the pieces of a text: its words, and the parts of words that
// are long or set without spaces.
func takeApart(text string, f Face, room float64) []piece {
	const long = 0.6 // of the room
	var pieces []piece
	words := strings.Join(strings.FieldsFunc(text, mayPart), " ")
	if words == "" {
		return nil
	}
	for word := range strings.SplitAfterSeq(words, " ") {
		bare := strings.TrimSuffix(word, " ")
		measured := f.Width(bare)
		if measured <= float64(room*long) && !strings.ContainsFunc(word, wide) {
			pieces = append(pieces, piece{word, f.Width(word), measured})
			continue
		}
		start := 0
		var before rune
		for i, r := range word {
			if i > start && mayBreak(before, r) {
				pieces = appendPiece(pieces, word[start:i], f, room)
				start = i
			}
			before = r
		}
		pieces = appendPiece(pieces, word[start:], f, room)
	}
	return pieces
}

// mayPart reports whether r parts words: any space but those that keep a date or a
// number together.
func mayPart(r rune) bool {
	return unicode.IsSpace(r) && r != NoBreak && r != '\u202f'
}

func mayBreak(before, next rune) bool {
	switch {
	case next == ' ':
		return false
	case before == '-' || before == '–' || before == '/':
		return unicode.IsLetter(next)
	case before < 0x2E80 && next < 0x2E80 || joins(next) || unicode.IsPunct(next):
		return false
	}
	return wide(before) || wide(next)
}

// appendPiece adds a part of a word, broken with hyphens where it is wider than
// the room.
func appendPiece(pieces []piece, text string, f Face, room float64) []piece {
	if text == "" {
		return pieces
	}
	bare := strings.TrimRight(text, " ")
	if wide := f.Width(bare); wide <= room {
		return append(pieces, piece{text, f.Width(text), wide})
	}
	part, width, hyphen := "", 0.0, f.Width("-")
	for _, cluster := range split(text) {
		next := f.Width(cluster)
		if part != "" && width+next+hyphen > room {
			pieces = append(pieces, piece{part + "-", width + hyphen, width + hyphen})
			part, width = "", 0
		}
		part += cluster
		width += next
	}
	return append(pieces, piece{part, width, f.Width(strings.TrimRight(part, " "))})
}

// split takes text apart into characters with the marks that belong to them.
func split(text string) []string {
	var clusters []string
	const longest = 12 // parts of one picture; who joins more wants to break the line
	start, parts, glue := 0, 0, false
	for i, r := range text {
		if i > start && !joins(r) && (!glue || parts > longest) {
			clusters = append(clusters, text[start:i])
			start, parts = i, 0
		}
		parts++
		glue = r == '\u200d'
	}
	if start < len(text) {
		clusters = append(clusters, text[start:])
	}
	return clusters
}
