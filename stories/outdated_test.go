package stories_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/stories"
)

// renderer stands for one whose version and whose words a test changes. The pictures
// of a text are the words that begin with "pic-".
type renderer struct {
	version int64
	says    string
	during  func() // called while it renders
}

func (k *kit) rendersWith(r *renderer) {
	k.Stories.Renderer = func(*db.Tx) (int64, error) { return r.version, nil }
	k.Stories.Render = func(_ *db.Tx, _ stories.Format, body, _, _ string) (stories.Rendered, error) {
		out := stories.Rendered{HTML: r.says + " " + body, By: r.version}
		for word := range strings.FieldsSeq(body) {
			if strings.HasPrefix(word, "pic-") {
				out.Pictures = append(out.Pictures, word)
			}
		}
		if r.during != nil {
			r.during()
		}
		return out, nil
	}
}

// outdated counts the stored texts that are not of a version.
func (k *kit) outdated(t testing.TB, version int64) (n int) {
	t.Helper()
	k.View(t, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM story_texts WHERE renderer <> $1`, version).Scan(&n)
	})
	return n
}

func (k *kit) stored(t testing.TB, st stories.Story) (html string) {
	t.Helper()
	k.View(t, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT rendered FROM story_texts WHERE story_id = $1`, st.ID).Scan(&html)
	})
	return html
}

func TestWhatAnEarlierRendererMadeIsStoredAnew(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := &renderer{version: 1, says: "old"}
		k.rendersWith(r)
		ann := k.author(t, "Ann")
		st := k.publish(t, content("Read", ann))
		for i := range 120 {
			k.create(t, content(fmt.Sprintf("Draft %d", i), ann))
		}
		k.Work(t)
		renew := func() {
			k.Update(t, k.Stories.Renew)
			k.Work(t)
		}
		if n := k.outdated(t, 1); n != 0 {
			t.Fatalf("%d are outdated from the start", n)
		}
		tags := []string{stories.TagStory(st.ID)}
		r.version = 2
		if effect := k.Effects(t, tags, renew); len(effect) != 0 || k.outdated(t, 2) != 0 {
			t.Errorf("the same words again: pages %v, %d outdated", effect, k.outdated(t, 2))
		}
		r.version, r.says = 3, "new"
		if effect := k.Effects(t, tags, renew); effect[tags[0]] != ground.Stale || k.outdated(t, 3) != 0 {
			t.Errorf("other words: pages %v, %d outdated", effect, k.outdated(t, 3))
		}
		if got, now := k.stored(t, st), k.byID(t, st.ID); !strings.HasPrefix(got, "new ") || now.Version != st.Version {
			t.Errorf("stored %q at version %d, want it new at version %d", got, now.Version, st.Version)
		}
	})
}

func TestAChangedPictureMarksWhoShowsIt(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := &renderer{version: 1, says: "small"}
		k.rendersWith(r)
		ann := k.author(t, "Ann")
		with, without := content("With", ann), content("Without", ann)
		with.Body = "pic-a and pic-b and pic-a"
		shows, other := k.publish(t, with), k.publish(t, without)
		k.Work(t)
		if n := k.outdated(t, 1); n != 0 {
			t.Errorf("%d are outdated after their first job", n)
		}
		if got := k.text(t, shows.ID).Rendered.Pictures; fmt.Sprint(got) != "[pic-a pic-b]" {
			t.Errorf("pictures %v", got)
		}
		r.says = "large"
		changed := func(id string) { k.Update(t, func(tx *db.Tx) error { return k.Stories.PictureChanged(tx, id) }) }
		changed("pic-a")
		if n := k.outdated(t, 1); n != 1 {
			t.Errorf("%d are marked, want the one that shows it", n)
		}
		if got := k.text(t, shows.ID).Rendered.HTML; !strings.HasPrefix(got, "large") {
			t.Errorf("read before the job: %q", got)
		}
		k.Work(t)
		if !strings.HasPrefix(k.stored(t, shows), "large") || !strings.HasPrefix(k.stored(t, other), "small") {
			t.Errorf("stored %q and %q", k.stored(t, shows), k.stored(t, other))
		}
		k.edit(t, shows, func(c *stories.Content) { c.Body = "pic-b" })
		k.Work(t)
		changed("pic-a")
		if n := k.outdated(t, 1); n != 0 {
			t.Errorf("%d are marked for a picture that none shows any more", n)
		}
	})
}

// TestABrokenTextHoldsUpNoOther has more texts that cannot be rendered than one job
// takes, before one that can.
func TestABrokenTextHoldsUpNoOther(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := &renderer{version: 1, says: "old"}
		k.rendersWith(r)
		ann := k.author(t, "Ann")
		var broken stories.Story
		for i := range 55 {
			c := content(fmt.Sprintf("Broken %d", i), ann)
			c.Body = "broken"
			broken = k.create(t, c)
		}
		sound := k.publish(t, content("Sound", ann))
		k.Work(t)
		render := k.Stories.Render
		k.Stories.Render = func(tx *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
			if body == "broken" {
				return stories.Rendered{}, errors.New("cannot be rendered")
			}
			return render(tx, f, body, language, prefix)
		}
		r.version, r.says = 2, "new"
		k.Update(t, k.Stories.Renew)
		k.Work(t)
		if !strings.HasPrefix(k.stored(t, sound), "new") || !strings.HasPrefix(k.stored(t, broken), "old") || k.outdated(t, 2) != 55 {
			t.Errorf("stored %q and %q, %d outdated", k.stored(t, sound), k.stored(t, broken), k.outdated(t, 2))
		}
	})
}

// TestAChangeWhileRenderingIsNotLost changes a picture, and saves, while the job has
// read the text and not yet stored it.
func TestAChangeWhileRenderingIsNotLost(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := &renderer{version: 1, says: "first"}
		k.rendersWith(r)
		c := content("With", k.author(t, "Ann"))
		c.Body = "pic-a"
		st := k.publish(t, c)
		var wrong error
		once := func(change func() error) {
			r.during = func() {
				r.during = nil
				wrong = errors.Join(wrong, change())
			}
		}
		once(func() error {
			r.says = "second"
			return k.DB.Update(t.Context(), func(tx *db.Tx) error { return k.Stories.PictureChanged(tx, "pic-a") })
		})
		k.Work(t)
		if got := k.stored(t, st); got != "second pic-a" || wrong != nil || k.outdated(t, 1) != 0 {
			t.Errorf("a picture changed meanwhile: %q, %v, %d outdated", got, wrong, k.outdated(t, 1))
		}
		k.Update(t, func(tx *db.Tx) error { return k.Stories.PictureChanged(tx, "pic-a") })
		once(func() error {
			c.Body = "saved pic-a"
			_, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, c)
			return err
		})
		k.Work(t)
		if got := k.stored(t, st); got != "second saved pic-a" || wrong != nil || k.outdated(t, 1) != 0 {
			t.Errorf("saved meanwhile: %q, %v, %d outdated", got, wrong, k.outdated(t, 1))
		}
	})
}
