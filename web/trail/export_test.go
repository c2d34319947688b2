package trail

import (
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// TextBoxes returns the room of every block of text in the wide and the tall
// drawing, as the layout reckons it.
func TextBoxes(t trails.Trail, o Options) (wide, tall []typeset.Box) {
	r := survey(t, o.AsOf, number(t))
	w, l := layWide(r, o, fullDetail), layTall(r, o, fullDetail)
	w.draw(o, Figure{})
	l.draw(o, Figure{})
	return w.sheet.Taken(), l.sheet.Taken()
}
