package trail

import (
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
	"waypost/web/trail/wording"
)

// mark says what stands at a turn.
type mark int

const (
	blaze mark = iota // something changed
	maybe             // something may have changed
	fork              // something was decided
)

// turn is a moment that has a mark on the trail and words: a change, one that was
// found and is not confirmed, or a decision.
type turn struct {
	mark   mark
	change trails.Change // of a blaze
	found  Found         // of a maybe
	fork   Fork          // of a fork
	day    float64
	leg    int // in route.legs, or -1
}

// span is from when until when the moment may have been; after is the day after.
func (t turn) span() (first, after partdate.Days) {
	switch t.mark {
	case maybe:
		return min(t.found.From, t.found.To), max(t.found.From, t.found.To) + 1
	case fork:
		return t.fork.Date.First(), t.fork.Date.Last() + 1
	}
	return t.change.Date.First(), t.change.Date.Last() + 1
}

func (t turn) year() int {
	first, _ := t.span()
	return first.Date().Year()
}

func (t turn) step() string {
	return [...]string{t.change.Step, t.found.Step, t.fork.Step}[t.mark]
}

// turns are all turns of a path, from the first to the last.
func turns(own Own) []turn {
	var all []turn
	for _, c := range own.Trail.ChangesByDate() {
		all = append(all, turn{mark: blaze, change: c})
	}
	for _, f := range own.Found {
		all = append(all, turn{mark: maybe, found: f})
	}
	for _, f := range own.Forks {
		all = append(all, turn{mark: fork, fork: f})
	}
	if len(all) > len(own.Trail.Changes) {
		slices.SortStableFunc(all, func(a, b turn) int {
			first, _ := a.span()
			second, _ := b.span()
			return int(first - second)
		})
	}
	return all
}

// untakenIn is how far the names of ways not taken are set in, for their stubs.
const untakenIn = 15.0

// text words a turn in so much room; its own words take at most most lines.
func (t turn) text(w Words, room float64, most int, long bool) typeset.Block {
	date := w.Date
	if long {
		date = w.LongDate
	}
	switch t.mark {
	case maybe:
		b := typeset.Headed(ink.FaceMaybe, w.FoundWord(t.found.Detected), ink.FaceDates, w.AroundWhen(t.found.From, t.found.To), room)
		return b.AddEven(ink.FaceWords, t.found.Words, room, most)
	case fork:
		b := typeset.Headed(ink.FaceKind, w.Decided, ink.FaceDates, wording.Tight(date(t.fork.Date)), room)
		b = b.AddEven(ink.FaceOrg, t.fork.Question, room, most).AddEven(ink.FaceWords, t.fork.Chosen, room, most)
		for _, way := range t.fork.NotTaken {
			b = b.AddIn(ink.FaceUntaken, way, room, most, untakenIn)
		}
		return b
	}
	b := typeset.Headed(ink.FaceHead, w.Changed, ink.FaceDates, wording.Tight(date(t.change.Date)), room)
	return b.AddEven(ink.FaceWords, t.change.Words, room, most)
}

// longest is the longest text of a turn, by which its room is chosen.
func (t turn) longest() int {
	n := max(len(t.change.Words), len(t.found.Words), len(t.fork.Question), len(t.fork.Chosen))
	for _, way := range t.fork.NotTaken {
		n = max(n, len(way))
	}
	return n
}

// sentence says a turn in the description.
func (t turn) sentence(w Words) string {
	switch t.mark {
	case maybe:
		return wording.Fill(w.SummaryFound, "found", w.FoundWord(t.found.Detected), "around", w.AroundWhen(t.found.From, t.found.To))
	case fork:
		return wording.Fill(w.SummaryFork, "date", w.LongDate(t.fork.Date), "chosen", t.fork.Chosen)
	}
	return wording.Fill(w.SummaryChange, "date", w.LongDate(t.change.Date), "words", t.change.Words)
}
