package demo

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/replies"
	"waypost/spam"
	"waypost/stories"
)

// said is a reply of the sample community: by a member, named by the handle, or by
// somebody with a name and an address.
type said struct {
	Member, Name, Email, URL, Text string

	Hours   float64 // after the story was published
	Answers []said

	Story  string  // what is in the queue names its story,
	Ago    float64 // came so many hours before now,
	State  replies.State
	Reason string // and waits for that
}

// seedReplies puts in what readers answered, and what waits for a moderator.
func (s *seeding) seedReplies(tx *db.Tx) error {
	names, err := fs.Glob(files, "content/replies/*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		var list []said
		if err := readJSON("replies/"+path.Base(name), &list); err != nil {
			return err
		}
		if path.Base(name) == "queue.json" {
			err = s.seedQueue(tx, list)
		} else {
			err = s.seedThreads(tx, list, s.stories[numberOf(name)])
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
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
		b := replies.Brought{StoryID: st.ID, Language: st.Language, State: x.State, Held: held[x.Reason], Written: at, Since: at}
		b.Verdict = x.verdict()
		if _, err := s.say(tx, x, b); err != nil {
			return err
		}
	}
	return nil
}

// held says why something waits, by its word in the file; without one it is spam.
var held = map[string]replies.Held{"": replies.ByFilter, "first": replies.ByFirst, "links": replies.ByLinks, "held": replies.ByDoubt}

// verdict is what the filter said of it.
func (x said) verdict() spam.Verdict {
	links := strings.Count(x.Text, "http")
	reasons := []spam.Reason{{Code: spam.Wording, Weight: 1}}
	if links > 0 {
		reasons = append(reasons, spam.Reason{Code: spam.NewHosts, N: links, Weight: 2})
	} else {
		reasons = append(reasons, spam.Reason{Code: spam.NoLinks, Weight: -1})
	}
	if x.URL != "" {
		reasons = append(reasons, spam.Reason{Code: spam.OwnSite, Weight: 0.5})
	}
	switch {
	case x.State == replies.Spam:
		return spam.Verdict{Kind: spam.Spam, Probability: 0.97, Reasons: reasons, Decided: true}
	case x.Reason == "held":
		return spam.Verdict{Kind: spam.Unsure, Probability: 0.5, Reasons: reasons}
	}
	reasons[0].Weight = -1
	return spam.Verdict{Kind: spam.Ham, Probability: 0.04, Reasons: reasons}
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
