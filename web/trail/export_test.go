package trail

import (
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// TextBoxes returns the room of every block of text in the drawing for wide places
// and the tall one, as the layout reckons it.
func TextBoxes(t trails.Trail, o Options) (wide, tall []typeset.Box) {
	return surveyStory(t, o).textBoxes(o)
}

// OwnTextBoxes is TextBoxes of a private path.
func OwnTextBoxes(own Own, o Options) (wide, tall []typeset.Box) {
	r := survey(own, o.AsOf)
	r.toToday(o)
	return r.textBoxes(o)
}

func (r route) textBoxes(o Options) (wide, tall []typeset.Box) {
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

func surveyStory(t trails.Trail, o Options) route {
	r := survey(Own{Trail: t}, o.AsOf)
	r.sign = o.Words.ToldWhen(o.AsOf)
	return r
}

// Milestones returns where the milestones of the drawing that runs across are, by
// their words, and where its steps end, by their IDs.
func Milestones(t trails.Trail, o Options) (stones, ends map[string]float64) {
	stones, ends = make(map[string]float64), make(map[string]float64)
	m, fits := layWide(surveyStory(t, o), o, fullDetail)
	if !fits {
		return nil, nil
	}
	for _, s := range m.ticks {
		stones[s.Text] = s.Place
	}
	for _, s := range m.strips {
		ends[s.step.ID] = s.x1
	}
	return stones, ends
}
