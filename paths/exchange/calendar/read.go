package calendar

import (
	"slices"
	"sort"
	"strings"
	"time"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// What a file may hold.
const (
	MostBytes   = 10 << 20
	MostEvents  = 10_000
	MostRepeats = 366 // of one event; the latest of them

	mostDays = 1_000_000 // that are looked at for repetitions, over all events
)

// Read reads a calendar. Events that begin after now are left out; home is the time zone
// of times that name none. The error is a problem.Problem.
func Read(in []byte, now time.Time, home *time.Location) (exchange.Found, error) {
	if len(in) > MostBytes {
		return exchange.Found{}, problem.New(problem.TooLarge, "exchange.file_large", "max", MostBytes>>20)
	}
	today := partdate.DayOf(now.In(home))
	r := reading{list: exchange.NewList("calendar", today.Date()), now: now, today: today, days: mostDays,
		zones: zones{home: home, named: map[string]*time.Location{}}, moved: map[string][]moment{}}
	if !r.collect([]byte(strings.TrimPrefix(string(in), "\uFEFF"))) {
		return exchange.Found{}, problem.New(problem.Invalid, "exchange.calendar_other")
	}
	for _, e := range r.events {
		r.take(e)
	}
	if r.future > 0 {
		r.list.Skip(exchange.Place{}, "exchange.skipped_future", "count", r.future)
	}
	return r.list.Found(), nil
}

// event is a VEVENT as it stands.
type event struct {
	line       int
	uid, title string
	start      *moment
	startText  string
	end        *moment
	lasts      *time.Duration
	rules      []string
	zone       string
	excluded   []moment
	added      []moment
	replaces   *moment // which repetition of the event of the same UID
	cancelled  bool
}

// reading is a calendar while it is read.
type reading struct {
	list   *exchange.List
	now    time.Time
	today  partdate.Days
	zones  zones
	events []event
	moved  map[string][]moment // by UID, the repetitions that have an event of their own
	future int
	days   int // that may still be looked at
}

// collect reads the events of a file, and reports whether it is a calendar.
func (r *reading) collect(in []byte) (calendar bool) {
	var open []string
	var e *event
	others := map[string]int{}
	for p := range properties(in) {
		value := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case p.name == "BEGIN":
			calendar = calendar || value == "VCALENDAR"
			if len(open) < 100 {
				open = append(open, value)
			}
			switch value {
			case "VEVENT":
				e = &event{line: p.line}
			case "VTODO", "VJOURNAL":
				others[value]++
			}
		case p.name == "END":
			if value == "VEVENT" && e != nil && !r.keep(*e) {
				return calendar
			}
			if value == "VEVENT" {
				e = nil
			}
			if at := lastOf(open, value); at >= 0 {
				open = open[:at]
			}
		case e != nil && len(open) > 0 && open[len(open)-1] == "VEVENT":
			r.property(e, p)
		}
	}
	if e != nil {
		r.list.Skip(exchange.Place{Row: e.line}, "exchange.skipped_incomplete")
	}
	for _, name := range []string{"VTODO", "VJOURNAL"} {
		if others[name] > 0 {
			r.list.Skip(exchange.Place{Part: name}, "exchange.skipped_no_events", "count", others[name])
		}
	}
	return calendar
}

func lastOf(open []string, name string) int {
	for i, one := range slices.Backward(open) {
		if one == name {
			return i
		}
	}
	return -1
}

// keep adds an event to those that are read; false when there are too many.
func (r *reading) keep(e event) bool {
	if len(r.events) == MostEvents {
		r.list.Skip(exchange.Place{Row: e.line}, "exchange.skipped_events", "max", MostEvents)
		return false
	}
	if e.replaces != nil && e.uid != "" {
		r.moved[e.uid] = append(r.moved[e.uid], *e.replaces)
	}
	r.events = append(r.events, e)
	return true
}

// property takes what is needed of an event.
func (r *reading) property(e *event, p property) {
	zone := p.params["TZID"]
	switch p.name {
	case "UID":
		e.uid = p.value
	case "SUMMARY":
		e.title = p.text()
	case "STATUS":
		e.cancelled = strings.EqualFold(strings.TrimSpace(p.value), "CANCELLED")
	case "DTSTART":
		e.startText, e.zone = p.value, zone
		if m, ok := r.zones.moment(p.value, zone); ok {
			e.start = &m
		}
	case "DTEND":
		if m, ok := r.zones.moment(p.value, zone); ok {
			e.end = &m
		}
	case "DURATION":
		if d, ok := durationOf(p.value); ok {
			e.lasts = &d
		}
	case "RRULE":
		e.rules = append(e.rules, p.value)
	case "EXDATE":
		e.excluded = append(e.excluded, r.zones.moments(p)...)
	case "RDATE":
		e.added = append(e.added, r.zones.moments(p)...)
	case "RECURRENCE-ID":
		if m, ok := r.zones.moment(p.value, zone); ok {
			e.replaces = &m
		}
	}
}

// take puts an event into the list, at each time it was.
func (r *reading) take(e event) {
	at := exchange.Place{Row: e.line}
	title, cut := exchange.Line(e.title, exchange.MostTitle)
	switch {
	case e.cancelled:
		r.list.Skip(at, "exchange.skipped_cancelled", "title", title)
		return
	case e.start == nil && e.startText == "":
		r.list.Skip(at, "exchange.skipped_no_time", "title", title)
		return
	case e.start == nil:
		r.list.Skip(at, "exchange.skipped_date", "title", title, "date", e.startText)
		return
	case r.comes(*e.start):
		r.future++
		return
	case title == "":
		r.list.Skip(at, "exchange.skipped_untitled")
		return
	}
	minutes, notes := e.minutes()
	if cut {
		notes = append(notes, problem.Message{Key: "exchange.note_cut", Args: []any{"max", exchange.MostTitle}})
	}
	times := r.times(at, e, title)
	if earlier := len(times) - MostRepeats; earlier > 0 {
		r.list.Skip(at, "exchange.skipped_repeats", "title", title, "count", earlier)
		times = times[earlier:]
	}
	for _, m := range times {
		r.list.AddEntry(at, exchange.Moment{Kind: paths.Event, Date: exchange.Date{Date: m.day.Date()}, Text: title, Minutes: minutes, Notes: notes})
	}
}

// comes reports a moment that is still to come.
func (r *reading) comes(m moment) bool {
	if m.allDay {
		return m.day > r.today
	}
	return m.at().After(r.now)
}

// minutes are how long an event is, where that can be told: of one over several days
// nobody knows how many hours were spent there.
func (e event) minutes() (minutes int, notes []problem.Message) {
	var lasts time.Duration
	switch {
	case e.start.allDay:
		return 0, nil
	case e.end != nil && !e.end.allDay:
		lasts = e.end.at().Sub(e.start.at())
	case e.lasts != nil:
		lasts = *e.lasts
	}
	if lasts > 24*time.Hour {
		return 0, []problem.Message{{Key: "exchange.note_days"}}
	}
	return max(0, int(lasts/time.Minute)), nil
}

// times are those at which an event was, in their order.
func (r *reading) times(at exchange.Place, e event, title string) []moment {
	all := []moment{*e.start}
	last := r.today + 1 // west of home it is a day earlier, east a day later
	for _, text := range e.rules {
		rule, ok := r.zones.ruleOf(text, e.zone)
		end := last
		if rule.until != nil {
			end = min(last, rule.until.day+1)
		}
		days := max(0, int(end-e.start.day)) + 2*int(rule.tail())
		switch {
		case !ok || !rule.onceADay(*e.start):
			r.list.Skip(at, "exchange.skipped_rule", "title", title, "rule", text)
		case days > r.days:
			r.list.Skip(at, "exchange.skipped_many_rules", "title", title)
		default:
			r.days -= days
			all = append(all, rule.repeats(*e.start, end)...)
		}
	}
	all = append(all, e.added...)
	away := newMoments(e.excluded)
	if e.replaces == nil {
		away.add(r.moved[e.uid])
	}
	all = slices.DeleteFunc(all, func(m moment) bool { return r.comes(m) || away.has(m) })
	sort.SliceStable(all, func(i, j int) bool {
		return all[i].day < all[j].day || all[i].day == all[j].day && all[i].clock < all[j].clock
	})
	return slices.CompactFunc(all, func(a, b moment) bool { return a.day == b.day && a.at().Equal(b.at()) })
}

// moments are a set of them; one that is a date alone stands for all of its day.
type moments struct {
	instants map[int64]bool
	days     map[partdate.Days]bool
}

func newMoments(all []moment) moments {
	set := moments{map[int64]bool{}, map[partdate.Days]bool{}}
	set.add(all)
	return set
}

func (s moments) add(all []moment) {
	for _, m := range all {
		if m.allDay {
			s.days[m.day] = true
		} else {
			s.instants[m.at().Unix()] = true
		}
	}
}

func (s moments) has(m moment) bool {
	return s.days[m.day] || !m.allDay && s.instants[m.at().Unix()]
}
