package checkins

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the answers by the keys of their items, without those skipped.
func (a Answers) MarshalJSON() ([]byte, error) {
	answered := make(map[string]int, Items)
	for item, answer := range a {
		if answer != Skipped {
			answered[Item(item).String()] = answer
		}
	}
	return json.Marshal(answered)
}

// UnmarshalJSON reads what MarshalJSON writes. Unknown items and answers that cannot be
// are errors.
func (a *Answers) UnmarshalJSON(text []byte) error {
	var answered map[string]int
	if err := json.Unmarshal(text, &answered); err != nil {
		return err
	}
	var read Answers
	for key, answer := range answered {
		item, ok := ItemOf(key)
		if !ok {
			return fmt.Errorf("%q is no item of a check-in", key)
		}
		if answer < Lowest || answer > Highest {
			return fmt.Errorf("an answer of %d to %s; answers are %d to %d", answer, key, Lowest, Highest)
		}
		read[item] = answer
	}
	*a = read
	return nil
}
