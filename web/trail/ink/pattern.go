package ink

import (
	"strconv"

	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// Stroke is one line of the pattern that tells a kind of step.
type Stroke struct {
	width float64
	dash  string
	round bool
	paper bool // drawn in the colour of the paper, over what is beneath
	quiet bool // drawn muted
}

// Pattern gives the strokes that tell the kind of a step, the lowest first:
//
//	position      a solid line
//	gig           long dashes
//	trial         a hollow line
//	study         a thin line with cross ties, like a railway
//	volunteering  beads
//	project       dash and dot
//	break         faint dots
func Pattern(kind trails.StepKind) []Stroke {
	switch kind {
	case trails.Gig:
		return []Stroke{{width: 5, dash: "12 5"}}
	case trails.Trial:
		return []Stroke{{width: 7}, {width: 3.4, paper: true}}
	case trails.Study:
		return []Stroke{{width: 2.4}, {width: 10, dash: "1.8 7"}}
	case trails.Volunteering:
		return []Stroke{{width: 5.6, dash: "0.1 8.4", round: true}}
	case trails.Project:
		return []Stroke{{width: 3.6, dash: "13 4.5 3 4.5"}}
	case trails.Break:
		return []Stroke{{width: 2.6, dash: "0.1 7", round: true, quiet: true}}
	}
	return []Stroke{{width: 5}}
}

// RolePattern is the thin twin of Pattern, for what lay within a step.
func RolePattern(kind trails.StepKind) Stroke {
	s := Pattern(kind)[0]
	s.width = 2.2
	return s
}

// Draw writes a path in the strokes. paint, when not empty, replaces the
// colour: a reference to a gradient that fades where a date is only a year.
func (p *Pen) Draw(d, paint string, strokes ...Stroke) {
	for _, s := range strokes {
		class, colour := "tr-way", Accent
		switch {
		case s.paper:
			class, colour = "tr-hollow", Paper
		case s.quiet:
			class, colour = "tr-rest", Muted
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

// Soft says at which ends only the year of a step is known, and how many days it lasted.
type Soft struct {
	Start, End bool
	Days       float64
}

// Fade makes the gradient for a step of which only the years are known, along
// the page or down it, and returns a reference to it, or nothing.
func (p *Pen) Fade(prefix string, s Soft, from, to float64, down bool) string {
	if !s.Start && !s.End {
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
	share := min(daysInYear/2/max(s.Days, 1), 0.4)
	for _, stop := range []struct {
		at   float64
		soft bool
	}{{0, s.Start}, {share, false}, {1 - share, false}, {1, s.End}} {
		opacity := "1"
		if stop.soft {
			opacity = "0.25"
		}
		p.Leaf("stop", "class", "tr-stop", "offset", strconv.FormatFloat(stop.at, 'f', 2, 64), "stop-color", Accent, "stop-opacity", opacity)
	}
	p.Close("linearGradient")
	return "url(#" + id + ")"
}

const daysInYear = 365.25
