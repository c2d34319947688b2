package markup

import (
	"html"
	"strings"
)

// place says how text is treated directly inside an element.
type place uint8

const (
	inline    place = iota // the element is no block: it is part of a paragraph
	flow                   // text is put into paragraphs
	line                   // text is one paragraph already: line ends become breaks
	structure              // text is of no account
	rule                   // the element has no inside
)

// placeOf is the place that an element makes.
func placeOf(name string) place {
	switch name {
	case "div", "section", "article", "aside", "main", "header", "footer", "nav", "hgroup", "blockquote",
		"details", "fieldset", "form", "center", "dialog":
		return flow
	case "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "figcaption", "caption", "summary",
		"legend", "address", "option":
		return line
	case "table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl", "menu", "figure", "select":
		return structure
	case "hr", "col":
		return rule
	}
	return inline
}

// paragraphs writes HTML, and puts text that stands on its own into paragraphs: a
// blank line ends one, a single line end breaks a line, as the classic editor shows
// them. What is in a paragraph already stays in it.
type paragraphs struct {
	asIs bool // leave all as it is

	out   strings.Builder
	run   strings.Builder // the paragraph being gathered
	solid bool            // run shows something
	ends  int             // line ends since the last text
	broke bool            // run ends in <br>
	p     string          // the <p> tag that begins run, "" where there is none

	open  []string // blocks that have not ended
	count map[string]int
}

// text takes a text without tags.
func (w *paragraphs) text(s string) {
	if w.asIs {
		w.raw(s)
		return
	}
	for n := 0; ; n++ {
		words, rest, more := strings.Cut(s, "\n")
		if n > 0 {
			words = strings.TrimLeft(words, " \t")
		}
		if more {
			words = strings.TrimRight(words, " \t")
		}
		blank := strings.Trim(words, " \t") == ""
		if !blank || words != "" && w.run.Len() > 0 && w.ends == 0 {
			w.inline(words, !blank)
		}
		if !more {
			return
		}
		w.ends++
		s = rest
	}
}

// raw writes text of the block editor, where blank lines only stand between blocks.
func (w *paragraphs) raw(s string) {
	if strings.TrimSpace(s) == "" && strings.Contains(s, "\n") {
		s = "\n"
	}
	w.out.WriteString(s)
}

// inline adds to the paragraph being gathered.
func (w *paragraphs) inline(s string, solid bool) {
	switch {
	case w.run.Len() == 0 || w.ends == 0:
	case w.ends > 1 && w.wraps():
		w.flush()
	case w.place() == structure:
		w.run.WriteString("\n")
	case w.ends > 1:
		w.run.WriteString("<br><br>\n")
	case w.broke:
		w.run.WriteString("\n")
	default:
		w.run.WriteString("<br>\n")
	}
	w.ends, w.broke = 0, false
	w.run.WriteString(s)
	w.solid = w.solid || solid
}

// tag takes a start or end tag.
func (w *paragraphs) tag(raw string) {
	if w.asIs {
		w.out.WriteString(raw)
		return
	}
	name, ends := tagName(raw), raw[1] == '/'
	if name == "p" {
		w.flush()
		if !ends {
			w.p = raw
		}
		return
	}
	switch kind := placeOf(name); {
	case kind == inline:
		w.inlineTag(name, raw)
	case kind == rule:
		w.flush()
		w.out.WriteString(raw + "\n")
	case ends:
		w.close(name, raw)
	default:
		w.flush()
		w.out.WriteString(raw)
		if !strings.HasSuffix(raw, "/>") {
			w.push(name)
		}
	}
}

func (w *paragraphs) inlineTag(name, raw string) {
	switch name {
	case "br":
		w.ends = 0
		w.inline(raw, false)
		w.broke = true
	case "img", "iframe", "video", "audio", "object", "embed", "input", "button", "canvas", "picture", "svg":
		w.inline(raw, true)
	default:
		w.inline(raw, false)
	}
}

func (w *paragraphs) push(name string) {
	if w.count == nil {
		w.count = map[string]int{}
	}
	w.open = append(w.open, name)
	w.count[name]++
}

// close ends a block, and those inside it that have not ended. The end of a block
// that is not open is left out.
func (w *paragraphs) close(name, raw string) {
	w.flush()
	if w.count[name] == 0 {
		return
	}
	for {
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.count[last]--
		if last == name {
			break
		}
		w.out.WriteString("</" + last + ">")
	}
	w.out.WriteString(raw)
	if len(w.open) == 0 {
		w.out.WriteString("\n")
	}
}

// verbatim takes a whole element whose inside is left alone.
func (w *paragraphs) verbatim(s string) {
	switch {
	case w.asIs:
		w.out.WriteString(s)
	case tagName(s) == "code":
		w.inline(s, true)
	default:
		w.element(s)
	}
}

// element takes a whole block.
func (w *paragraphs) element(s string) {
	w.flush()
	w.out.WriteString(s + "\n")
}

// paragraph ends the paragraph being gathered.
func (w *paragraphs) paragraph() {
	if !w.asIs {
		w.ends = 2
	}
}

// place is the place inside the innermost open block.
func (w *paragraphs) place() place {
	if len(w.open) == 0 {
		return flow
	}
	return placeOf(w.open[len(w.open)-1])
}

// wraps says whether the paragraph being gathered gets tags of its own.
func (w *paragraphs) wraps() bool { return w.p != "" || w.place() == flow }

// flush writes the paragraph gathered so far.
func (w *paragraphs) flush() {
	run := strings.TrimSpace(w.run.String())
	switch {
	case run == "":
	case w.wraps() && w.solid:
		begin := w.p
		if begin == "" {
			begin = "<p>"
		}
		if complete(run) && !strings.ContainsAny(run, " \n\t<>\"") {
			run = anchor(html.UnescapeString(run))
		}
		w.out.WriteString(begin + run + "</p>\n")
	default:
		w.out.WriteString(run)
	}
	w.run.Reset()
	w.solid, w.ends, w.broke, w.p = false, 0, false, ""
}

// finish is all that was written, with open blocks ended.
func (w *paragraphs) finish() string {
	w.flush()
	for i := len(w.open) - 1; i >= 0; i-- {
		w.out.WriteString("</" + w.open[i] + ">")
	}
	return strings.TrimSpace(w.out.String())
}
