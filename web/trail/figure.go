package trail

import (
	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
	"waypost/web/trail/wording"
)

// Directions of reading, for Options.Dir.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// MaxBytes is the most one drawing of up to forty steps takes; one that would take more is drawn
// with fewer words. The list always has all of them.
const MaxBytes = 60_000

// Version counts the changes of the drawing. One kept under another number must be
// made again.
const Version = 3

// Options say how a trail is drawn.
type Options struct {
	AsOf     partdate.Days // to which open steps run: the day of publication, or today
	IDPrefix string        // before every id, so that figures can share a page
	Dir      string        // LeftToRight, also when empty, or RightToLeft
	Words    Words
}

// Words holds every word the figure shows, in one language.
type Words = wording.Words

// NewWords reads the words from a message catalogue, as wording.New does.
func NewWords(say func(key string) string, count func(key string, n int) string) Words {
	return wording.New(say, count)
}

// Figure is a drawn trail.
type Figure struct {
	Wide, Tall  []byte // SVG elements for inline use, for wide and for narrow places
	List        []Item // the same content in words
	Title       string
	Description string
}

// Draw draws a trail that has passed its Check. Other trails are drawn as well
// as they can be.
func Draw(t trails.Trail, o Options) Figure {
	r := survey(Own{Trail: t}, o.AsOf)
	r.sign = o.Words.ToldWhen(o.AsOf)
	return r.draw(o, Describe(t, o.Words))
}

// draw adds the two drawings to a figure.
func (r route) draw(o Options, f Figure) Figure {
	across := true // what does not fit across does so at no detail
	f.Wide = inBounds(func(detail int) []byte {
		if across {
			m, fits := layWide(r, o, detail)
			if across = fits; fits {
				return m.draw(o, f)
			}
		}
		return layTall(r, o, broad, detail).draw(o, f)
	})
	f.Tall = inBounds(func(detail int) []byte { return layTall(r, o, slim, detail).draw(o, f) })
	return f
}

// inBounds draws with less and less detail until the drawing is small enough.
func inBounds(draw func(detail int) []byte) (svg []byte) {
	for detail := fullDetail; detail >= 0; detail-- {
		if svg = draw(detail); len(svg) <= MaxBytes {
			break
		}
	}
	return svg
}

// Describe is the figure in words alone: its list, title and description.
func Describe(t trails.Trail, w Words) Figure {
	return Figure{List: list(Own{Trail: t}, w), Title: w.Title, Description: describe(t, w)}
}

// fullDetail is the detail at which drawings show all they have room for; at 0
// they show no more than titles.
const fullDetail = 3

// describe says in a few sentences what the figure shows.
func describe(t trails.Trail, w Words) string {
	steps := t.Chronological()
	if len(steps) == 0 {
		return ""
	}
	pattern, end := w.SummaryOpen, steps[0].End
	open := false
	for _, s := range steps {
		open = open || s.Open()
		if s.End.Last() > end.Last() {
			end = s.End
		}
	}
	if !open {
		pattern = w.Summary
	}
	text := wording.Fill(pattern,
		"steps", w.Number("trail.steps", len(steps)),
		"from", w.LongDate(steps[0].Start),
		"to", w.LongDate(end))
	for _, c := range t.ChangesByDate() {
		text += " " + wording.Fill(w.SummaryChange, "date", w.LongDate(c.Date), "words", c.Words)
	}
	return text
}

// begin opens a drawing with its title and description (SVG accessibility:
// role img, named by both).
func begin(p *ink.Pen, o Options, f Figure, id, classes string, wide, high float64) {
	p.Open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "tr-figure "+classes, "role", "img",
		"aria-labelledby", id+"-title "+id+"-desc",
		"viewBox", "0 0 "+typeset.Num(wide)+" "+typeset.Num(high), "direction", direction(o), "font-size", "15")
	p.Words("title", f.Title, "id", id+"-title")
	p.Words("desc", f.Description, "id", id+"-desc")
}

func direction(o Options) string {
	if o.Dir == RightToLeft {
		return RightToLeft
	}
	return LeftToRight
}
