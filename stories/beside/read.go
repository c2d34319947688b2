package beside

import (
	"cmp"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
	"waypost/stories/related"
)

// Queries that end at a limit inside an index, whatever the number of stories.
const (
	selectByAuthor = `SELECT story_id, published_at FROM story_authors WHERE profile_id = $1 AND published_at IS NOT NULL
		ORDER BY published_at DESC, story_id DESC LIMIT $2`
)

// Beside is what the page of a story shows of others. All of it is published.
type Beside struct {
	Previous, Next *stories.Story    // in time; nil at the ends
	More           []stories.Story   // by its authors, new to old
	Related        []Related         // best first
	Resources      []RelatedResource // best first
}

// Related is a story worth reading after another, with the reasons.
type Related struct {
	Story  stories.Story
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
func (s *Service) Beside(tx *db.Tx, st stories.Story, more int) (Beside, error) {
	var b Beside
	previous, next, err := stories.Neighbours(tx, st)
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
	found, err := s.ByIDs(tx, distinct(wanted))
	if err != nil {
		return b, err
	}
	at := make(map[string]*stories.Story, len(found))
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

// newestBy lists the newest published stories of a story's authors but itself, new to old.
func newestBy(tx *db.Tx, st stories.Story, limit int) ([]string, error) {
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

// distinct is every identifier of a list once, and none that is empty.
func distinct(ids []string) []string {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}
