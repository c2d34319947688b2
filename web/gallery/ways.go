package gallery

import (
	"waypost/internal/problem"
	"waypost/members/passkeys"
	"waypost/web/desk/fields"
	"waypost/web/me"
	"waypost/web/shell"
)

// wayIn shows one of somebody's own pages.
func wayIn(page, state string, content func(c cast) any) Scene {
	return Scene{Page: "me/" + page, State: state, show: func(c cast) any { return c.desk("", content(c)) }}
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
			return me.WaysView{Email: "tamsin@waypost.example", Passkeys: me.PasskeysView{Available: true, List: c.passkeys()}}
		}),
		wayIn("ways", "empty", func(cast) any { return me.WaysView{Console: true} }),
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
var otherWays = shell.OtherWays{Passkeys: true}
