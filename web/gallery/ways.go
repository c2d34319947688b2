package gallery

import (
	"waypost/internal/problem"
	"waypost/members/oidc"
	"waypost/members/passkeys"
	"waypost/web/desk/fields"
	"waypost/web/join"
	"waypost/web/me"
	"waypost/web/shell"
)

// wayIn shows one of somebody's own pages.
func wayIn(page, state string, content func(c cast) any) Scene {
	return Scene{Page: "me/" + page, State: state, show: func(c cast) any { return c.desk(ownSection(page), content(c)) }}
}

func (c cast) passkeys() []passkeys.Passkey {
	return []passkeys.Passkey{
		{ID: "1", Name: c.text("My telephone"), Here: true, BackedUp: true, Created: today.AddDate(0, -2, 0), Used: today},
		{ID: "2", Here: true, Created: today},
		{ID: "3", Name: c.text(endless), Host: "the-address-before.example", Created: today.AddDate(-1, 0, 0), Used: today.AddDate(0, -7, 0)},
	}
}

// ways are the pages about how people get in.
func ways() []Scene {
	named := func(c cast) fields.Form { return fields.New("name", c.text("My telephone")) }
	return []Scene{
		wayIn("ways", "usual", func(c cast) any {
			return me.WaysView{Email: "tamsin@waypost.example", Passkeys: me.PasskeysView{Available: true, List: c.passkeys()},
				Links: []oidc.Link{{ID: "1", Issuer: "https://id.example", Site: c.text("Example University"), Name: c.text("Tamsin O."), Created: today, Used: today},
					{ID: "2", Issuer: "https://" + endless + ".example/realms/gone", Created: today}},
				Others: []oidc.Provider{{Key: "example", Name: c.text("Example University")}}, Problem: &problem.Message{Key: "ways.last"}}
		}),
		wayIn("add", "usual", func(cast) any { return nil }),
		{Page: "join/leave", State: "usual", show: func(c cast) any {
			return c.outside(shell.LeaveView{Name: c.text("Example University"), URL: "https://id.example/authorize?state=x"})
		}},
		{Page: "join/stranger", State: "usual", show: func(c cast) any { return c.outside(join.StrangerView{Name: c.text(endless)}) }},
		{Page: "join/stranger", State: "down", show: func(c cast) any {
			return c.outside(join.StrangerView{Problem: &problem.Message{Key: "oidc.down", Args: []any{"name", "Example"}}})
		}},
		wayIn("ways", "empty", func(cast) any { return me.WaysView{Command: "waypost owner-link"} }),
		wayIn("ways", "first", func(c cast) any {
			return me.WaysView{Command: "waypost owner-link", Passkeys: me.PasskeysView{Available: true}, Others: []oidc.Provider{{Key: "example", Name: c.text("Example University")}}}
		}),
		wayIn("link", "usual", func(c cast) any {
			return me.LinkView{Form: fields.New("name", c.text("Tamsin O.")), Link: oidc.Link{ID: "1", Issuer: "https://id.example", Site: c.text("Example University")}}
		}),
		wayIn("link", "last", func(c cast) any {
			form := fields.New("name", c.text(endless))
			form.Problem = &problem.Message{Key: "ways.last"}
			return me.LinkView{Form: form, Link: oidc.Link{ID: "2", Issuer: "https://" + endless + ".example/realms/gone"}}
		}),
		wayIn("offer", "usual", func(cast) any { return me.OfferView{Next: "/desk"} }),
		wayIn("passkey", "usual", func(c cast) any { return me.PasskeyView{Form: named(c), Passkey: c.passkeys()[0]} }),
		wayIn("passkey", "last", func(c cast) any {
			form := fields.New()
			form.Problem = &problem.Message{Key: "ways.last"}
			return me.PasskeyView{Form: form, Passkey: c.passkeys()[1]}
		}),
		wayIn("passkey", "faults", func(c cast) any {
			return me.PasskeyView{Form: refused(named(c), fault("name", "field.too_long", "max", 80)), Passkey: c.passkeys()[2]}
		}),
	}
}

// otherWays are all the ways in besides mail.
var otherWays = shell.OtherWays{Passkeys: true, Providers: []shell.ProviderWay{{Name: "Example University", URL: "/sign-in/with/example"}}}
