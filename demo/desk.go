package demo

import (
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
)

// step is what somebody did to a story that is not published yet.
type step struct {
	ago  time.Duration
	verb string
	by   members.Actor
	note string
}

// steps reads the lines "step N: AGO VERB HANDLE: NOTE" of a head; the note may be missing.
func (s *seeding) steps(t Text) ([]step, error) {
	var list []step
	for n := 1; t.Head[fmt.Sprint("step ", n)] != ""; n++ {
		line, note, _ := strings.Cut(t.Head[fmt.Sprint("step ", n)], ": ")
		words := strings.Fields(line)
		if len(words) != 3 {
			return nil, fmt.Errorf("%q is no step", line)
		}
		ago, err := time.ParseDuration(words[0])
		if err != nil {
			return nil, err
		}
		by, known := s.accounts[words[2]]
		if !known {
			return nil, fmt.Errorf("nobody is called %q", words[2])
		}
		list = append(list, step{ago, words[1], by, note})
	}
	return list, nil
}

// betweenVersions is the line between two versions of a text.
const betweenVersions = "\n===\n"

// seedDesk makes what is being written: stories in review, one that was sent back, a draft.
func (s *seeding) seedDesk(tx *db.Tx) error {
	names, err := textsIn("desk")
	if err != nil {
		return err
	}
	for _, name := range names {
		t, err := readText(name)
		if err != nil {
			return err
		}
		list, err := s.steps(t)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := s.walk(tx, t, list); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// walk takes a story through its steps. Each that creates or saves takes the next
// version of the text.
func (s *seeding) walk(tx *db.Tx, t Text, list []step) error {
	versions := strings.Split(t.Body, betweenVersions)
	filed, err := named(s.topics, t.list("topics"))
	if err != nil {
		return err
	}
	c := stories.Content{Title: t.Head["title"], Standfirst: t.Head["standfirst"], Slug: t.Slug, Language: t.Head["language"], Format: stories.Markdown, Topics: filed}
	var st stories.Story
	for _, step := range list {
		s.earlier.ago(step.ago)
		if step.verb == "create" || step.verb == "save" {
			if len(versions) == 0 {
				return fmt.Errorf("there is no version to %s", step.verb)
			}
			c.Body, versions = strings.TrimSpace(versions[0])+"\n", versions[1:]
		}
		switch step.verb {
		case "create":
			st, err = s.earlier.stories.CreateIn(tx, step.by, c)
		case "save":
			st, err = s.earlier.stories.SaveIn(tx, step.by, st.ID, st.Version, c)
		default:
			st, err = s.earlier.stories.TakeIn(tx, step.by, st.ID, st.Version, stories.Step{Verb: stories.Verb(step.verb), Note: step.note})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.verb, err)
		}
	}
	return nil
}
