package stories

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/stories/related"
)

// WrittenBy lists every story whose byline has a profile, whatever its state, from
// after an ID on.
func (s *Service) WrittenBy(tx *db.Tx, profileID, after string, limit int) ([]Story, error) {
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE id > $1 AND id IN (SELECT story_id FROM story_authors WHERE profile_id = $2)
		ORDER BY id LIMIT $3`, after, profileID, limit)
}

// Writes tells whether a profile's name stands over a story.
func (s *Service) Writes(tx *db.Tx, profileID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM story_authors WHERE profile_id = $1)`, profileID))
}

// pictureID is how a picture is named in the address by which a text shows it, and as a cover.
var pictureID = regexp.MustCompile(`[0-9a-f]{32}`)

// PicturesOf lists the pictures that the stories of a profile show, or showed in a
// version of them.
func (s *Service) PicturesOf(tx *db.Tx, profileID string) ([]string, error) {
	list, err := db.List(tx, db.Value[string], `SELECT p.picture_id FROM story_pictures p JOIN story_authors a ON a.story_id = p.story_id WHERE a.profile_id = $1
		UNION SELECT s.cover_id FROM stories s JOIN story_authors a ON a.story_id = s.id WHERE a.profile_id = $1 AND s.cover_id IS NOT NULL`, profileID)
	if err != nil {
		return nil, fmt.Errorf("find the pictures of stories: %w", err)
	}
	_, err = db.List(tx, func(r db.Row) (struct{}, error) {
		document, err := db.Value[string](r)
		list = append(list, pictureID.FindAllString(document, -1)...)
		return struct{}{}, err
	}, `SELECT r.document FROM story_revisions r JOIN story_authors a ON a.story_id = r.story_id WHERE a.profile_id = $1`, profileID)
	if err != nil {
		return nil, fmt.Errorf("find the pictures of versions: %w", err)
	}
	return unique(list), nil
}

// Shows reports that a story, or a version of one that can be brought back, shows a
// picture.
func (s *Service) Shows(tx *db.Tx, pictureID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM stories WHERE cover_id = $1)
		OR EXISTS (SELECT 1 FROM story_pictures WHERE picture_id = $1)
		OR EXISTS (SELECT 1 FROM story_revisions WHERE document LIKE '%' || $1 || '%')`, pictureID))
}

// onePass is how many stories of an author are read at a time.
const onePass = 50

// Forget does with the stories of somebody who leaves what they wish; former gives the
// author who stands over those that keep no name.
//
// A draft is its authors' alone and goes whatever the wish. A story that others wrote
// too stays theirs: the name of who leaves is taken from it, or replaced. What is kept
// without the name keeps its last version alone.
func (s *Service) Forget(tx *db.Tx, p personal.Person, w personal.Wish, former func() (string, error)) error {
	if err := s.forgetBegun(tx, p); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE story_revisions SET account_id = $1 WHERE account_id = $2`, personal.Left, p.Account); err != nil {
		return fmt.Errorf("take a name out of versions: %w", err)
	}
	for _, statement := range []string{`UPDATE stories SET account_id = $1 WHERE account_id = $2`, `UPDATE story_notes SET account_id = $1, text = '' WHERE account_id = $2`} {
		if _, err := tx.Exec(statement, personal.Left, p.Account); err != nil {
			return fmt.Errorf("take a name out of reviews: %w", err)
		}
	}
	if p.Profile == "" {
		return nil
	}
	err := s.EachWrittenBy(tx, p.Profile, func(st Story) error { return s.forgetOne(tx, p.Profile, w.Stories, st, former) })
	if err != nil {
		return err
	}
	s.Keeper.Forget(tx, TagAuthorList(p.Profile), TagStories)
	_, err = tx.Exec(`DELETE FROM story_counts WHERE kind = $1 AND name = $2 AND n = 0`, countAuthor, p.Profile)
	return err
}

// EachWrittenBy does something with every story of a profile.
func (s *Service) EachWrittenBy(tx *db.Tx, profile string, do func(Story) error) error {
	for after := ""; ; {
		list, err := s.WrittenBy(tx, profile, after, onePass)
		if err != nil {
			return err
		}
		for _, st := range list {
			if err := do(st); err != nil {
				return fmt.Errorf("story %s: %w", st.ID, err)
			}
		}
		if len(list) < onePass {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

// MoveAuthor puts one profile in the place of another over all it wrote, and in all
// versions of that.
func (s *Service) MoveAuthor(tx *db.Tx, by, from, to string) error {
	err := s.EachWrittenBy(tx, from, func(st Story) error {
		after, err := s.rebyline(tx, st, from, to)
		if err != nil {
			return err
		}
		if err := renameInVersions(tx, st.ID, from, to); err != nil {
			return err
		}
		return s.keepVersion(tx, after, by)
	})
	if err != nil {
		return fmt.Errorf("put another author over stories: %w", err)
	}
	s.Keeper.Forget(tx, TagAuthorList(from))
	_, err = tx.Exec(`DELETE FROM story_counts WHERE kind = $1 AND name = $2 AND n = 0`, countAuthor, from)
	return err
}

// forgetBegun removes drafts that somebody began, that nobody's name stands over and that
// the editors never had.
func (s *Service) forgetBegun(tx *db.Tx, p personal.Person) error {
	list, err := s.listed(tx, `SELECT `+columns+` FROM stories WHERE account_id = $1 AND private
		AND NOT EXISTS (SELECT 1 FROM story_authors a WHERE a.story_id = stories.id)`, p.Account)
	if err != nil {
		return err
	}
	for _, st := range list {
		if err := s.remove(tx, st); err != nil {
			return fmt.Errorf("remove draft %s: %w", st.ID, err)
		}
	}
	return nil
}

func (s *Service) forgetOne(tx *db.Tx, profile string, c personal.Choice, st Story, former func() (string, error)) error {
	others := slices.DeleteFunc(slices.Clone(st.Authors), func(a string) bool { return a == profile })
	switch {
	case len(others) == 0 && (c == personal.Removed || st.State == Draft):
		return s.remove(tx, st)
	case c == personal.Named:
		return nil
	case c == personal.Removed:
		return s.rename(tx, st, profile, "")
	}
	neutral, err := former()
	if err != nil {
		return err
	}
	return s.rename(tx, st, profile, neutral)
}

// rename puts another profile in the place of one, in the byline and in all versions;
// "" leaves the place out.
func (s *Service) rename(tx *db.Tx, before Story, from, to string) error {
	others := slices.ContainsFunc(before.Authors, func(a string) bool { return a != from })
	after, err := s.rebyline(tx, before, from, to)
	if err != nil {
		return err
	}
	if !others {
		if _, err := tx.Exec(`DELETE FROM story_revisions WHERE story_id = $1`, before.ID); err != nil {
			return err
		}
	} else if err := renameInVersions(tx, before.ID, from, to); err != nil {
		return err
	}
	return s.keepVersion(tx, after, personal.Left)
}

// rebyline changes the byline of what readers see.
func (s *Service) rebyline(tx *db.Tx, before Story, from, to string) (Story, error) {
	after := before
	after.Authors, after.Version, after.Updated = replaced(before.Authors, from, to), before.Version+1, s.Clock()
	if ok, err := updateState(tx, after); err != nil || !ok {
		return after, fmt.Errorf("change the byline (still at version %d: %t): %w", before.Version, ok, err)
	}
	if err := replaceLinks(tx, after); err != nil {
		return after, err
	}
	s.Keeper.Forget(tx, TagStory(before.ID))
	return after, s.republish(tx, before, after)
}

func (s *Service) keepVersion(tx *db.Tx, st Story, by string) error {
	content, err := s.Content(tx, st)
	if err != nil {
		return err
	}
	document, err := json.Marshal(content)
	if err != nil {
		return err
	}
	return insertRevision(tx, st, by, string(document))
}

func replaced(list []string, from, to string) []string {
	list = slices.Clone(list)
	for i := range list {
		if list[i] == from {
			list[i] = to
		}
	}
	return unique(list)
}

// renameInVersions keeps versions such that each can be brought back.
func renameInVersions(tx *db.Tx, storyID, from, to string) error {
	type version struct {
		number   int64
		document string
	}
	list, err := db.List(tx, func(r db.Row) (version, error) {
		var v version
		return v, r.Scan(&v.number, &v.document)
	}, `SELECT version, document FROM story_revisions WHERE story_id = $1 AND document LIKE '%' || $2 || '%'`, storyID, from)
	if err != nil {
		return err
	}
	for _, v := range list {
		var c Content
		if err := json.Unmarshal([]byte(v.document), &c); err != nil {
			return err
		}
		c.Authors = replaced(c.Authors, from, to)
		document, err := json.Marshal(c)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE story_revisions SET document = $1 WHERE story_id = $2 AND version = $3`, string(document), storyID, v.number); err != nil {
			return err
		}
	}
	return nil
}

// remove takes a story away for good, with all its versions. Where readers had it, its
// address says that it is gone.
func (s *Service) remove(tx *db.Tx, before Story) error {
	after := before
	after.State = Draft
	if err := s.republish(tx, before, after); err != nil {
		return err
	}
	poorer, err := related.Showing(tx, before.ID, mostShowing)
	if err != nil {
		return err
	}
	if err := s.Recompute(tx, poorer); err != nil {
		return err
	}
	for _, id := range poorer {
		s.Keeper.Forget(tx, TagBeside(id))
	}
	for _, topic := range before.Topics {
		s.Keeper.Forget(tx, TagTopicList(topic))
	}
	s.Keeper.Forget(tx, TagStory(before.ID))
	path := ""
	if !before.Since.IsZero() {
		path = Address(before.Slug)
	}
	if err := s.Vanish(tx, path, before.ID); err != nil {
		return err
	}
	_, err = tx.Exec(`DELETE FROM stories WHERE id = $1`, before.ID)
	return err
}
