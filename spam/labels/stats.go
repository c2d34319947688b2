package labels

import (
	"fmt"
	"strings"
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
	WrongShown int    `json:"wrong_shown"` // it saw nothing wrong with what was spam
}

func (m *Month) count(verdict spam.Kind, isSpam bool, n int) {
	m.Decided += n
	if isSpam {
		m.Spam += n
	}
	switch {
	case verdict == spam.Spam && !isSpam:
		m.WrongSpam += n
	case verdict == spam.Ham && isSpam:
		m.WrongShown += n
	case verdict == spam.Spam, verdict == spam.Ham:
		m.Right += n
	default:
		m.Asked += n
	}
}

// Months counts the labels that stand, month by month in a zone from the last that has any
// to the first.
func Months(tx *db.Tx, zone *time.Location) ([]Month, error) {
	first, last, err := span(tx)
	if err != nil || last == 0 {
		return nil, err
	}
	var list []Month
	var which strings.Builder // of them a label belongs to
	var begins []any
	for at := time.UnixMilli(last).In(zone); ; at = at.AddDate(0, 0, -1) {
		at = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, zone)
		list, begins = append(list, Month{Month: at.Format("2006-01")}), append(begins, at.UnixMilli())
		fmt.Fprintf(&which, " WHEN l.at >= $%d THEN %d", len(begins), len(begins)-1)
		if at.UnixMilli() <= first {
			break
		}
	}
	_, err = db.List(tx, func(r db.Row) (none struct{}, err error) {
		var month, n int
		var verdict spam.Kind
		var isSpam bool
		if err = r.Scan(&month, &verdict, &isSpam, &n); err == nil {
			list[month].count(verdict, isSpam, n)
		}
		return none, err
	}, `SELECT month, verdict, spam, count(*) FROM (SELECT CASE`+which.String()+` END AS month, l.verdict, l.spam FROM spam_labels l WHERE `+live+`) AS standing
		GROUP BY month, verdict, spam`, begins...)
	if err != nil {
		return nil, fmt.Errorf("count labels: %w", err)
	}
	return list, nil
}

// span is when the first and the last of the labels that stand were given; zero for none.
func span(tx *db.Tx) (first, last int64, err error) {
	err = tx.QueryRow(`SELECT coalesce(min(l.at), 0), coalesce(max(l.at), 0) FROM spam_labels l WHERE `+live).Scan(&first, &last)
	if err != nil {
		return 0, 0, fmt.Errorf("look when labels were given: %w", err)
	}
	return first, last, nil
}
