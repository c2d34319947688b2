package public

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"waypost/internal/problem"
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
	after, key := members.ProfileKey{}, "/authors"
	if v := r.URL.Query().Get("after"); v != "" {
		name, id, ok := cutLast(v, "~")
		if !ok {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		after, key = members.ProfileKey{Name: name, ID: id}, "/authors?after="+url.QueryEscape(v)
	}
	return p.page(w, r, key, "public/authors", func(b *build) (Layout, error) {
		b.tag(members.TagProfiles, stories.TagStories)
		view, err := b.authors(after)
		if err != nil {
			return Layout{}, err
		}
		if len(view.Authors) == 0 && after.ID != "" {
			return Layout{}, problem.New(problem.NotFound, "problem.not_found")
		}
		layout := b.layout(key, b.words.T("nav.authors"), b.words.T("authors.about", "name", b.settings.Name))
		layout.Section, layout.Content = "authors", view
		return layout, nil
	})
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// authors lists those who have published something.
func (b *build) authors(after members.ProfileKey) (AuthorsView, error) {
	var view AuthorsView
	list, err := b.Members.Profiles(b.tx, after, perAuthors+1)
	if err != nil {
		return view, err
	}
	if len(list) > perAuthors {
		list = list[:perAuthors]
		last := list[perAuthors-1]
		view.Next = "/authors?after=" + url.QueryEscape(last.Name+"~"+last.ID)
	}
	counts, err := b.Stories.AuthorCounts(b.tx)
	if err != nil {
		return view, err
	}
	var portraits []string
	for _, p := range list {
		if p.PictureID != "" {
			portraits = append(portraits, p.PictureID)
		}
	}
	byPicture, err := b.pictures(portraits)
	for _, p := range list {
		if counts[p.ID] > 0 {
			view.Authors = append(view.Authors, CountedAuthor{person(p, byPicture), counts[p.ID]})
		}
	}
	return view, err
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
	path := "/authors/" + r.PathValue("handle")
	err = p.page(w, r, path+place, "public/author", func(b *build) (Layout, error) {
		profile, err := b.Members.ProfileByHandle(b.tx, r.PathValue("handle"))
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
	b.tag(stories.TagAuthorList(profile.ID))
	people, err := b.people([]string{profile.ID})
	if err != nil {
		return AuthorView{}, err
	}
	view := AuthorView{Person: people[profile.ID], Bio: b.note(profile.Bio)}
	list, err := b.Stories.ByAuthor(b.tx, profile.ID, key, perPage+1)
	if err != nil {
		return view, err
	}
	list, more := older(list, perPage)
	if more != "" {
		view.Older = path + "?before=" + more
	}
	view.Items, err = b.items(list)
	return view, err
}
