//go:build linux

package soak

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
)

// order is what a writing child is asked to do: write until it is killed.
type order struct {
	Place   site.Place
	Writers int // of stories, and as many of replies
}

// entry is a line of the ledger: a version of a story or a reply that was acknowledged,
// or why one was refused.
type entry struct {
	Story   string `json:"story,omitempty"`
	Version int64  `json:"version,omitempty"`
	Reply   string `json:"reply,omitempty"`
	At      int64  `json:"at"` // when it was acknowledged, in nanoseconds
	Refused string `json:"refused,omitempty"`
}

// afterRefusal is how long a writer waits that was refused.
const afterRefusal = 20 * time.Millisecond

// Write is the role of a child that writes stories and replies as fast as it can and says
// so of each one that was acknowledged, and of none before.
func Write(ctx context.Context, in *json.Decoder, out *json.Encoder) error {
	var o order
	if err := in.Decode(&o); err != nil {
		return err
	}
	s, err := site.Open(ctx, o.Place, nil)
	if err != nil {
		return err
	}
	texts, err := s.Writer(ctx, site.Length{Paragraphs: 3, Words: 75})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	story, err := answered(ctx, s)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	go s.Run(ctx)
	var mu sync.Mutex
	tell := func(e entry) error {
		mu.Lock()
		defer mu.Unlock()
		e.At = time.Now().UnixNano()
		return out.Encode(e)
	}
	next := func() stories.Content {
		mu.Lock()
		defer mu.Unlock()
		c := texts.Next()
		c.Slug = "soak-" + strings.ToLower(rand.Text())
		return c
	}
	var wg sync.WaitGroup
	errs := make([]error, 2*o.Writers)
	for i := range o.Writers {
		wg.Go(func() { errs[i] = write(ctx, s, next, tell) })
		wg.Go(func() { errs[o.Writers+i] = reply(ctx, s, story, tell) })
	}
	wg.Wait()
	return errors.Join(append(errs, s.Close())...)
}

// write makes one story after the other: created, published, saved once more.
func write(ctx context.Context, s *site.Site, next func() stories.Content, tell func(entry) error) error {
	for ctx.Err() == nil {
		c := next()
		st, err := s.Stories.Create(ctx, members.Console(), c)
		for _, then := range []func() (stories.Story, error){
			func() (stories.Story, error) { return st, err },
			func() (stories.Story, error) {
				return s.Stories.Do(ctx, members.Console(), stories.Publish, st.ID, st.Version, time.Time{})
			},
			func() (stories.Story, error) {
				return s.Stories.Save(ctx, members.Console(), st.ID, st.Version, c)
			},
		} {
			if st, err = then(); err != nil {
				if told := refused(err, tell); told != nil {
					return told
				}
				break
			}
			if err := tell(entry{Story: st.ID, Version: st.Version}); err != nil {
				return err
			}
		}
	}
	return nil
}

func refused(err error, tell func(entry) error) error {
	time.Sleep(afterRefusal)
	return tell(entry{Refused: err.Error()})
}

// answered lets everybody reply as often as they like, and chooses the story they reply to.
func answered(ctx context.Context, s *site.Site) (id string, err error) {
	s.Replies.Rates = replies.Rates{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err := s.Stories.Newest(tx, stories.Key{}, 1)
		if err == nil {
			id = found[0].ID
		}
		return err
	})
	return id, err
}

// reply answers a story again and again, each time as somebody else.
func reply(ctx context.Context, s *site.Site, story string, tell func(entry) error) error {
	for ctx.Err() == nil {
		who := strings.ToLower(rand.Text())
		p, err := s.Replies.Post(ctx, replies.Draft{StoryID: story, Name: "A reader", Email: who + "@readers.example", Body: "It was like that with us: " + who + ".",
			From: replies.Origin{Network: who, OnForm: time.Minute}})
		if err == nil {
			err = tell(entry{Reply: p.ID})
		} else {
			err = refused(err, tell)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
