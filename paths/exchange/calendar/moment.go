package calendar

import (
	"strconv"
	"strings"
	"time"

	"waypost/internal/partdate"
)

// moment is a date, or a date and a time of day in a zone.
type moment struct {
	day    partdate.Days
	clock  time.Duration // since midnight; 0 of a date alone
	zone   *time.Location
	allDay bool
}

// at is the instant; of a date alone its midnight.
func (m moment) at() time.Time {
	date := m.day.Date()
	seconds := int(m.clock / time.Second)
	return time.Date(date.Year(), time.Month(date.Month()), date.Day(), seconds/3600, seconds/60%60, seconds%60, 0, m.zone)
}

// on is the same time of another day.
func (m moment) on(day partdate.Days) moment {
	m.day = day
	return m
}

// zones are the time zones of a calendar, by their names in it.
type zones struct {
	home  *time.Location // of times that name none, or one that nobody knows
	named map[string]*time.Location
}

// mostZones is how many names are looked up; a calendar has a few.
const mostZones = 100

// of finds a zone: "Europe/Berlin", or the same behind a prefix as some programs write it.
func (z *zones) of(name string) *time.Location {
	if name == "" {
		return z.home
	}
	if found, ok := z.named[name]; ok {
		return found
	}
	found := z.home
	if len(z.named) < mostZones && len(name) < 200 {
		parts := strings.Split(strings.Trim(name, "/"), "/")
		for n := range min(len(parts), 3) {
			end := strings.Join(parts[max(0, len(parts)-3+n):], "/")
			if zone, err := time.LoadLocation(end); err == nil && end != "" && end != "Local" {
				found = zone
				break
			}
		}
		z.named[name] = found
	}
	return found
}

// moment reads a value of type DATE or DATE-TIME (RFC 5545, 3.3.4 and 3.3.5).
func (z *zones) moment(value, zone string) (m moment, ok bool) {
	value = strings.ToUpper(strings.TrimSpace(value))
	date, clock, timed := strings.Cut(value, "T")
	m.zone, m.allDay = z.of(zone), !timed
	if len(date) != 8 || strings.Trim(date, "0123456789") != "" {
		return m, false
	}
	day, err := partdate.Parse(date[:4] + "-" + date[4:6] + "-" + date[6:])
	if err != nil {
		return m, false
	}
	m.day = day.First()
	if !timed {
		m.zone = z.home
		return m, true
	}
	if utc, ok := strings.CutSuffix(clock, "Z"); ok {
		clock, m.zone = utc, time.UTC
	}
	if len(clock) == 4 {
		clock += "00"
	}
	if len(clock) != 6 || strings.Trim(clock, "0123456789") != "" {
		return m, false
	}
	n, _ := strconv.Atoi(clock) // six digits
	hour, minute, second := n/10000, n/100%100, n%100
	if hour > 23 || minute > 59 || second > 60 {
		return m, false
	}
	m.clock = time.Duration(hour*3600+minute*60+second) * time.Second
	return m, true
}

// moments reads a list of them, as EXDATE and RDATE have it. Of a period it is the start.
func (z *zones) moments(p property) (all []moment) {
	for value := range strings.SplitSeq(p.value, ",") {
		start, _, _ := strings.Cut(value, "/")
		if m, ok := z.moment(start, p.params["TZID"]); ok {
			all = append(all, m)
		}
		if len(all) == mostMoments {
			break
		}
	}
	return all
}

// mostMoments is how many moments of one line are read.
const mostMoments = 5000

// durationOf reads a value of type DURATION (RFC 5545, 3.3.6), such as P1DT2H.
func durationOf(value string) (d time.Duration, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(value)), "+"), "P")
	units := "WDTHMS"
	for ok && rest != "" {
		end := strings.IndexAny(rest, units)
		if end < 0 {
			return 0, false
		}
		unit := rest[end]
		units = units[strings.IndexByte(units, unit)+1:]
		n, err := strconv.Atoi(rest[:end])
		rest = rest[end+1:]
		if unit == 'T' {
			if end != 0 {
				return 0, false
			}
			continue
		}
		if err != nil || n < 0 || n > 1_000_000 {
			return 0, false
		}
		d += time.Duration(n) * map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}[unit]
	}
	return d, ok
}
