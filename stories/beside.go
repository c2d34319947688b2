package stories

import (
	"cmp"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories/related"
)

// Queries that end at a limit inside an index, whatever the number of stories.
const (
	selectNeighbours = `SELECT 0, id FROM (SELECT id FROM stories WHERE state = 'published' AND (published_at, id) < ($1, $2)
			ORDER BY published_at DESC, id DESC LIMIT 1) AS older
		UNION ALL SELECT 1, id FROM (SELECT id FROM stories WHERE state = 'published' AND (published_at, id) > ($1, $2)
			ORDER BY published_at, id LIMIT 1) AS newer`

	selectByAuthor = `SELECT story_id, published_at FROM story_authors WHERE profile_id = $1 AND published_at IS NOT NULL
		ORDER BY published_at DESC, story_id DESC LIMIT $2`
)

// Beside is what the page of a story shows of others. All of it is published.
type Beside struct {
	Previous, Next *Story            // in time; nil at the ends
	More           []Story           // by its authors, new to old
	Related        []Related         // best first
	Resources      []RelatedResource // best first
}

// Related is a story worth reading after another, with the reasons.
type Related struct {
	Story  Story
	Topics []string // IDs of topics that both have
	Words  []string // up to three telling words that both speak of, as the story beside it writes them
}

// RelatedResource is an entry of the library that belongs beside a story, with the
// reasons.
type RelatedResource struct {
	ID     string
	Topics []string // IDs of topics that both have
	Words  []string // up to three words that both have and the story speaks of, as it writes them
}

// Beside reads what belongs around a story, with at most so many more by its authors.
// What is related was chosen when something changed; reading only leaves out what is
// not published any more. The identifiers are gathered first, so that all stories come
// with one query.
func (s *Service) Beside(tx *db.Tx, st Story, more int) (Beside, error) {
	var b Beside
	previous, next, err := neighbours(tx, st)
	if err != nil {
		return b, err
	}
	byAuthors, err := newestBy(tx, st, more)
	if err != nil {
		return b, err
	}
	others, library, err := related.Of(tx, st.ID)
	if err != nil {
		return b, err
	}
	wanted := slices.Concat([]string{previous, next}, byAuthors, related.Targets(others))
	found, err := s.ByIDs(tx, unique(slices.DeleteFunc(wanted, func(id string) bool { return id == "" })))
	if err != nil {
		return b, err
	}
	at := make(map[string]*Story, len(found))
	for i := range found {
		at[found[i].ID] = &found[i]
	}
	b.Previous, b.Next = at[previous], at[next]
	for _, id := range byAuthors {
		if other := at[id]; other != nil {
			b.More = append(b.More, *other)
		}
	}
	for _, l := range others {
		if other := at[l.To]; other != nil {
			b.Related = append(b.Related, Related{*other, l.Topics, l.Words})
		}
	}
	for _, l := range library {
		b.Resources = append(b.Resources, RelatedResource{l.To, l.Topics, l.Words})
	}
	return b, nil
}

// neighbours are the IDs of the published stories just before and just after one in
// time, "" at the ends.
func neighbours(tx *db.Tx, st Story) (previous, next string, err error) {
	at, id := KeyOf(st).values()
	_, err = db.List(tx, func(r db.Row) (struct{}, error) {
		var side int
		var found string
		err := r.Scan(&side, &found)
		if side == 0 {
			previous = found
		} else {
			next = found
		}
		return struct{}{}, err
	}, selectNeighbours, at, id)
	if err != nil {
		return "", "", fmt.Errorf("find the neighbours of story %s: %w", st.ID, err)
	}
	return previous, next, nil
}

// newestBy lists the newest published stories of a story's authors but itself, new to old.
func newestBy(tx *db.Tx, st Story, limit int) ([]string, error) {
	type dated struct {
		id string
		at int64
	}
	var all []dated
	for _, author := range st.Authors {
		if author == members.FormerID { // not one person: it stands over what many left here
			continue
		}
		list, err := db.List(tx, func(r db.Row) (dated, error) {
			var d dated
			return d, r.Scan(&d.id, &d.at)
		}, selectByAuthor, author, limit+1)
		if err != nil {
			return nil, fmt.Errorf("find more by the authors of story %s: %w", st.ID, err)
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b dated) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(b.id, a.id)) })
	var ids []string
	for _, d := range slices.Compact(all) {
		if d.id != st.ID && len(ids) < limit {
			ids = append(ids, d.id)
		}
	}
	return ids, nil
}
