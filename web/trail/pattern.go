package trail

import (
	"strconv"

	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// stroke is one line of the pattern that tells a kind of step.
type stroke struct {
	width float64
	dash  string
	round bool
	paper bool // drawn in the colour of the paper, over what is beneath
	quiet bool // drawn muted
}

// pattern gives the strokes that tell the kind of a step, the lowest first:
//
//	position      a solid line
//	gig           long dashes
//	trial         a hollow line
//	study         a thin line with cross ties, like a railway
//	volunteering  beads
//	project       dash and dot
//	break         faint dots
func pattern(kind trails.StepKind) []stroke {
	switch kind {
	case trails.Gig:
		return []stroke{{width: 5, dash: "12 5"}}
	case trails.Trial:
		return []stroke{{width: 7}, {width: 3.4, paper: true}}
	case trails.Study:
		return []stroke{{width: 2.4}, {width: 10, dash: "1.8 7"}}
	case trails.Volunteering:
		return []stroke{{width: 5.6, dash: "0.1 8.4", round: true}}
	case trails.Project:
		return []stroke{{width: 3.6, dash: "13 4.5 3 4.5"}}
	case trails.Break:
		return []stroke{{width: 2.6, dash: "0.1 7", round: true, quiet: true}}
	}
	return []stroke{{width: 5}}
}

// rolePattern is the thin twin of pattern, for what lay within a step.
func rolePattern(kind trails.StepKind) stroke {
	s := pattern(kind)[0]
	s.width = 2.2
	return s
}

// draw writes a path in the strokes. paint, when not empty, replaces the
// colour: a reference to a gradient that fades where a date is only a year.
func (p *pen) draw(d, paint string, strokes ...stroke) {
	for _, s := range strokes {
		class, colour := "tr-way", accent
		switch {
		case s.paper:
			class, colour = "tr-hollow", paper
		case s.quiet:
			class, colour = "tr-rest", muted
		case paint != "":
			class, colour = "", paint
		}
		a := []string{"d", d, "stroke", colour, "stroke-width", typeset.Num(s.width)}
		if class != "" {
			a = append(a, "class", class)
		}
		if s.dash != "" {
			a = append(a, "stroke-dasharray", s.dash)
		}
		if s.round {
			a = append(a, "stroke-linecap", "round")
		}
		p.Leaf("path", a...)
	}
}

// fade makes the gradient for a leg of which only the years are known, along
// the page or down it, and returns a reference to it, or nothing.
func (p *pen) fade(prefix string, l leg, from, to float64, down bool) string {
	start, end := l.soft()
	if !start && !end {
		return ""
	}
	p.fades++
	id := prefix + "-fade" + strconv.Itoa(p.fades)
	a := []string{"id", id, "gradientUnits", "userSpaceOnUse"}
	if down {
		a = append(a, "x1", "0", "x2", "0", "y1", typeset.Num(from), "y2", typeset.Num(to))
	} else {
		a = append(a, "x1", typeset.Num(p.X(from)), "x2", typeset.Num(p.X(to)), "y1", "0", "y2", "0")
	}
	p.Open("linearGradient", a...)
	share := min(daysInYear/2/max(l.to-l.from, 1), 0.4)
	for _, stop := range []struct {
		at   float64
		soft bool
	}{{0, start}, {share, false}, {1 - share, false}, {1, end}} {
		opacity := "1"
		if stop.soft {
			opacity = "0.25"
		}
		p.Leaf("stop", "class", "tr-stop", "offset", strconv.FormatFloat(stop.at, 'f', 2, 64), "stop-color", accent, "stop-opacity", opacity)
	}
	p.Close("linearGradient")
	return "url(#" + id + ")"
}

const daysInYear = 365.25
