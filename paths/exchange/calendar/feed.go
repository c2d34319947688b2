package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/exchange"
)

// What is due on a day.
type What string

// What may be due.
const (
	CheckIn What = "checkin"
	Review  What = "review"
)

// Title is what an event of a feed is called, and nothing else is said of it.
func (w What) Title() problem.Message {
	if w == Review {
		return problem.Message{Key: "exchange.feed_review"}
	}
	return problem.Message{Key: "exchange.feed_checkin"}
}

// Due is a day on which something is.
type Due struct {
	ID   string // of what is due; the same event moves while this stays
	What What
	Day  partdate.Date // known to the day; others are left out
}

// MostDue is how many days a feed has at most: the earliest.
const MostDue = 1000

// Feed writes the days that are due as a calendar (RFC 5545), each as an event of a whole
// day. name is the calendar's, title gives the words of a message, and stamp is when the
// path last changed: the same path gives the same bytes.
func Feed(name string, due []Due, title func(problem.Message) string, stamp time.Time) []byte {
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Waypost//Path//EN")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	w.text("NAME", name)
	w.text("X-WR-CALNAME", name)
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
	due = slices.DeleteFunc(slices.Clone(due), func(d Due) bool { return d.Day.Precision() != partdate.Day })
	sort.SliceStable(due, func(i, j int) bool { return due[i].Day.Compare(due[j].Day) < 0 })
	seen := map[string]bool{}
	for _, d := range due[:min(len(due), MostDue)] {
		uid := d.uid()
		if seen[uid] {
			continue
		}
		seen[uid] = true
		w.line("BEGIN", "VEVENT")
		w.line("UID", uid)
		w.line("DTSTAMP", stamp.UTC().Format("20060102T150405Z"))
		w.line("DTSTART;VALUE=DATE", strings.ReplaceAll(d.Day.String(), "-", ""))
		w.text("SUMMARY", title(d.What.Title()))
		w.line("CLASS", "PRIVATE")
		w.line("TRANSP", "TRANSPARENT")
		w.line("END", "VEVENT")
	}
	w.line("END", "VCALENDAR")
	return []byte(w.out.String())
}

// uid is the same for the same thing, and tells nothing of it.
func (d Due) uid() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "path feed\n%s\n%s", d.What, d.ID))
	return hex.EncodeToString(sum[:16]) + "@path.waypost"
}

// writer writes lines of a calendar.
type writer struct{ out strings.Builder }

var escaping = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`)

// text writes a property whose value is a text.
func (w *writer) text(name, value string) {
	value, _ = exchange.Line(value, exchange.MostTitle)
	w.line(name, escaping.Replace(value))
}

// line writes a property, folded where a line would be longer than 75 octets (3.1), and
// never within a character.
func (w *writer) line(name, value string) {
	line := name + ":" + value
	room := 75
	for len(line) > room {
		at := room
		for !utf8.RuneStart(line[at]) {
			at--
		}
		w.out.WriteString(line[:at] + "\r\n ")
		line, room = line[at:], 74 // after the space
	}
	w.out.WriteString(line + "\r\n")
}
