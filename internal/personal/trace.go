package personal

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// Trace is an address of which something is held.
type Trace struct {
	Address string    // its key
	Since   time.Time // of the oldest that is held
}

// Traces lists the addresses that a query finds, each with the moment of its oldest row.
func Traces(tx *db.Tx, query string) ([]Trace, error) {
	list, err := db.List(tx, func(r db.Row) (Trace, error) {
		var t Trace
		var since int64
		err := r.Scan(&t.Address, &since)
		t.Since = time.UnixMilli(since)
		return t, err
	}, query)
	if err != nil {
		return nil, fmt.Errorf("list addresses: %w", err)
	}
	return list, nil
}
