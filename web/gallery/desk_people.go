package gallery

import (
	"net/url"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk"
	deskpeople "waypost/web/desk/people"
)

// somebody is a person as an owner sees them.
func (c cast) somebody(roles ...members.Role) members.Person {
	return members.Person{Account: members.Account{ID: "a1", Name: c.text("Tamsin Oyelaran"), Email: "tamsin@brackmouth.example", Roles: append(roles, members.Member)},
		State: members.Active, Created: today, Author: "p1", Handle: "tamsin-oyelaran"}
}

// deskPeople are the desk's pages on people, and the record of what they did.
func deskPeople() []Scene {
	list := func(c cast, search url.Values, all ...members.Person) deskpeople.ListView {
		view := deskpeople.NewListView(search)
		for _, p := range all {
			view.List = append(view.List, deskpeople.NewRow(p))
		}
		return view
	}
	console := members.Console()
	return append(deskRecord(), []Scene{
		scene("people", "usual", "/desk/people", func(c cast) any {
			nameless := members.Person{Account: members.Account{ID: "a3", Roles: []members.Role{members.Owner, members.Member}}, State: members.Active, Created: today}
			return list(c, nil, c.somebody(), c.somebody(members.Editor, members.Moderator), nameless)
		}),
		scene("people", "long", "/desk/people", func(c cast) any {
			p := c.somebody(members.Given()...)
			p.Name, p.Email, p.State = c.text(endless), endless+"@"+endless+".example", members.Disabled
			view := list(c, url.Values{"q": {c.text(endless)}, "role": {"editor"}, "state": {"disabled"}}, p, p)
			view.Next = "/desk/people?after=a1"
			return view
		}),
		scene("people", "none", "/desk/people", func(c cast) any { return list(c, url.Values{"q": {"x"}}) }),
		scene("people", "empty", "/desk/people", func(c cast) any { return list(c, nil) }),
		scene("roles", "usual", "/desk/people", func(cast) any { return deskpeople.NewRightsView() }),
		scene("person", "usual", "/desk/people", func(c cast) any { return deskpeople.NewPersonView(c.somebody(members.Editor), console, nil) }),
		scene("person", "myself", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.Trusted, p.Email, p.Author = true, "", ""
			return deskpeople.NewPersonView(p, members.Actor{AccountID: "a1", Roles: p.Roles}, nil)
		}),
		scene("person", "refused", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.State = members.Disabled
			view := deskpeople.NewPersonView(p, console, []members.Role{members.Moderator})
			view.Problem = &problem.Message{Key: "person.last_owner"}
			return view
		}),
		scene("person", "above", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.Name = ""
			return deskpeople.NewPersonView(p, members.Actor{AccountID: "a2"}, nil)
		}),
		scene("person", "long", "/desk/people", func(c cast) any {
			p := c.somebody(members.Given()...)
			p.Name, p.Email = c.text(endless), endless+"@"+endless+".example"
			return deskpeople.NewPersonView(p, console, nil)
		}),
	}...)
}

// deskRecord is who did what.
func deskRecord() []Scene {
	return []Scene{
		scene("record", "usual", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("", "")
			view.List = []desk.RecordRow{
				{Act: community.Act{At: today, AccountID: "a1", Act: "story.published", Detail: c.text("When the dream job was not the dream")}, Label: "desk.act.story_published", By: c.text("Tamsin Oyelaran"), URL: "/desk/stories/s1"},
				{Act: community.Act{At: today, AccountID: "a1", Act: "role.granted", Detail: "editor"}, Label: "desk.act.role_granted", By: c.text("Tamsin Oyelaran"), To: c.text("Dez Achterberg"), URL: "/desk/people/a2"},
				{Act: community.Act{At: today, AccountID: "a3", Act: "account.enabled"}, Label: "desk.act.account_enabled", URL: "/desk/people/a4"},
				{Act: community.Act{At: today, AccountID: "a4", Act: "story.saved"}, Label: "desk.act.story_saved", Gone: true},
				{Act: community.Act{At: today, Act: "story.saved"}, Label: "desk.act.story_saved"}}
			return view
		}),
		scene("record", "long", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("people", "a1")
			view.Who, view.Next = c.text(endless), "/desk/record?before=1"
			view.List = []desk.RecordRow{{Act: community.Act{At: today, AccountID: "a1", Act: "members.invited", Detail: c.text(endless + " " + wordy)}, By: c.text(endless)}}
			return view
		}),
		scene("record", "person", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("", "a1")
			view.Who = c.text("Tamsin Oyelaran")
			return view
		}),
		scene("record", "empty", "/desk/record", func(cast) any { return desk.NewRecordView("sign-in", "") }),
	}
}
