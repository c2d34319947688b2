package wxr

import (
	"bytes"
	"strings"
)

// leaf is an element whose text is being read.
type leaf struct {
	name  string
	class class
	line  int
	term  TermRef // of a category: what its attributes say

	text []byte
	over bool // it went beyond a limit

	sections int    // CDATA sections begun
	inData   bool   // inside of one
	marks    []mark // where sections began and ended, for repair
}

// mark is a place in a text where CDATA began or ended.
type mark struct {
	at      int
	written string
}

// mostMarks bounds the repair of nested CDATA.
const mostMarks = 256

// keptBytes is the largest buffer that is kept from one leaf to the next.
const keptBytes = 1 << 20

func (l *leaf) dataStart() {
	if l.sections == 0 {
		if len(bytes.TrimSpace(l.text)) == 0 {
			l.text = l.text[:0]
		}
	} else {
		l.mark("<![CDATA[")
	}
	l.sections++
	l.inData = true
}

func (l *leaf) dataEnd() {
	l.inData = false
	l.mark("]]>")
}

func (l *leaf) mark(written string) {
	if len(l.marks) < mostMarks {
		l.marks = append(l.marks, mark{len(l.text), written})
	}
}

// strayClose mends a CDATA section whose text holds "]]>": what closed it, and what
// began another inside, was meant as text, and this is the real end.
func (l *leaf) strayClose() {
	if l.sections == 0 {
		l.text = append(l.text, "]]>"...)
		return
	}
	mended := make([]byte, 0, len(l.text)+len(l.marks)*len("<![CDATA["))
	from := 0
	for _, m := range l.marks {
		mended = append(append(mended, l.text[from:m.at]...), m.written...)
		from = m.at
	}
	l.text = append(mended, l.text[from:]...)
	l.marks = l.marks[:0]
	l.mark("]]>")
}

// blank says whether b is only the space that a tidy writer puts around CDATA.
func (l *leaf) blank(b []byte) bool {
	return l.sections > 0 && !l.inData && len(bytes.TrimSpace(b)) == 0
}

// value is the text read.
func (l *leaf) value() string {
	if l.class == long {
		return string(l.text)
	}
	return strings.TrimSpace(string(l.text))
}

// reset makes the leaf empty and keeps its buffer if it is small.
func (l *leaf) reset() {
	text := l.text[:0]
	if cap(text) > keptBytes {
		text = nil
	}
	*l = leaf{text: text, marks: l.marks[:0]}
}
