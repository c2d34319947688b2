package replies

import (
	"net/http"
	"time"

	"waypost/internal/db"
	"waypost/spam/labels"
)

// FilterView says how the filter did, month by month.
type FilterView struct {
	Months []FilterMonth // the latest first
	Unread int           // decisions that do not count until the model is made anew
}

// FilterMonth is a month's line and its bar of the picture.
type FilterMonth struct {
	labels.Month
	Begin time.Time
	X     int   // where its bar begins in the picture
	Bars  []Bar // by what the filter had said, one above the other
}

// Bar is a part of a month's bar: where it begins and how high it is, in a picture that is
// barsHigh high.
type Bar struct {
	Y, Height int
	Fill      string // tells the parts apart without colours: as SVG says it
}

const (
	barsHigh   = 120
	leastHigh  = 4  // of a part, so that it is seen: two of them are added to a bar at most
	barStep    = 30 // from one month to the next
	mostMonths = 24
)

// NewFilterView draws months.
func NewFilterView(months []labels.Month) FilterView {
	months = months[:min(len(months), mostMonths)]
	most := 1
	for _, m := range months {
		most = max(most, m.Decided)
	}
	var view FilterView
	for i, m := range months {
		begin, _ := time.Parse("2006-01", m.Month)
		month := FilterMonth{Month: m, Begin: begin, X: (len(months) - 1 - i) * barStep}
		top := barsHigh
		for _, part := range []struct {
			n    int
			fill string
		}{{m.Right, "none"}, {m.Asked, "url(#asked)"}, {m.WrongSpam + m.WrongShown, "currentColor"}} {
			if part.n == 0 {
				continue
			}
			height := max(leastHigh, part.n*(barsHigh-2*leastHigh)/most)
			top -= height
			month.Bars = append(month.Bars, Bar{top, height, part.fill})
		}
		view.Months = append(view.Months, month)
	}
	return view
}

// Width is how wide the picture is.
func (v FilterView) Width() int { return len(v.Months) * barStep }

// filter answers GET /desk/replies/filter.
func (d *Desk) filter(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view FilterView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		months, err := labels.Months(tx, settings.Location())
		if err != nil {
			return err
		}
		view = NewFilterView(months)
		view.Unread, err = labels.Unread(tx)
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/replies-filter", "/desk/replies/filter", view)
}
