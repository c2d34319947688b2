package people

import (
	"context"
	"net/http"
	"net/url"

	"waypost/internal/db"
	"waypost/members"
	"waypost/members/joining"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Desk serves the pages on people.
type Desk struct {
	*shell.Shell
	Joining *joining.Service
	Stories *stories.Service
	// Give makes an author who has no account the page of a member.
	Give func(ctx context.Context, by members.Actor, account, handle string) error
}

// bodyButton is the cap of a request body.
const bodyButton = 4 << 10

// Routes are the lines of the site map for those who look after people.
func (d *Desk) Routes() []kit.Route {
	managers := members.Holders(members.ManagePeople)
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: managers, Cache: kit.Private, Handler: h}
	}
	post := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: managers, Body: bodyButton, Cache: kit.Private, Handler: shell.Keeping(func(w http.ResponseWriter, r *http.Request) error { return d.Fresh(h)(w, r) })}
	}
	return []kit.Route{
		get("/desk/people", d.list),
		get("/desk/people/roles", d.rights),
		get("/desk/people/barred", d.outcasts),
		post("/desk/people/barred/{id}/end", d.unbar),
		get("/desk/people/{id}", d.person),
		get("/desk/people/{id}/author", d.giving),
		post("/desk/people/{id}/author", d.give),
		post("/desk/people/{id}/roles", d.setRoles),
		post("/desk/people/{id}/access", d.setAccess),
		post("/desk/people/{id}/trust", d.setTrust),
	}
}

// ListView is a page of people.
type ListView struct {
	fields.Form   // what is looked for
	Roles, States []fields.Option
	List          []Row
	Next          string // the address of those after; empty if there are none
	Searched      bool
}

// Row is somebody in the list.
type Row struct {
	members.Person
	Labels []string // of roles besides member: message keys
}

const onPeople = 50

// NewRow shows somebody in the list.
func NewRow(p members.Person) Row {
	row := Row{Person: p}
	for _, role := range members.Given() {
		for _, has := range p.Roles {
			if has == role {
				row.Labels = append(row.Labels, shell.RoleLabels[role])
			}
		}
	}
	return row
}

// NewListView is the page of a search without what it finds.
func NewListView(q url.Values) ListView {
	view := ListView{Form: fields.New("q", q.Get("q"), "role", q.Get("role"), "state", q.Get("state"))}
	view.Searched = view.Value("q")+view.Value("role")+view.Value("state") != ""
	view.Roles = append(view.Roles, fields.Option{Label: "desk.people.any_role"})
	for _, role := range members.Given() {
		view.Roles = append(view.Roles, fields.Option{Value: string(role), Label: shell.RoleLabels[role]})
	}
	view.States = []fields.Option{{Label: "desk.people.any_state"}, {Value: string(members.Active), Label: "desk.people.active"},
		{Value: string(members.Disabled), Label: "desk.people.disabled"}}
	return view
}

// longestSearch is the most of a search that is looked at.
const longestSearch = 200

// list answers GET /desk/people.
func (d *Desk) list(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	view := NewListView(q)
	text := q.Get("q")
	find := members.Search{Text: text[:min(len(text), longestSearch)], Role: members.Role(q.Get("role")), State: members.State(q.Get("state"))}
	var next members.AccountKey
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, after, err := d.Members.Accounts(tx, find, members.AccountKey{Word: q.Get("word"), ID: q.Get("after")}, onPeople)
		next = after
		for _, p := range list {
			p.Created = p.Created.In(settings.Location())
			view.List = append(view.List, NewRow(p))
		}
		return err
	})
	if err != nil {
		return err
	}
	if next != (members.AccountKey{}) {
		more := url.Values{"after": {next.ID}}
		for name, value := range map[string]string{"q": find.Text, "role": string(find.Role), "state": string(find.State), "word": next.Word} {
			if value != "" {
				more.Set(name, value)
			}
		}
		view.Next = "/desk/people?" + more.Encode()
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/people", "/desk/people", view)
}

// RightsView is the table of rights in words.
type RightsView struct {
	Roles []string // message keys
	List  []RightRow
}

// RightRow is a right and whether each role has it.
type RightRow struct {
	Label string // a message key
	Has   []bool
}

// rightLabels are the rights in words. Those to what is still to come have none.
var rightLabels = map[members.Right]string{
	members.WriteStories: "right.write_stories", members.ReviewStories: "right.review_stories", members.CurateTopics: "right.curate_topics",
	members.ModerateReplies: "right.moderate_replies",
	members.ApproveJoiners:  "right.approve_joiners", members.ManagePeople: "right.manage_people", members.RunCommunity: "right.run_community",
}

// NewRightsView is the table that members.Table is.
func NewRightsView() RightsView {
	var view RightsView
	for _, role := range members.Roles() {
		view.Roles = append(view.Roles, shell.RoleLabels[role])
	}
	for _, g := range members.Table() {
		row := RightRow{Label: rightLabels[g.Right]}
		if row.Label == "" {
			continue
		}
		for _, role := range members.Roles() {
			row.Has = append(row.Has, role.Has(g.Right))
		}
		view.List = append(view.List, row)
	}
	return view
}

// rights answers GET /desk/people/roles.
func (d *Desk) rights(w http.ResponseWriter, r *http.Request) error {
	return d.Show(w, r, http.StatusOK, "desk/roles", "/desk/people", NewRightsView())
}
