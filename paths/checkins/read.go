package checkins

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"waypost/internal/partdate"
)

// written is a check-in as files have it; null is a skipped item.
type written struct {
	Date      partdate.Date `json:"date"`
	Learning  *int          `json:"learning"`
	Growth    *int          `json:"growth"`
	Belonging *int          `json:"belonging"`
	Workload  *int          `json:"workload"`
	Pay       *int          `json:"pay"`
	Happiness *int          `json:"happiness"`
	Goal      *int          `json:"goal"`
}

// Parse reads the check-ins of one step from JSON: an object whose "checkins" is
// a list of objects with "date" (a day, as 2026-11-29) and the items by their
// keys (1 to 5; null or absent where skipped). Beside it "id" and "cadence_days"
// may stand. Unknown names, answers that cannot be and days that do not rise are
// errors.
func Parse(in []byte) ([]CheckIn, error) {
	var step struct {
		ID       json.RawMessage `json:"id"`
		Cadence  json.RawMessage `json:"cadence_days"`
		CheckIns []written       `json:"checkins"`
	}
	read := json.NewDecoder(bytes.NewReader(in))
	read.DisallowUnknownFields()
	if err := read.Decode(&step); err != nil {
		return nil, fmt.Errorf("not check-ins as JSON: %w", err)
	}
	if _, err := read.Token(); err != io.EOF {
		return nil, errors.New("not check-ins as JSON: something follows them")
	}
	if step.CheckIns == nil {
		return nil, errors.New("check-ins are a list named \"checkins\"")
	}
	all := make([]CheckIn, len(step.CheckIns))
	for i, w := range step.CheckIns {
		if w.Date.Precision() != partdate.Day {
			return nil, fmt.Errorf("check-in %d has no \"date\" that is a day, such as 2026-11-29", i+1)
		}
		all[i].Day = w.Date.First()
		for item, answer := range [Items]*int{w.Learning, w.Growth, w.Belonging, w.Workload, w.Pay, w.Happiness, w.Goal} {
			switch {
			case answer == nil:
			case *answer == Skipped:
				return nil, fmt.Errorf("check-in %d answers 0 to %s; answers are %d to %d, and null skips", i+1, Item(item), Lowest, Highest)
			default:
				all[i].Answers[item] = *answer
			}
		}
	}
	if err := Check(all); err != nil {
		return nil, err
	}
	return all, nil
}
