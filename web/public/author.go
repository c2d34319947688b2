package public

import (
	"cmp"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"waypost/internal/alphabet"
	"waypost/members"
	"waypost/stories"
)

// AuthorsView is the page of all authors.
type AuthorsView struct {
	Authors []CountedAuthor
	Next    string // address of the next page, or ""
}

// CountedAuthor is an author and how many stories they have.
type CountedAuthor struct {
	Person
	N int
}

const perAuthors = 60

// Authors answers /authors.
func (p *Public) Authors(w http.ResponseWriter, r *http.Request) error {
	after, key := r.URL.Query().Get("after"), "/authors"
	if after != "" {
		key = "/authors?after=" + url.QueryEscape(after)
	}
	return p.page(w, r, key, "public/authors", func(b *build) (Layout, error) {
		b.tag(members.TagProfiles, stories.TagStories)
		all, err := b.authors()
		if err != nil {
			return Layout{}, err
		}
		view, err := authorsAfter(all, after)
		if err != nil {
			return Layout{}, err
		}
		layout := b.layout(key, b.words.T("nav.authors"), b.words.T("authors.about", "name", b.settings.Name))
		layout.Section, layout.Content = "authors", view
		return layout, nil
	})
}

// authorsAfter is the page of the list that begins behind an author's handle.
func authorsAfter(all []CountedAuthor, after string) (AuthorsView, error) {
	if after != "" {
		at := slices.IndexFunc(all, func(a CountedAuthor) bool { return a.Handle == after })
		if at < 0 || at == len(all)-1 {
			return AuthorsView{}, errMissing()
		}
		all = all[at+1:]
	}
	if len(all) <= perAuthors {
		return AuthorsView{Authors: all}, nil
	}
	return AuthorsView{Authors: all[:perAuthors], Next: "/authors?after=" + url.QueryEscape(all[perAuthors-1].Handle)}, nil
}

// authors lists those who have published something, by name in the order of the
// community's language.
func (b *build) authors() ([]CountedAuthor, error) {
	counts, err := b.Stories.AuthorCounts(b.tx)
	if err != nil {
		return nil, err
	}
	chosen, err := b.Members.PublicProfiles(b.tx)
	if err != nil {
		return nil, err
	}
	people, err := b.people(slices.AppendSeq(chosen, maps.Keys(counts)))
	if err != nil {
		return nil, err
	}
	all := make([]CountedAuthor, 0, len(people))
	for id, p := range people {
		all = append(all, CountedAuthor{p, counts[id]})
	}
	slices.SortFunc(all, func(x, y CountedAuthor) int {
		return cmp.Or(alphabet.Compare(x.Name, y.Name), cmp.Compare(x.Handle, y.Handle))
	})
	return all, nil
}

// AuthorView is an author's page.
type AuthorView struct {
	Person
	Bio   template.HTML
	N     int
	Items []Item
	Older string
	First bool
}

// Author answers /authors/{handle}.
func (p *Public) Author(w http.ResponseWriter, r *http.Request) error {
	key, place, err := listPlace(r.URL.Query())
	if err != nil {
		return err
	}
	handle := r.PathValue("handle")
	path := "/authors/" + handle
	err = p.page(w, r, path+place, "public/author", func(b *build) (Layout, error) {
		profile, err := b.Members.ProfileByHandle(b.tx, handle)
		if err != nil {
			return Layout{}, err
		}
		view, err := b.author(profile, key, path)
		if err != nil {
			return Layout{}, err
		}
		view.First = place == ""
		layout := b.layout(path+place, profile.Name, b.words.T("author.about", "name", profile.Name, "site", b.settings.Name))
		layout.Section, layout.Content, layout.Share.Type = "authors", view, "profile"
		layout.Feeds = append(layout.Feeds, FeedLink{profile.Name, path + "/feed.atom", path + "/feed.json"})
		layout.Data = []any{b.profileData(view.Person, view.Items), b.crumbs([2]string{b.words.T("nav.authors"), "/authors"}, [2]string{profile.Name, path})}
		return layout, nil
	})
	return p.orMoved(w, r, err)
}

func (b *build) author(profile members.Profile, key stories.Key, path string) (AuthorView, error) {
	if err := real(b.Stories.InAuthor(b.tx, profile.ID, key)); err != nil {
		return AuthorView{}, err
	}
	b.tag(stories.TagAuthorList(profile.ID))
	people, err := b.people([]string{profile.ID})
	if err != nil {
		return AuthorView{}, err
	}
	view := AuthorView{Person: people[profile.ID], Bio: b.note(people[profile.ID].Bio)}
	list, err := b.Stories.ByAuthor(b.tx, profile.ID, key, perPage+1)
	if err != nil {
		return view, err
	}
	list, more := older(list, perPage)
	if more != "" {
		view.Older = path + "?before=" + more
	}
	if len(list) == 0 && !profile.FoundBy(members.Actor{}) {
		return view, errMissing() // it begins with their first published story, if they did not choose otherwise
	}
	view.Items, err = b.items(list)
	return view, err
}
