package replies_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/replies"
)

// TestModeratorsHearOfWhatWaits: of what waits, and of nothing else.
func TestModeratorsHearOfWhatWaits(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i, c := range []struct {
			text  string
			state replies.State
			waits int
		}{{"perhaps so", replies.Pending, 1}, {"I stayed eleven weeks too.", replies.Published, 0}, {"a casino", replies.Spam, 0}, {"perhaps again", replies.Pending, 1}} {
			k.settle(t, func(c *replies.Settings) { c.Mode = replies.HoldNone })
			heard := k.waited
			if p := k.post(t, draft("one", c.text)); p.State != c.state || k.waited-heard != c.waits {
				t.Errorf("%d: %q is %s, moderators heard %d times", i, c.text, p.State, k.waited-heard)
			}
		}
		shown := k.publish(t, draft("two", "I stayed, too."))
		heard := k.waited
		for i, network := range []string{"192.0.2.1", "192.0.2.1", "192.0.2.2"} { // nobody reports twice
			if _, err := k.Report(t.Context(), shown.ID, network, "unkind"); err != nil || k.waited != heard+[]int{1, 1, 2}[i] {
				t.Errorf("report no. %d: %v, moderators heard %d times", i, err, k.waited-heard)
			}
		}
	})
}

// TestAFloodOfOneText: what stands many times under one story is no longer published.
func TestAFloodOfOneText(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		for n := range 53 {
			d := draft("one", "This very story helped me through the night shift.")
			d.Email = fmt.Sprintf("reader-%d@example.org", n)
			want := replies.Published
			if n >= 50 {
				want = replies.Pending
			}
			if p := k.post(t, d); p.State != want {
				t.Errorf("no. %d is %s, held by %q", n, p.State, p.Held)
			}
		}
	})
}

func TestWhereAReplyGoes(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		known := draft("one", "I stayed eleven weeks too.")
		if p := k.post(t, known); p.State != replies.Pending || p.Held != replies.ByFirst {
			t.Errorf("a first reply is %s, held by %q", p.State, p.Held)
		} else {
			k.decide(t, replies.Approve, p.ID)
		}
		cases := []struct {
			name  string
			mode  replies.Mode
			draft func(*replies.Draft)
			state replies.State
			held  replies.Held
		}{
			{"of somebody known", replies.HoldFirst, func(*replies.Draft) {}, replies.Published, ""},
			{"of somebody new", replies.HoldNone, func(d *replies.Draft) { d.Email = "new@example.org" }, replies.Published, ""},
			{"with a link", replies.HoldLinks, func(d *replies.Draft) { d.Body += " https://library.example" }, replies.Pending, replies.ByLinks},
			{"when all wait", replies.HoldAll, func(*replies.Draft) {}, replies.Pending, replies.ByMode},
			{"taken for spam", replies.HoldNone, func(d *replies.Draft) { d.Body += " casino" }, replies.Spam, replies.ByFilter},
			{"doubted", replies.HoldNone, func(d *replies.Draft) { d.Body += " perhaps" }, replies.Pending, replies.ByDoubt},
			{"in the trap", replies.HoldNone, func(d *replies.Draft) { d.From.Trapped = true }, replies.Spam, replies.ByTrap},
			{"under a member's name", replies.HoldNone, func(d *replies.Draft) { d.Name = "Member ann" }, replies.Pending, replies.ByName},
			{"in haste", replies.HoldNone, func(d *replies.Draft) { d.From.OnForm = time.Second }, replies.Pending, replies.ByHaste},
			{"of a moderator, whatever it says", replies.HoldAll, func(d *replies.Draft) { d.By = moderator; d.Body += " casino" }, replies.Published, ""},
		}
		for _, c := range cases {
			k.settle(t, func(s *replies.Settings) { s.Mode = c.mode })
			d := draft("one", "A text of its own: "+c.name)
			c.draft(&d)
			if p := k.post(t, d); p.State != c.state || p.Held != c.held {
				t.Errorf("%s: %s, held by %q, want %s, %q", c.name, p.State, p.Held, c.state, c.held)
			}
		}
	})
}

func TestAFilterThatFailsLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.broken = true
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		if p := k.post(t, draft("one", "Is anybody there?")); p.State != replies.Pending || p.Held != replies.ByFailure {
			t.Errorf("it is %s, held by %q", p.State, p.Held)
		}
	})
}

// TestTheFilterCatchesUpFirst lets something be decided just before a reply comes, and a
// filter that does not get over it.
func TestTheFilterCatchesUpFirst(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		k.behind.Store(true)
		if p := k.post(t, draft("one", "The first after a decision")); p.State != replies.Published || k.behind.Load() {
			t.Errorf("it is %s, held by %q; the filter is behind: %v", p.State, p.Held, k.behind.Load())
		}
		k.behind.Store(true)
		k.Ready = func(context.Context) error { return nil } // somebody else sees to it
		if p := k.post(t, draft("one", "The second after a decision")); p.State != replies.Published {
			t.Errorf("while the filter catches up it is %s, held by %q", p.State, p.Held)
		}
		k.Ready = func(context.Context) error { return errors.New("a label is damaged") }
		if p := k.post(t, draft("one", "The third after a decision")); p.State != replies.Pending || p.Held != replies.ByFailure {
			t.Errorf("where the filter cannot catch up it is %s, held by %q", p.State, p.Held)
		}
	})
}

func TestWhatIsWrongWithAReply(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for want, change := range map[string]func(*replies.Draft){
			"name":  func(d *replies.Draft) { d.Name = " " },
			"email": func(d *replies.Draft) { d.Email = "priya at home" },
			"body":  func(d *replies.Draft) { d.Body = " \r\n " },
		} {
			d := draft("one", "A text")
			change(&d)
			_, err := k.Post(t.Context(), d)
			var p *problem.Problem
			if !errors.As(err, &p) || p.Kind != problem.Invalid || len(p.Fields) != 1 || p.Fields[0].Name != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		d := draft("one", "It was me who wrote that.")
		d.Name = "Adaeze Whitlock"
		if _, err := k.Post(t.Context(), d); !problem.Is(err, problem.Invalid) {
			t.Errorf("a borrowed name: %v", err)
		}
		if _, err := k.Post(t.Context(), draft("nowhere", "A text")); !problem.Is(err, problem.NotFound) {
			t.Errorf("to no story: %v", err)
		}
		d = draft("one", "An answer")
		d.ParentID = "nothing"
		if _, err := k.Post(t.Context(), d); !problem.Is(err, problem.Conflict) {
			t.Errorf("to no reply: %v", err)
		}
		p := k.publish(t, draft("two", "Under another story"))
		d.ParentID = p.ID
		if _, err := k.Post(t.Context(), d); !problem.Is(err, problem.Conflict) {
			t.Errorf("to a reply of another story: %v", err)
		}
	})
}

func TestTheSameTwiceIsOneReply(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		first := k.post(t, draft("one", "Thank you  for this."))
		again := k.post(t, draft("one", "Thank you for this.\r\n"))
		if !again.Again || again.ID != first.ID {
			t.Errorf("sent again it is %s, not %s", again.ID, first.ID)
		}
		other := draft("one", "Thank you for this.")
		other.Email = "ben@example.org"
		if p := k.post(t, other); p.Again {
			t.Error("the same words of somebody else are taken for the same reply")
		}
		var all sync.WaitGroup
		ids := make([]string, 8)
		for i := range ids {
			all.Go(func() {
				p, err := k.Post(t.Context(), draft("two", "All at the same moment."))
				if err != nil {
					t.Error(err)
				}
				ids[i] = p.ID
			})
		}
		all.Wait()
		if slices.Sort(ids); ids[0] != ids[len(ids)-1] {
			t.Errorf("sent at the same moment it is several: %v", ids)
		}
	})
}

func TestPagesFollowAReply(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		tags := []string{replies.Tag("one"), replies.Tag("two"), replies.TagLatest}
		var p replies.Posted
		if got := k.Effects(t, tags, func() { p = k.post(t, draft("one", "It waits.")) }); len(got) != 0 {
			t.Errorf("what waits changes pages: %v", got)
		}
		stale := map[string]ground.Effect{replies.Tag("one"): ground.Stale, replies.TagLatest: ground.Stale}
		if got := k.Effects(t, tags, func() { k.decide(t, replies.Approve, p.ID) }); !maps.Equal(got, stale) {
			t.Errorf("approved: %v", got)
		}
		gone := map[string]ground.Effect{replies.Tag("one"): ground.Forgotten, replies.TagLatest: ground.Forgotten}
		if got := k.Effects(t, tags, func() { k.decide(t, replies.MarkSpam, p.ID) }); !maps.Equal(got, gone) {
			t.Errorf("taken away: %v", got)
		}
	})
}

// TestWhoSendsTooMuchCostsLittle: nothing is made of a text that is refused anyway, while
// all who write wait.
func TestWhoSendsTooMuchCostsLittle(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Rates = replies.Rates{Address: limits.Rate{Burst: 1, Every: time.Minute}}
		k.post(t, draft("one", "First"))
		k.Render = func(*db.Tx, string, string) (replies.Rendered, error) {
			t.Error("a text is rendered")
			return replies.Rendered{}, nil
		}
		if _, err := k.Post(t.Context(), draft("one", "Second")); !problem.Is(err, problem.TooMany) {
			t.Errorf("a second of one address: %v", err)
		}
		if err := k.Close(t.Context(), moderator, "two", true); err != nil {
			t.Fatal(err)
		}
		other := draft("two", "Third")
		other.Email = "ben@example.org"
		if _, err := k.Post(t.Context(), other); !problem.Is(err, problem.Conflict) {
			t.Errorf("a reply to a closed story: %v", err)
		}
		if p, err := k.Post(t.Context(), draft("one", "First")); err != nil || !p.Again {
			t.Errorf("what was sent twice: %+v, %v", p, err)
		}
	})
}

func TestRates(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Rates = replies.Rates{Address: limits.Rate{Burst: 2, Every: time.Minute}, Network: limits.Rate{Burst: 3, Every: time.Minute}}
		k.post(t, draft("one", "First"))
		k.post(t, draft("one", "Second"))
		_, err := k.Post(t.Context(), draft("one", "Third"))
		if !problem.Is(err, problem.TooMany) {
			t.Errorf("a third of one address: %v", err)
		}
		other := draft("one", "Third")
		other.Email = "ben@example.org"
		k.post(t, other)
		other.Email, other.Body = "cora@example.org", "Fourth"
		if _, err := k.Post(t.Context(), other); !problem.Is(err, problem.TooMany) {
			t.Errorf("a fourth of one network: %v", err)
		}
		k.Ground.Clock.Advance(time.Hour)
		k.post(t, other)
	})
}

func TestACampaign(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		text := "Read all about it at my wonderful new place of business."
		want := []replies.State{replies.Published, replies.Pending, replies.Pending, replies.Spam}
		for i, story := range []string{"one", "two", "three", "four"} {
			d := draft(story, strings.Replace(text, "wonderful", "w0nderful", i%2))
			d.Email = story + "@example.org"
			if p := k.post(t, d); p.State != want[i] {
				t.Errorf("under %s it is %s, held by %q, want %s", story, p.State, p.Held, want[i])
			}
		}
	})
}

func TestAWave(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		for i := range 20 {
			d := draft("one", "casino "+strings.Repeat("x", i))
			d.Email = strings.Repeat("y", i+1) + "@example.org"
			k.post(t, d)
		}
		if p := k.post(t, draft("two", "An honest word in the middle of it.")); p.State != replies.Pending || p.Held != replies.ByWave {
			t.Errorf("in a wave it is %s, held by %q", p.State, p.Held)
		}
		k.View(t, func(tx *db.Tx) error {
			n, err := k.Ground.Jobs.Waiting(tx, replies.JobWave)
			if n != 1 {
				t.Errorf("the wave is told %d times", n)
			}
			return err
		})
		k.Ground.Clock.Advance(time.Hour)
		if p := k.post(t, draft("three", "An honest word after it.")); p.State != replies.Published {
			t.Errorf("after the wave it is %s, held by %q", p.State, p.Held)
		}
	})
}

func TestAStoryCloses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.CloseDays = 14 })
		k.post(t, draft("one", "In time."))
		k.Ground.Clock.Advance(5 * 24 * time.Hour)
		if _, err := k.Post(t.Context(), draft("one", "Too late.")); !problem.Is(err, problem.Conflict) {
			t.Errorf("a story that is too old: %v", err)
		}
		k.settle(t, func(s *replies.Settings) { s.CloseDays = 0 })
		if err := k.Close(t.Context(), moderator, "one", true); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Post(t.Context(), draft("one", "It is closed.")); !problem.Is(err, problem.Conflict) {
			t.Errorf("a story closed by hand: %v", err)
		}
		if err := k.Close(t.Context(), ann, "one", false); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a member opens it: %v", err)
		}
		if err := k.Close(t.Context(), moderator, "one", false); err != nil {
			t.Fatal(err)
		}
		k.post(t, draft("one", "It is open again."))
	})
}
