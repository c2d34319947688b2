package trail

import (
	"cmp"
	"slices"
	"strconv"

	"waypost/internal/partdate"
	"waypost/web/trail/ink"
)

// tick is a milestone with its place and words; without words it is a bare stone.
type tick struct {
	place float64
	words float64 // where the middle of its words is
	text  string
	year  bool // stands at the start of a year
	now   bool // is today
}

// half is half the room its words take, with what keeps lines off them.
func (t tick) half() float64 { return ink.FaceYear.Width(t.text)/2 + 5 }

// step moves the words beside the line that runs nearest through them.
func (t *tick) step(lines []float64) {
	half := t.half()
	for _, x := range lines {
		if near := t.words - x; near < half && near > -half {
			t.words = x + half
			if near < 0 {
				t.words = x - half
			}
			return
		}
	}
}

// evade moves the words to the nearest place where no line runs through them, and
// reports whether there is one.
func (t *tick) evade(lines []float64, end float64) bool {
	const far = 90
	for off := 0.0; off < far; off += 2 {
		for _, t.words = range []float64{t.place + off, t.place - off} {
			if !t.struck(lines) && t.words > t.half() && t.words+t.half() < end {
				return true
			}
		}
	}
	return false
}

// struck reports whether a line runs through the words.
func (t *tick) struck(lines []float64) bool {
	for _, x := range lines {
		if near := t.words - x; near < t.half()-0.1 && near > 0.1-t.half() {
			return true
		}
	}
	return false
}

const tickRoom = 56.0 // least distance of milestones that carry words

// ticks sets a milestone at every year and, where there is room, at months or
// days between them.
func (s scale) ticks(w Words, now float64) []tick {
	first, last := partdate.Days(s.days[0]).Date().Year(), partdate.Days(s.days[len(s.days)-1]).Date().Year()
	var all []tick
	if now > 0 {
		all = append(all, tick{s.at(now), s.at(now), w.Today, true, true})
	}
	for year := first; year <= last; year++ {
		all = s.stone(all, year, 1, 1, strconv.Itoa(year))
		all = s.months(all, year, w)
	}
	return thin(all)
}

func (s scale) months(all []tick, year int, w Words) []tick {
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

func (s scale) daysOf(all []tick, year, month int, w Words) []tick {
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
func (s scale) room(year, month, toYear, toMonth int) float64 {
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
	return float64((s.at(high) - s.at(low)) * (b - a) / (high - low))
}

func (s scale) stone(all []tick, year, month, day int, text string) []tick {
	d, err := partdate.Of(year, month, day)
	at := float64(d.First())
	if day > 1 {
		at += 0.5 // amid its day, so that a step which ends with the day before ends before it
	}
	if err == nil && at >= s.days[0] && at <= s.days[len(s.days)-1] {
		all = append(all, tick{s.at(at), s.at(at), text, month == 1 && day == 1, false})
	}
	return all
}

// thin takes the words from milestones that stand too close to others with
// words; years keep theirs before months do. Bare month stones are left out.
func thin(all []tick) []tick {
	kept := make([]bool, len(all))
	for _, years := range []bool{true, false} {
		for i, t := range all {
			kept[i] = kept[i] || t.year == years && roomy(all, kept, i)
		}
	}
	var thinned []tick
	for i, t := range all {
		if !kept[i] {
			t.text = ""
		}
		if kept[i] || t.year {
			thinned = append(thinned, t)
		}
	}
	slices.SortStableFunc(thinned, func(a, b tick) int { return cmp.Compare(a.place, b.place) })
	return thinned
}

func roomy(all []tick, kept []bool, i int) bool {
	for j := range all {
		if kept[j] && max(all[j].place-all[i].place, all[i].place-all[j].place) < tickRoom {
			return false
		}
	}
	return true
}
