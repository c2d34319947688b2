package gallery

import (
	"waypost/internal/problem"
	"waypost/web/desk/fields"
	"waypost/web/join"
	"waypost/web/shell"
)

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
			v.Approval, v.Silent = true, true
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
		outside("code", "usual", func(cast) any { return join.CodeView{Form: fields.New(), Asked: true} }),
		outside("code", "wrong", func(cast) any {
			return join.CodeView{Form: refused(fields.New("code", "123456"), fault("code", "signin.code_wrong", "count", 3)), Asked: true}
		}),
		outside("code", "elsewhere", func(cast) any { return join.CodeView{Form: fields.New()} }),
		outside("button", "sign-in", func(cast) any { return join.ButtonView{Here: true} }),
		outside("button", "join", func(cast) any { return join.ButtonView{Join: true} }),
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
		outside("waiting", "said", func(cast) any { return join.WaitingView{Form: fields.New(), Said: true} }),
	}
}
