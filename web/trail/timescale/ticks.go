package timescale

import (
	"cmp"
	"slices"
	"strconv"

	"waypost/internal/partdate"
	"waypost/web/trail/ink"
	"waypost/web/trail/wording"
)

// Tick is a milestone with its place and words; without words it is a bare stone.
type Tick struct {
	Place float64
	Words float64 // where the middle of its words is
	Text  string
	Year  bool // stands at the start of a year
	Now   bool // is today
}

// Half is half the room its words take, with what keeps lines off them.
func (t Tick) Half() float64 { return ink.FaceYear.Width(t.Text)/2 + 5 }

// Step moves the words beside the line that runs nearest through them.
func (t *Tick) Step(lines []float64) {
	half := t.Half()
	for _, x := range lines {
		if near := t.Words - x; near < half && near > -half {
			t.Words = x + half
			if near < 0 {
				t.Words = x - half
			}
			return
		}
	}
}

// Evade moves the words to the nearest place where no line runs through them, and
// reports whether there is one.
func (t *Tick) Evade(lines []float64, end float64) bool {
	const far = 90
	for off := 0.0; off < far; off += 2 {
		for _, t.Words = range []float64{t.Place + off, t.Place - off} {
			if !t.Struck(lines) && t.Words > t.Half() && t.Words+t.Half() < end {
				return true
			}
		}
	}
	return false
}

// Struck reports whether a line runs through the words.
func (t *Tick) Struck(lines []float64) bool {
	for _, x := range lines {
		if near := t.Words - x; near < t.Half()-0.1 && near > 0.1-t.Half() {
			return true
		}
	}
	return false
}

const tickRoom = 56.0 // least distance of milestones that carry words

// Ticks sets a milestone at every year and, where there is room, at months or
// days between them.
func (s Scale) Ticks(w wording.Words, now float64) []Tick {
	first, last := partdate.Days(s.days[0]).Date().Year(), partdate.Days(s.days[len(s.days)-1]).Date().Year()
	var all []Tick
	if now > 0 {
		all = append(all, Tick{s.At(now), s.At(now), w.Today, true, true})
	}
	for year := first; year <= last; year++ {
		all = s.stone(all, year, 1, 1, strconv.Itoa(year))
		all = s.months(all, year, w)
	}
	return thin(all)
}

func (s Scale) months(all []Tick, year int, w wording.Words) []Tick {
	for _, every := range []int{1, 2, 3, 6} {
		if float64(s.room(year, 1, year+1, 1)/12*float64(every)) < tickRoom {
			continue
		}
		for month := 1; month <= 12; month += every {
			if month > 1 {
				all = s.stone(all, year, month, 1, w.MonthsShort[month-1])
			}
			if every == 1 {
				all = s.daysOf(all, year, month, w)
			}
		}
		break
	}
	return all
}

func (s Scale) daysOf(all []Tick, year, month int, w wording.Words) []Tick {
	next := month%12 + 1
	room := s.room(year, month, year+month/12, next)
	for _, every := range []int{2, 5, 7, 14} {
		if float64(room/31*float64(every)) < tickRoom+12 {
			continue
		}
		for day := 1 + every; day <= 31-every/2; day += every {
			d, err := partdate.Of(year, month, day)
			if err == nil {
				all = s.stone(all, year, month, day, w.DayMonth(d))
			}
		}
		break
	}
	return all
}

// room is how far two days are apart, had the scale no ends.
func (s Scale) room(year, month, toYear, toMonth int) float64 {
	from, errFrom := partdate.Of(year, month, 0)
	to, errTo := partdate.Of(toYear, toMonth, 0)
	if errFrom != nil || errTo != nil {
		return 0
	}
	a, b := float64(from.First()), float64(to.First())
	low, high := max(a, s.days[0]), min(b, s.days[len(s.days)-1])
	if high <= low {
		return 0
	}
	return float64((s.At(high) - s.At(low)) * (b - a) / (high - low))
}

func (s Scale) stone(all []Tick, year, month, day int, text string) []Tick {
	d, err := partdate.Of(year, month, day)
	at := float64(d.First())
	if day > 1 {
		at += 0.5 // amid its day, so that a step which ends with the day before ends before it
	}
	if err == nil && at >= s.days[0] && at <= s.days[len(s.days)-1] {
		all = append(all, Tick{s.At(at), s.At(at), text, month == 1 && day == 1, false})
	}
	return all
}

// thin takes the words from milestones that stand too close to others with
// words; years keep theirs before months do. Bare month stones are left out.
func thin(all []Tick) []Tick {
	kept := make([]bool, len(all))
	for _, years := range []bool{true, false} {
		for i, t := range all {
			kept[i] = kept[i] || t.Year == years && roomy(all, kept, i)
		}
	}
	var thinned []Tick
	for i, t := range all {
		if !kept[i] {
			t.Text = ""
		}
		if kept[i] || t.Year {
			thinned = append(thinned, t)
		}
	}
	slices.SortStableFunc(thinned, func(a, b Tick) int { return cmp.Compare(a.Place, b.Place) })
	return thinned
}

func roomy(all []Tick, kept []bool, i int) bool {
	for j := range all {
		if kept[j] && max(all[j].Place-all[i].Place, all[i].Place-all[j].Place) < tickRoom {
			return false
		}
	}
	return true
}
