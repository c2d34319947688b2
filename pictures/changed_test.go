package pictures_test

import (
	"bytes"
	"errors"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/pictures"
)

func TestWhoHearsOfAChangedPicture(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var heard []string
		k.pictures.Changed = func(_ *db.Tx, id string) error {
			heard = append(heard, id)
			return nil
		}
		data := photo(t, 500, 100)
		id := k.add(t, data, "A stage").ID
		tag := pictures.Tag(id)
		for _, c := range []struct {
			step string
			want ground.Effect
			do   func()
		}{
			{"sizes", ground.Stale, func() { k.Work(t) }},
			{"the same again", ground.Fresh, func() { k.add(t, data, "A stage") }},
			{"without words", ground.Fresh, func() { k.add(t, data, "") }},
			{"another alt", ground.Stale, func() { k.add(t, data, "The stage") }},
		} {
			heard = nil
			effect := k.Effects(t, []string{tag}, c.do)
			if told := len(heard) == 1 && heard[0] == id; told != (c.want == ground.Stale) || effect[tag] == ground.Stale != told {
				t.Errorf("%s: heard %v, pages %v", c.step, heard, effect)
			}
		}
		k.pictures.Changed = func(*db.Tx, string) error { return errors.New("no") }
		if _, err := k.pictures.Add(t.Context(), bytes.NewReader(data), "Yet another"); err == nil || k.read(t, id).Alt != "The stage" {
			t.Errorf("a change that was refused: %v, alt %q", err, k.read(t, id).Alt)
		}
	})
}
