package replies

import (
	"net/http"
	"net/url"
	"time"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/replies/decided"
	"waypost/web/shell"
)

// LogView lists what moderators decided, the newest first.
type LogView struct {
	List   []LogRow
	Before string // the line behind which this page begins; empty for the newest
	Next   string // the address of older lines; empty if there are none
}

// LogRow is a decision.
type LogRow struct {
	decided.Done
	What  string // was done, a message key
	From  string // the state it was in, a message key; empty for an answer, which was not there
	By    string // empty for somebody who is gone
	Short string // how the text begins; empty for one that is gone
	First bool   // the first line of what was decided at once
}

var did = map[replies.Act]string{replies.Approve: "desk.log.approve", replies.MarkSpam: "desk.log.spam", replies.Discard: "desk.log.trash", replies.Answered: "desk.log.answer"}

// NewLogRow shows a decision, its times in a zone.
func NewLogRow(x decided.Done, by string, first bool, zone *time.Location) LogRow {
	x.At, x.Undone = x.At.In(zone), in(x.Undone, zone)
	row := LogRow{Done: x, What: did[x.Act], From: tabs[x.Was], By: by, First: first}
	if x.Act == replies.Answered {
		row.From = ""
	}
	if row.Short = x.Body; len([]rune(x.Body)) > quoted {
		row.Short = string([]rune(x.Body)[:quoted]) + "…"
	}
	return row
}

// quoted is how much of a text the log shows.
const quoted = 120

// toldAt is the address of a page of the log that tells what was done, at a line of it.
func toldAt(before, done, line string) string {
	q := url.Values{}
	if before != "" {
		q.Set("before", before)
	}
	q.Set("done", done)
	return (&url.URL{Path: sectionLog, RawQuery: q.Encode(), Fragment: "did-" + line}).String()
}

// log answers GET /desk/replies/log.
func (d *Desk) log(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view LogView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view = LogView{Before: r.URL.Query().Get("before")}
		list, err := decided.Log(tx, shell.ActorOf(r), view.Before, onPage+1)
		if err != nil {
			return err
		}
		if len(list) > onPage {
			list = list[:onPage]
			view.Next = sectionLog + "?" + url.Values{"before": {list[onPage-1].ID}}.Encode()
		}
		people := make([]string, len(list))
		for i, x := range list {
			people[i] = x.AccountID
		}
		names, err := d.Members.NamesByID(tx, people)
		for i, x := range list {
			first := i == 0 || list[i-1].Batch != x.Batch
			view.List = append(view.List, NewLogRow(x, names[x.AccountID], first, settings.Location()))
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/replies-log", sectionLog, view)
}
