package demo

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/replies"
	"waypost/replies/reported"
	"waypost/spam"
	"waypost/stories"
)

// said is a reply of the sample community: by a member, named by the handle, or by
// somebody with a name and an address.
type said struct {
	Member, Name, Email, URL, Text string

	Hours   float64 // after the story was published
	Answers []said

	Story   string  // what is in the queue names its story,
	Ago     float64 // came so many hours before now,
	State   replies.State
	Reports []string // and waits since readers reported it, for these reasons

	verdict spam.Verdict // what the filter says of it
}

// judgeQueue asks the filter about what is in the queue, before anything is written.
func (s *seeding) judgeQueue(ctx context.Context) error {
	if err := readJSON("replies/"+queueFile, &s.queue); err != nil {
		return err
	}
	if err := s.Replies.Ready(ctx); err != nil {
		return err
	}
	for i := range s.queue {
		x := &s.queue[i]
		v, err := s.Replies.Check(spam.Message{Text: x.Text, Name: x.Name, Email: x.Email, URL: x.URL}, replies.Defaults())
		if err != nil {
			return fmt.Errorf("ask the filter about what is in the queue: %w", err)
		}
		if x.State == replies.Spam && v.Kind == spam.Unsure && v.Decided {
			v.Kind = spam.Spam // as it says once it has learned a little: on its first day it is never that sure
		}
		x.verdict = v
	}
	return nil
}

// queueFile holds what waits and what was taken for spam.
const queueFile = "queue.json"

// seedReplies puts in what readers answered, and what waits for a moderator.
func (s *seeding) seedReplies(tx *db.Tx) error {
	names, err := fs.Glob(files, "content/replies/*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		if path.Base(name) == queueFile {
			continue
		}
		var list []said
		if err := readJSON("replies/"+path.Base(name), &list); err != nil {
			return err
		}
		if err := s.seedThreads(tx, list, s.stories[numberOf(name)]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return s.seedQueue(tx, s.queue)
}

// seedThreads puts in the replies to a story, in the order in which they were written.
func (s *seeding) seedThreads(tx *db.Tx, list []said, st stories.Story) error {
	type answer struct {
		said
		to *string // the reply it answers, once that is there
	}
	var all []answer
	gather := func(list []said, to *string) {
		for _, x := range list {
			all = append(all, answer{x, to})
		}
	}
	none := ""
	gather(list, &none)
	for len(all) > 0 {
		next := 0
		for i := range all {
			if all[i].Hours < all[next].Hours {
				next = i
			}
		}
		x := all[next]
		all = slices.Delete(all, next, next+1)
		at := earliest(st.Published.Add(hours(x.Hours)), s.earlier.start)
		id, err := s.say(tx, x.said, replies.Brought{StoryID: st.ID, Language: st.Language, ParentID: *x.to, State: replies.Published, Written: at, Since: at, Decided: true})
		if err != nil {
			return err
		}
		gather(x.Answers, &id)
	}
	return nil
}

// seedQueue puts in what waits, and what was taken for spam, the oldest first.
func (s *seeding) seedQueue(tx *db.Tx, list []said) error {
	slices.SortStableFunc(list, func(a, b said) int { return cmp.Compare(b.Ago, a.Ago) })
	for _, x := range list {
		st, known := s.stories[x.Story]
		if !known {
			return fmt.Errorf("no story is called %q", x.Story)
		}
		at := s.earlier.start.Add(-hours(x.Ago))
		b := replies.Brought{StoryID: st.ID, Language: st.Language, State: x.State, Held: x.held(), Written: at, Since: at, Verdict: x.verdict}
		id, err := s.say(tx, x, b)
		if err != nil {
			return err
		}
		if err := reported.Bring(tx, id, x.Reports, at); err != nil {
			return err
		}
	}
	return nil
}

// held is why a reply is where the file says that it is.
func (x said) held() replies.Held {
	switch {
	case x.State == replies.Spam && x.verdict.Kind != spam.Spam:
		return replies.ByRepeat // the three that are one text under three stories
	case x.State == replies.Spam:
		return replies.ByFilter
	case len(x.Reports) > 0:
		return replies.ByReports
	case x.verdict.Kind != spam.Ham:
		return replies.ByDoubt
	}
	return replies.ByFirst
}

// say puts in one reply under its writer's name.
func (s *seeding) say(tx *db.Tx, x said, b replies.Brought) (string, error) {
	b.Body, b.URL, b.Name = x.Text, x.URL, x.Name
	if x.Member != "" {
		by, known := s.accounts[x.Member]
		if !known {
			return "", fmt.Errorf("nobody is called %q", x.Member)
		}
		profile, err := s.Members.ProfileByID(tx, by.ProfileID)
		if err != nil {
			return "", err
		}
		b.AccountID, b.ProfileID, b.Name = by.AccountID, profile.ID, profile.Name
	} else {
		address, err := mail.ParseAddress(x.Email)
		if err != nil {
			return "", fmt.Errorf("%s: %w", x.Email, err)
		}
		b.Email = address.Key()
	}
	r, err := s.Replies.Bring(tx, b)
	return r.ID, err
}

func hours(n float64) time.Duration { return time.Duration(n * float64(time.Hour)) }

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
