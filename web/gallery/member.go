package gallery

import (
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/me"
	"waypost/web/shell"
)

// memberPages are a member's own pages.
func memberPages() []Scene {
	own := func(page, state string, content func(c cast) any) Scene {
		return Scene{Page: "me/" + page, State: state, show: func(c cast) any { return c.desk(ownSection(page), content(c)) }}
	}
	session := func(id string, d me.Device) me.SessionRow {
		return me.SessionRow{OpenSession: members.OpenSession{ID: id, Opened: today, Used: today}, Shown: d}
	}
	link := func(state string, v me.EmailLinkView) Scene {
		return Scene{Page: "me/email-link", State: state, show: func(c cast) any { return c.outside(v) }}
	}
	return []Scene{
		own("sessions", "usual", func(cast) any {
			this := session("0123456789abcdef", me.Device{Browser: "Firefox", System: "Linux"})
			this.This = true
			return me.SessionsView{List: []me.SessionRow{this, session("123456789abcdef0", me.Device{Browser: "Safari"}), session("23456789abcdef01", me.Device{})}}
		}),
		own("sessions", "empty", func(cast) any { return me.SessionsView{} }),
		own("fresh", "ask", func(cast) any {
			return shell.FreshView{Form: fields.New(), Next: "/desk/settings", Email: "tamsin@example.org"}
		}),
		own("fresh", "sent", func(cast) any {
			return shell.FreshView{Form: fields.New(), Next: "/desk/settings", Kept: "name=x", Email: "tamsin@example.org", Sent: true}
		}),
		own("fresh", "wrong", func(cast) any {
			return shell.FreshView{Form: refused(fields.New("code", "123"), fault("code", "signin.code_ended")), Next: "/desk/settings", Email: "tamsin@example.org", Sent: true}
		}),
		own("fresh", "waits", func(cast) any {
			return shell.FreshView{Form: fields.New(), Next: "/desk/mail/servers/new", Kept: "host=x&type_again=password", Email: "tamsin@example.org", Way: waits}
		}),
		own("fresh", "sample", func(cast) any {
			return shell.FreshView{Form: fields.New(), Next: "/desk/settings", Email: "tamsin@example.org", Sent: true, Way: onDesk}
		}),
		own("fresh", "console", func(cast) any { return shell.FreshView{Form: fields.New(), Next: "/desk/settings", Kept: "name=x"} }),
		own("go-on", "usual", func(c cast) any {
			return shell.GoOnView{Action: "/desk/settings", Values: []fields.Typed{{Name: "name", Value: c.text(endless)}}}
		}),
		own("email", "usual", func(c cast) any { return me.EmailView{Form: fields.New(), Now: "tamsin@" + endless[:40] + ".example"} }),
		own("email", "waits", func(cast) any { return me.EmailView{Form: fields.New(), Way: waits} }),
		own("email", "sent, waits", func(cast) any { return me.EmailView{Form: fields.New(), Sent: true, Way: waits} }),
		own("email", "sent", func(cast) any { return me.EmailView{Form: fields.New(), Sent: true} }),
		own("email", "refused", func(cast) any {
			return me.EmailView{Form: refused(fields.New("email", "tamsin"), fault("email", "signin.address_form")), Now: "tamsin@example.org"}
		}),
		link("confirm", me.EmailLinkView{}), link("undo", me.EmailLinkView{Undo: true}), link("changed", me.EmailLinkView{Done: true}),
		link("undone", me.EmailLinkView{Undo: true, Done: true}), link("spent", me.EmailLinkView{Problem: &problem.Message{Key: "signin.link_spent"}}),
	}
}
