package trail

import "waypost/stories"

// TextBox is the room a block of text takes in a drawing.
type TextBox struct{ Left, Top, Right, Bottom float64 }

// TextBoxes returns the room of every block of text in the wide and the tall
// drawing, as the layout reckons it.
func TextBoxes(t stories.Trail, o Options) (wide, tall []TextBox) {
	r := survey(t, o.AsOf, number(t))
	w, l := layWide(r, o, fullDetail), layTall(r, o, fullDetail)
	w.draw(o, Figure{})
	l.draw(o, Figure{})
	return textBoxes(w.sheet), textBoxes(l.sheet)
}

func textBoxes(s *sheet) []TextBox {
	var boxes []TextBox
	for _, b := range s.boxes {
		boxes = append(boxes, TextBox{b.left, b.top, b.right, b.bottom})
	}
	return boxes
}
