package decisions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// written is a decision as files have it. What a result adds is passed over.
type written struct {
	ID      json.RawMessage `json:"id"`
	Ranks   [][]string      `json:"criteria_rank_groups"`
	Options []struct {
		Name    string               `json:"name"`
		Scores  map[string][]float64 `json:"scores"`
		Fails   []string             `json:"fails_must_have"`
		Unknown []string             `json:"unknown_must_have"`
	} `json:"options"`

	Central  json.RawMessage `json:"central_weights"`
	Expected json.RawMessage `json:"expected"`
	Draws    json.RawMessage `json:"reference_draws"`
}

// Parse reads a decision from JSON: "id", a string or a number;
// "criteria_rank_groups", lists of criteria from the rank that matters most on;
// and "options" with "name", "scores" (low, likely and high by criterion) and
// perhaps "fails_must_have" and "unknown_must_have" (lists of words). What a
// result adds ("central_weights", "expected", "reference_draws") is passed over;
// other names, and a decision that is not sound, are errors.
func Parse(in []byte) (Decision, error) {
	var w written
	read := json.NewDecoder(bytes.NewReader(in))
	read.DisallowUnknownFields()
	if err := read.Decode(&w); err != nil {
		return Decision{}, fmt.Errorf("not a decision as JSON: %w", err)
	}
	if _, err := read.Token(); err != io.EOF {
		return Decision{}, errors.New("not a decision as JSON: something follows it")
	}
	d := Decision{Ranks: w.Ranks}
	var number json.Number
	if json.Unmarshal(w.ID, &d.ID) != nil {
		if json.Unmarshal(w.ID, &number) != nil {
			return Decision{}, errors.New("\"id\" is a string or a number")
		}
		d.ID = number.String()
	}
	for _, o := range w.Options {
		option := Option{Name: o.Name, Scores: map[string]Score{}, Fails: o.Fails, Unknown: o.Unknown}
		for _, criterion := range slices.Sorted(maps.Keys(o.Scores)) {
			s := o.Scores[criterion]
			if len(s) != 3 {
				return Decision{}, fmt.Errorf("option %q: the score for %q is not low, likely and high", o.Name, criterion)
			}
			option.Scores[criterion] = Score{Low: s[0], Likely: s[1], High: s[2]}
		}
		d.Options = append(d.Options, option)
	}
	if err := d.Check(); err != nil {
		return Decision{}, err
	}
	return d, nil
}
