package dev

import (
	"net/http"
	"time"

	"waypost/web/kit"
)

// ClockView is the page of the program's clock.
type ClockView struct {
	Now   time.Time
	Ahead time.Duration
	Typed string
	Fault string
}

// clock answers GET /_dev/clock.
func (d *Dev) clock(w http.ResponseWriter, r *http.Request) error {
	return d.showClock(w, r, http.StatusOK, ClockView{Typed: "36h"})
}

func (d *Dev) showClock(w http.ResponseWriter, r *http.Request, status int, view ClockView) error {
	view.Now, view.Ahead = d.Clock.Now().UTC(), d.Clock.Ahead()
	return d.show(w, r, status, "dev/clock", Layout{"Clock", view})
}

// farthest is how far the clock may be moved at once: further ahead a date may have
// no form that pages can show.
const farthest = 10 * 366 * 24 * time.Hour

// moveClock answers POST /_dev/clock: it moves the clock, or takes it back, and then
// what is due is done.
func (d *Dev) moveClock(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	typed := kit.Line(r, "by")
	by, err := time.ParseDuration(typed)
	switch {
	case typed == "":
		d.Clock.Back()
	case err != nil || by <= 0 || by > farthest || d.Clock.Ahead()+by > 10*farthest:
		return d.showClock(w, r, http.StatusUnprocessableEntity, ClockView{Typed: typed,
			Fault: "That is no time to go forward by. Write it as 36h or 1h30m; ten years are the most at once."})
	default:
		d.Clock.Forward(by)
	}
	if _, err := d.Work(r.Context()); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/_dev/clock")
}
