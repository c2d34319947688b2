package labels

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/spam"
)

// Month says how the filter's verdicts of a month did against what moderators decided of
// the same texts.
type Month struct {
	Month      string `json:"month"`       // as "2026-11"
	Decided    int    `json:"decided"`     // labels in all
	Spam       int    `json:"spam"`        // of them spam
	Right      int    `json:"right"`       // the filter had said the same
	Asked      int    `json:"asked"`       // it was unsure and a person was asked
	WrongSpam  int    `json:"wrong_spam"`  // it held for spam what was honest
	WrongShown int    `json:"wrong_shown"` // it let through what was spam
}

func (m *Month) count(verdict spam.Kind, isSpam bool) {
	m.Decided++
	if isSpam {
		m.Spam++
	}
	switch {
	case verdict == spam.Spam && !isSpam:
		m.WrongSpam++
	case verdict == spam.Ham && isSpam:
		m.WrongShown++
	case verdict == spam.Spam, verdict == spam.Ham:
		m.Right++
	default:
		m.Asked++
	}
}

// Months counts the labels that stand, month by month in a zone, the latest first.
func Months(tx *db.Tx, zone *time.Location) ([]Month, error) {
	type one struct {
		at      int64
		verdict spam.Kind
		spam    bool
	}
	list, err := db.List(tx, func(r db.Row) (one, error) {
		var o one
		return o, r.Scan(&o.at, &o.verdict, &o.spam)
	}, `SELECT l.at, l.verdict, l.spam FROM spam_labels l WHERE `+live+` ORDER BY l.at DESC, l.seq DESC`)
	if err != nil {
		return nil, fmt.Errorf("count labels: %w", err)
	}
	var months []Month
	for _, o := range list {
		name := time.UnixMilli(o.at).In(zone).Format("2006-01")
		if len(months) == 0 || months[len(months)-1].Month != name {
			months = append(months, Month{Month: name})
		}
		months[len(months)-1].count(o.verdict, o.spam)
	}
	return months, nil
}
