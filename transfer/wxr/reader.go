package wxr

import (
	"fmt"
	"strings"

	"waypost/transfer/wxr/loosexml"
)

// reader follows one document. The tags it is given need not balance: a record or
// text ends at its end tag, at the end of what it lies in, or where the next of
// its kind begins.
type reader struct {
	dec    *loosexml.Decoder
	out    *reporter
	limits Limits
	sum    Summary

	known    bool // something of an export was seen
	site     map[string]string
	siteSent bool

	open []*record // an item, author or term, then what lies in it
	used int64     // bytes kept of open[0]
	leaf leaf      // the text being read; its name is "" where none is
	skip string    // an unknown element whose inside is passed over
	deep int       // elements of the same name open inside it
}

// record is an element with fields.
type record struct {
	name     string
	line     int
	fields   map[string]string
	terms    []TermRef
	meta     []Meta
	comments []Comment
	cut      bool
}

// scope is the name of the innermost open record.
func (r *reader) scope() string {
	if n := len(r.open); n > 0 {
		return r.open[n-1].name
	}
	return channel
}

func (r *reader) start(tok *loosexml.Token) error {
	name := canonical(r.dec, tok.Name)
	class := fields[r.scope()][name]
	isRecord := class == unknown && parents[name] != nil
	if r.leaf.name != "" {
		inText := r.leaf.class == long && !strings.Contains(name, ":")
		if !isRecord && (class == unknown || inText) {
			if r.leaf.class == long {
				r.append(tok.Raw)
			}
			return nil
		}
		r.repaired(r.leaf.line, "<%s> has no end; it was taken to end before <%s>", r.leaf.name, name)
		r.closeLeaf()
	}
	switch {
	case isRecord:
		return r.openRecord(name, tok.Pos.Line)
	case name == "rss" || name == channel:
		r.known = true
	case r.skip != "" && (class == unknown || !strings.Contains(name, ":")):
		if name == r.skip {
			r.deep++
		}
	case class != unknown:
		r.skip = ""
		r.leaf.name, r.leaf.class, r.leaf.line = name, class, tok.Pos.Line
		r.leaf.term = TermRef{Domain: tok.Attr("domain"), Nicename: tok.Attr("nicename")}
	default:
		r.skip, r.deep = name, 0
	}
	return nil
}

func (r *reader) end(tok *loosexml.Token) error {
	name := canonical(r.dec, tok.Name)
	outer := name == channel || name == "rss" || r.isOpen(name)
	switch {
	case r.leaf.name == name:
		r.closeLeaf()
		return nil
	case r.leaf.name != "" && !outer:
		if r.leaf.class == long && !strings.Contains(name, ":") {
			r.append(tok.Raw)
		}
		return nil
	case r.leaf.name != "":
		r.repaired(r.leaf.line, "<%s> has no end; it was taken to end before </%s>", r.leaf.name, name)
		r.closeLeaf()
	case r.skip == name:
		if r.deep--; r.deep < 0 {
			r.skip = ""
		}
		return nil
	}
	if !outer {
		return nil
	}
	r.skip = ""
	for len(r.open) > 0 {
		rec := r.open[len(r.open)-1]
		if rec.name != name {
			r.repaired(rec.line, "<%s> has no end; it was taken to end before </%s>", rec.name, name)
		}
		if err := r.closeRecord(); err != nil || rec.name == name {
			return err
		}
	}
	return nil
}

func (r *reader) isOpen(name string) bool {
	for _, rec := range r.open {
		if rec.name == name {
			return true
		}
	}
	return false
}

// openRecord begins a record inside the innermost one that can hold it. What is
// open in between ends. A part without its whole, such as a comment outside an
// item, is passed over.
func (r *reader) openRecord(name string, line int) error {
	r.skip = ""
	keep := -1
	for _, parent := range parents[name] {
		if parent == channel {
			keep = 0
		}
		for i, rec := range r.open {
			if rec.name == parent {
				keep = i + 1
			}
		}
	}
	if keep < 0 {
		r.repaired(line, "<%s> outside of <%s> was left out", name, parents[name][0])
		r.skip, r.deep = name, 0
		return nil
	}
	for len(r.open) > keep {
		rec := r.open[len(r.open)-1]
		r.repaired(rec.line, "<%s> has no end; it was taken to end before <%s>", rec.name, name)
		if err := r.closeRecord(); err != nil {
			return err
		}
	}
	if keep == 0 {
		r.used = 0
		r.known = true
	}
	r.open = append(r.open, &record{name: name, line: line, fields: map[string]string{}})
	return nil
}

// append adds to the text being read, within its limit.
func (r *reader) append(b []byte) {
	l := &r.leaf
	room := r.limits.ItemBytes - r.used - int64(len(l.text))
	if l.class == short {
		room = int64(r.limits.ShortBytes - len(l.text)) // always: what an item is stays known
	}
	if int64(len(b)) > room {
		l.over = true
	}
	if l.over {
		b = b[:max(0, min(int64(len(b)), room))]
		if l.class == long {
			l.text, b = nil, nil
		}
	}
	l.text = append(l.text, b...)
}

// closeLeaf keeps the text read in the record it belongs to.
func (r *reader) closeLeaf() {
	l := &r.leaf
	value := l.value()
	if l.over {
		value = strings.ToValidUTF8(value, "")
		what := "was left out"
		if l.class == short {
			what = "was cut"
		}
		r.out.problem(TooLarge, l.line, fmt.Sprintf("<%s> is too large and %s", l.name, what))
	}
	r.used += int64(len(value))
	if len(r.open) == 0 {
		r.site[l.name] = value
		r.used = 0
	} else {
		rec := r.open[len(r.open)-1]
		rec.cut = rec.cut || l.over
		if l.name == "category" {
			r.addTerm(rec, l.term, value)
		} else {
			rec.fields[l.name] = value
		}
	}
	l.reset()
}

func (r *reader) repaired(line int, format string, args ...any) {
	r.out.problem(Repaired, line, fmt.Sprintf(format, args...))
}
