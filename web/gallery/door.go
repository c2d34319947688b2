package gallery

import (
	"waypost/internal/problem"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/join"
	"waypost/web/shell"
)

// waits and onDesk are how letters may go.
var waits, onDesk = shell.LetterWay{Waits: true}, shell.LetterWay{OnDesk: true}

// door are the pages of signing in and joining.
func door() []Scene {
	outside := func(page, state string, content func(c cast) any) Scene {
		return Scene{Page: "join/" + page, State: state, show: func(c cast) any { return c.outside(content(c)) }}
	}
	form := func(door string) join.DoorView {
		return join.DoorView{Form: fields.New(), Door: door, OtherWays: otherWays}
	}
	languages := []fields.Option{{Value: "en", Label: "English"}, {Value: "de", Label: "Deutsch"}}
	return []Scene{
		outside("door", "sign-in", func(cast) any { return form("sign-in") }),
		outside("door", "sign-in-refused", func(cast) any {
			v := form("sign-in")
			v.Closed, v.Why, v.OtherWays = true, &problem.Message{Key: "signin.ended"}, shell.OtherWays{}
			return v
		}),
		outside("door", "join", func(cast) any { return form("join") }),
		outside("door", "join-fault", func(c cast) any {
			v := form("join")
			v.Form = refused(fields.New("email", c.text(endless)+"@"), fault("email", "signin.address_form"))
			v.Approval, v.Way.Waits = true, true
			return v
		}),
		outside("door", "join-domains", func(cast) any {
			v := form("join")
			v.Domains = []string{"example.org", "alumni." + "longest-name-of-a-school-that-ever-was.example"}
			return v
		}),
		outside("door", "join-closed", func(cast) any {
			v := form("join")
			v.Closed = true
			return v
		}),
		outside("door", "sign-in-waits", func(cast) any {
			v := form("sign-in")
			v.Way.Waits, v.Console = true, shell.Console{Folder: "DIR"}
			return v
		}),
		outside("code", "waits", func(cast) any { return join.CodeView{Form: fields.New(), Asked: true, Way: waits} }),
		outside("code", "sample", func(cast) any { return join.CodeView{Form: fields.New(), Asked: true, Way: onDesk} }),
		outside("code", "usual", func(cast) any { return join.CodeView{Form: fields.New(), Asked: true} }),
		outside("code", "wrong", func(cast) any {
			return join.CodeView{Form: refused(fields.New("code", "123456"), fault("code", "signin.code_wrong", "count", 3)), Asked: true}
		}),
		outside("code", "elsewhere", func(cast) any { return join.CodeView{Form: fields.New()} }),
		outside("button", "sign-in", func(cast) any { return join.ButtonView{Here: true} }),
		outside("button", "join", func(cast) any { return join.ButtonView{Join: true} }),
		outside("button", "join decided", func(cast) any { return join.ButtonView{Join: true, Decided: true} }),
		outside("button", "sign-in printed", func(cast) any { return join.ButtonView{Printed: true} }),
		outside("button", "join printed", func(cast) any { return join.ButtonView{Join: true, Printed: true} }),
		outside("button", "spent printed", func(cast) any {
			return join.ButtonView{Printed: true, Problem: &problem.Message{Key: "signin.link_spent"}}
		}),
		outside("button", "spent", func(cast) any { return join.ButtonView{Problem: &problem.Message{Key: "signin.link_spent"}} }),
		{Page: "join/welcome", State: "usual", show: func(c cast) any {
			return c.desk("", join.WelcomeView{Form: fields.New("language", "de"), Languages: languages})
		}},
		{Page: "join/welcome", State: "refused", show: func(c cast) any {
			return c.desk("", join.WelcomeView{Form: refused(fields.New("name", c.text(endless+endless)), fault("name", "field.too_long", "max", 80)), Languages: languages})
		}},
		outside("waiting", "usual", func(cast) any { return join.WaitingView{Form: fields.New()} }),
		outside("waiting", "refused", func(c cast) any {
			return join.WaitingView{Form: refused(fields.New("words", c.text(wordy)), fault("name", "author.name_missing"))}
		}),
		outside("waiting", "over", func(cast) any { return join.WaitingView{Form: fields.New(), Over: true} }),
		outside("waiting", "said", func(cast) any { return join.WaitingView{Form: fields.New(), Said: true} }),
	}
}

// joiningScenes are the page on which owners and organizers say who comes in.
func joiningScenes() []Scene {
	page := func(state string, content func(c cast, v *join.JoiningView)) Scene {
		return Scene{Page: "join/joining", State: state, show: func(c cast) any {
			v := join.JoiningView{Form: fields.New("mode", "open", "budget", "200", "version", "1", "role", "member", "uses", "1", "days", "14"),
				Roles: []fields.Option{{Value: "member", Label: "joining.role_member"}, {Value: "editor", Label: "joining.role_editor"}}}
			content(c, &v)
			return c.desk("/desk/joining", v)
		}}
	}
	modes := []fields.Option{{Value: "open", Label: "joining.mode_open"}, {Value: "approval", Label: "joining.mode_approval"}}
	return []Scene{
		page("empty", func(_ cast, v *join.JoiningView) { v.Owner, v.Modes = true, modes }),
		page("usual", func(c cast, v *join.JoiningView) {
			v.Owner, v.Modes, v.Flooded, v.Link = true, modes, true, c.base+"/join?invitation=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
			v.Requests = []joining.Request{{ID: "r1", Address: "ann@example.org", Name: c.text("Ann Lee"), Words: c.text(wordy), At: today},
				{ID: "r2", Address: endless[:60] + "@example.org", At: today}}
			v.Invitations = []join.InviteRow{{Invite: joining.Invite{ID: "i1", Note: c.text("The class of 2026"), Uses: 40, Left: 12, Expires: today}, RoleLabel: "joining.role_member", Usable: true},
				{Invite: joining.Invite{ID: "i2", Uses: 1, Expires: today}, RoleLabel: "joining.role_editor"},
				{Invite: joining.Invite{ID: "i3", Uses: 1, Left: 1, Expires: today}, RoleLabel: "joining.role_editor", Usable: true}}
		}),
		page("refused", func(_ cast, v *join.JoiningView) {
			v.Owner, v.Modes, v.Way, v.Console = true, modes, waits, shell.Console{Folder: "/srv/waypost"}
			v.Form = refused(v.Form, fault("mode", "field.unknown"), fault("budget", "joining.budget_range", "least", 10, "most", 100000))
		}),
		page("organizer", func(cast, *join.JoiningView) {}),
	}
}
