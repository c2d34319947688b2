package app_test

import (
	"testing"

	"waypost/internal/testkit/site"
)

// TestAPictureThatCannotBeLookedUp is not taken for one that is missing: the text would
// be stored without it.
func TestAPictureThatCannotBeLookedUp(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	picture := site.Rows[string](s, `SELECT id || extension FROM pictures ORDER BY id LIMIT 1`)[0]
	form := newStory(s, s.SignIn(), "With a picture", "![Colours](/media/"+picture+")")
	alter(t, s, `ALTER TABLE picture_sizes RENAME TO picture_sizes_away`)
	form.Send("save")
	if n := site.Rows[int](s, `SELECT count(*) FROM stories WHERE title = 'With a picture'`)[0]; n != 0 {
		t.Error("it was saved without its picture")
	}
}
