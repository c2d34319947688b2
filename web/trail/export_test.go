package trail

import (
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// TextBoxes returns the room of every block of text in the drawing for wide places
// and the tall one, as the layout reckons it.
func TextBoxes(t trails.Trail, o Options) (wide, tall []typeset.Box) {
	r := survey(t, o.AsOf)
	l := layTall(r, o, slim, fullDetail)
	l.draw(o, Figure{})
	if w, fits := layWide(r, o, fullDetail); fits {
		w.draw(o, Figure{})
		return w.sheet.Taken(), l.sheet.Taken()
	}
	b := layTall(r, o, broad, fullDetail)
	b.draw(o, Figure{})
	return b.sheet.Taken(), l.sheet.Taken()
}
