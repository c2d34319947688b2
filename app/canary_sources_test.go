package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/web/kit"
)

// object is a thing that an address names.
type object struct {
	name    string            // for the message of a failure
	values  map[string]string // what stands for the parameters of the path
	readers []string          // of those whom the route lets through: who may come to it; nobody else learns that it is there
	status  int               // what reading answers to them; 0: 200
}

// source is where the objects of some routes come from.
type source struct {
	path    string // up to and with the parameters that it fills; longer ones are asked first
	objects []object
}

// sources say, for each parameter in the table of routes, which things there are and
// who may come to each.
func (a *aviary) sources() []source {
	one := func(name, id string, readers []string) object {
		return object{name: name, values: map[string]string{"id": id, "version": "1"}, readers: readers}
	}
	hidden := object{"what a secret letter says", map[string]string{"id": site.Rows[string](a.Site, `SELECT id FROM letters WHERE secret ORDER BY id`)[0]}, everybody, http.StatusNotFound}
	byQuery := func(name, param, query string, readers []string) object {
		return object{name: name, values: map[string]string{param: site.Rows[string](a.Site, query)[0]}, readers: readers}
	}
	slugOf := func(name string) string {
		return site.Rows[string](a.Site, a.fill(`SELECT slug FROM stories WHERE id = {`+name+`}`))[0]
	}
	handleOf := func(who string) string {
		return site.Rows[string](a.Site, a.fill(`SELECT handle FROM profiles WHERE account_id = {`+who+`}`))[0]
	}
	var letters []object
	for _, id := range site.Rows[string](a.Site, `SELECT id FROM letters WHERE NOT secret ORDER BY id`) {
		letters = append(letters, one("a letter to Ana, or to Bo", id, everybody))
	}
	var sessions, authors []object
	for _, who := range everybody[1:] {
		authors = append(authors, one(who+" as an author", a.ids[who+" profile"], everybody))
		sessions = append(sessions, one("a session of "+who, a.ids[who+" session"], []string{who}))
	}
	drafts := []object{
		one("a draft of Ana's", a.ids["draft of ana"], []string{ana}),
		one("a draft of Bo's", a.ids["draft of bo"], []string{bo}),
		one("what Bo handed in", a.ids["submitted by bo"], having(members.ReviewStories, bo)),
		one("what Ana wrote and is scheduled", a.ids["scheduled of ana"], having(members.ReviewStories, ana)),
		one("a published story", site.Rows[string](a.Site, `SELECT id FROM stories WHERE state = 'published' ORDER BY id`)[0], having(members.ReviewStories)),
		one("no story", "no-such-id", nil),
	}
	version := func(of, name, n string, readers []string) object {
		return object{name: of, values: map[string]string{"id": a.ids[name], "version": n}, readers: readers}
	}
	versions := []object{ // the first was saved before the story was handed in
		version("a draft of Ana's", "draft of ana", "1", []string{ana}),
		version("what Bo had not handed in yet", "submitted by bo", "1", []string{bo}),
		version("what Bo handed in", "submitted by bo", "2", having(members.ReviewStories, bo)),
		version("what Ana wrote and is scheduled", "scheduled of ana", "2", having(members.ReviewStories, ana)),
	}
	repliedTo := site.Rows[string](a.Site, `SELECT slug FROM stories WHERE id = (SELECT min(id) FROM stories WHERE state = 'published')`)[0]
	return append(a.walked(), []source{
		{"/stories/{slug}", []object{
			{"a published story", map[string]string{"slug": strings.TrimPrefix(story, "/stories/")}, everybody, 0},
			{"a story that is replied to", map[string]string{"slug": repliedTo}, everybody, 0},
			{"a draft of Ana's", map[string]string{"slug": slugOf("draft of ana")}, nil, 0},
			{"what Bo handed in", map[string]string{"slug": slugOf("submitted by bo")}, nil, 0},
			{"what is scheduled", map[string]string{"slug": slugOf("scheduled of ana")}, nil, 0},
		}},
		{"/stories/{slug}/replies/{id}", []object{
			{"a reply of a stranger's that waits", map[string]string{"slug": repliedTo, "id": "reply"}, nil, 0},
			{"a reply of Ana's that was taken for spam", map[string]string{"slug": repliedTo, "id": "reply-ana"}, nil, 0},
			{"a reply that readers see", map[string]string{"slug": repliedTo, "id": a.ids["shown reply"]}, everybody, 0},
		}},
		{"/authors/{handle}", []object{
			{"an author", map[string]string{"handle": "tamsin-oyelaran"}, everybody, 0},
			{"Ana, who has published nothing", map[string]string{"handle": handleOf(ana)}, nil, 0},
			{"the moderator, who chose to have a page", map[string]string{"handle": handleOf(moderator)}, everybody, 0},
		}},
		{"/topics/{slug}", []object{{"a topic", map[string]string{"slug": "trials"}, everybody, 0}}},
		{"/{slug}", []object{
			{"a page", map[string]string{"slug": "about"}, everybody, 0},
			byQuery("a page that is a draft", "slug", `SELECT slug FROM pages WHERE id = 'page'`, nil),
		}},
		{"/media/{name}", []object{byQuery("a picture", "name", `SELECT id || extension FROM pictures ORDER BY id`, everybody)}},
		{"/static/{name}", []object{{"the stylesheet", map[string]string{"name": strings.TrimPrefix(a.Public.Renderer.Assets.URL("waypost.css"), "/static/")}, everybody, 0}}},
		{"/sign-in/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, 0}}},
		{"/people/{handle}", []object{{"Ana, who is found by nobody", map[string]string{"handle": handleOf(ana)}, []string{ana}, 0},
			{"the moderator, whom everybody finds", map[string]string{"handle": handleOf(moderator)}, everybody, 0}}},
		{"/subscribe/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, 0}}},
		{"/your-data/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, http.StatusGone}}},
		{"/your-data/{token}/replies", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, http.StatusGone}}},
		{"/your-data/{token}/replies/{id}", []object{{"no link", map[string]string{"token": "no-such-link", "id": "reply"}, everybody, http.StatusGone}}},
		{"/letters/{token}", []object{
			{"the link of a subscription, which opens it to whoever has it", map[string]string{"token": a.News.Signer.Token("subscription")}, everybody, 0},
			{"no link", map[string]string{"token": "no-such-link"}, nil, 0},
		}},
		{"/replies/{id}", []object{one("a reply of a stranger's that waits", "reply", nil), one("a reply of Ana's that was taken for spam", "reply-ana", []string{ana})}},
		{"/me/data/replies/{id}", []object{one("a reply of a stranger's that waits", "reply", nil), one("a reply of Ana's that was taken for spam", "reply-ana", []string{ana})}},
		{"/replies/{id}/report", []object{one("a reply of a stranger's that waits", "reply", nil), one("a reply that readers see", a.ids["shown reply"], everybody)}},
		{"/letters/answers/{token}", []object{
			{"the link of an address, which opens it to whoever has it", map[string]string{"token": a.ids["answers"]}, everybody, 0},
			{"no link", map[string]string{"token": "no-such-link"}, nil, 0},
		}},
		{"/join/confirm/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, 0}}},
		{"/desk/guide/{step}", []object{{"a step", map[string]string{"step": "mail"}, everybody, 0}}},
		{"/desk/people/{id}/remove", []object{one("Bo as a member", a.ids[bo], everybody)}},
		{"/desk/people/barred/{id}", []object{one("an address that is kept out", "outcast", everybody)}},
		{"/desk/backups/{name}", []object{{"a backup", map[string]string{"name": a.ids["backup"]}, everybody, 0}, {"no backup", map[string]string{"name": "no-such.zip"}, nil, 0}}},
		{"/desk/jobs/{id}", []object{one("a failed job", "job", everybody)}},
		{"/me/sessions/{id}", sessions},
		{"/sign-in/email/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, 0}}},
		{"/sign-in/undo/{token}", []object{{"no link", map[string]string{"token": "no-such-link"}, everybody, 0}}},
		{"/desk/joining/{id}", []object{one("somebody who waits", "request", everybody)}},
		{"/desk/invitations/{id}", []object{one("an invitation of Ana's", "invitation", having(members.RunCommunity, ana))}},
		{"/desk/resources/{id}", []object{byQuery("a resource", "id", `SELECT id FROM resources ORDER BY id`, everybody)}},
		{"/desk/topics/{id}", []object{byQuery("a topic", "id", `SELECT id FROM topics ORDER BY id`, everybody)}},
		{"/desk/authors/{id}", authors},
		{"/desk/pages/{id}", []object{one("a page that is a draft", "page", everybody)}},
		{"/sign-in/with/{key}", []object{{"no provider", map[string]string{"key": "none"}, nil, 0}}},
		{"/me/ways/links/{key}", []object{{"no provider", map[string]string{"key": "none"}, nil, 0}}},
		{"/me/ways/links/{id}", []object{one("how Ana signs in elsewhere", "link-ana", []string{ana}), one("how Bo does", "link-bo", []string{bo})}},
		{"/me/ways/passkeys/{id}", []object{one("a passkey of Ana's", "passkey-ana", []string{ana}), one("a passkey of Bo's", "passkey-bo", []string{bo})}},
		{"/desk/mail/servers/{id}", []object{one("a mail server", "server", everybody)}},
		{"/desk/mail/letters/{id}/page", []object{letters[0], letters[1], hidden}},
		{"/desk/mail/letters/{id}", []object{byQuery("a secret letter", "id", `SELECT id FROM letters WHERE secret ORDER BY id`, everybody), letters[0], letters[1]}},
		{"/desk/replies/blocks/{id}", []object{one("a block", "block", everybody), one("no block", "no-such-id", nil)}},
		{"/desk/replies/stories/{id}", []object{byQuery("a published story", "id", `SELECT id FROM stories WHERE state = 'published' ORDER BY id`, everybody), one("a draft of Ana's", a.ids["draft of ana"], nil)}},
		{"/desk/replies/{id}", []object{one("a reply that waits", "reply", everybody), one("Ana's, which was taken for spam", "reply-ana", everybody), one("no reply", "no-such-id", nil)}},
		{"/desk/people/{id}", []object{one("Ana as a person", a.ids[ana], everybody), one("nobody", "no-such-id", nil)}},
		{"/desk/stories/{id}", drafts},
		{"/desk/stories/{id}/revisions/{version}", versions},
		{"/desk/review/{id}", drafts},
	}...)
}

// scripted are fields that a script sends beside what stands in a form: by the end of
// the path.
func (a *aviary) scripted(who, path string) url.Values {
	if strings.HasSuffix(path, "/draft") {
		return url.Values{"draft_account": {a.ids[who]}, "draft_writer": {"page"}, "draft_sequence": {"1"}, "draft_after": {"0"}, "version": {"1"}}
	}
	return nil
}

// elsewhere is what reading answers where it is not a page: by path of the route.
var elsewhere = map[string]int{
	"/":                 http.StatusNotFound,
	"/me/follow":        http.StatusNotFound,            // of nobody and nothing
	"/path/resume.json": http.StatusUnprocessableEntity, // of no step
	"/desk/set-up":      http.StatusSeeOther,            // it is set up
}

// doors lead those who are signed in on to a page of theirs.
var doors = []string{"/sign-in", "/sign-in/code", "/join", "/replies/yours"}

// asked is a request of the matrix: a route with a thing in its parameters.
type asked struct {
	kit.Route
	object
	path string
}

// requests are the routes with each of their things. A parameter that no source fills
// fails the test.
func (a *aviary) requests() []asked {
	a.t.Helper()
	known := a.sources()
	slices.SortFunc(known, func(x, y source) int { return len(y.path) - len(x.path) })
	var list []asked
	for _, r := range a.Routes {
		pattern := strings.TrimSuffix(r.Path, "{$}")
		if r.Path == "/" {
			pattern = "/no/such/address"
		}
		if !strings.Contains(pattern, "{") {
			list = append(list, asked{r, object{readers: everybody, status: elsewhere[r.Path]}, pattern})
			continue
		}
		at := slices.IndexFunc(known, func(s source) bool { return pattern == s.path || strings.HasPrefix(pattern, s.path+"/") })
		if at < 0 {
			a.t.Errorf("no canary knows what %s %s stands for. Add a source with the path up to its parameter to sources in app/canary_sources_test.go: "+
				"which rows there are for it, and who may come to each", strings.Join(r.Methods, ","), r.Path)
			continue
		}
		for _, o := range known[at].objects {
			path := pattern
			for name, value := range o.values {
				path = strings.ReplaceAll(path, "{"+name+"}", value)
			}
			if strings.Contains(path, "{") {
				a.t.Errorf("%s of %s has a parameter that the source %s does not fill: add it to values in app/canary_sources_test.go", path, r.Path, known[at].path)
				continue
			}
			list = append(list, asked{r, o, path})
		}
	}
	return list
}
