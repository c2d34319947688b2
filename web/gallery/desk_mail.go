package gallery

import (
	"waypost/internal/mail"
	"waypost/internal/mail/preflight"
	"waypost/internal/problem"
	"waypost/web/desk/fields"
	desk "waypost/web/desk/letters"
)

// deskMail are the desk's pages of mail.
func deskMail() []Scene {
	list := append(mailSettings(), mailLetters()...)
	return append(list, []Scene{
		{Page: "desk/mail", State: "trouble", show: func(c cast) any {
			page := c.desk(desk.Section, mailOverview(c))
			page.Alert = &problem.Message{Key: "mail.trouble.fault", Args: []any{"count", 12, "server", "post.example.org", "said", "dial tcp: connection refused"}}
			page.AlertURL = "/desk/mail/letters"
			return page
		}},
		scene("mail-try", "taken", desk.Section, func(c cast) any {
			return desk.NewTry(post, "tamsin@example.org", taken())
		}),
		scene("mail-try", "refused", desk.Section, func(c cast) any {
			return desk.NewTry(post, c.text("tamsin@example.org"), append(taken()[:2:2], mail.Told{Step: mail.StepSignIn, Said: "535 5.7.8 " + c.text(wordy), Advice: "password"}))
		}),
		scene("mail-try", "refused without a known reason", desk.Section, func(c cast) any {
			return desk.NewTry(post, "tamsin@example.org", append(taken()[:1:1], mail.Told{Step: mail.StepSecure, Said: "501 " + c.text(wordy)}))
		}),
		scene("mail-records", "usual", desk.Section, func(c cast) any {
			return desk.RecordsView{Domain: "example.org", Records: []desk.RecordView{
				desk.NewRecord("example.org", preflight.Record{Name: "SPF", Host: "example.org", Found: "v=spf1 include:_spf.example.net ~all"}),
				desk.NewRecord("example.org", preflight.Record{Name: "DKIM", Host: "…._domainkey.example.org"}),
				desk.NewRecord("example.org", preflight.Record{Name: "DMARC", Host: "_dmarc.example.org", Error: "server misbehaving"}),
				desk.NewRecord("example.org", preflight.Record{Name: "SPF", Host: "example.org", Found: "v=spf1 +all " + endless, Fault: "open"})}}
		}),
		scene("mail-records", "with a key to publish", desk.Section, func(cast) any {
			v := desk.RecordsView{Problem: &problem.Message{Key: "mail.signing.not_yet"}, Domain: "example.org", Signing: desk.SigningView{Selector: "waypost20261128", Text: "v=DKIM1; k=rsa; p=" + endless}}
			v.Signing.Record = desk.NewKeyRecord("example.org", preflight.Record{Name: "DKIM", Host: "waypost20261128._domainkey.example.org"})
			return v
		}),
		scene("mail-records", "signing", desk.Section, func(cast) any {
			key := desk.NewKeyRecord("example.org", preflight.Record{Name: "DKIM", Host: "waypost20261128._domainkey.example.org", Found: "v=DKIM1; k=rsa; p=" + endless, Fault: "differs"})
			return desk.RecordsView{Domain: "example.org", Records: []desk.RecordView{key},
				Signing: desk.SigningView{Selector: "waypost20261128", On: true, Text: "v=DKIM1; k=rsa; p=" + endless, Record: key}}
		}),
		scene("mail-records", "empty", desk.Section, func(cast) any { return desk.RecordsView{} }),
	}...)
}

// post is the mail server of the scenes.
var post = mail.Server{ID: "m1", Host: "post.example.org", Port: 587}

func taken() []mail.Told {
	return []mail.Told{{Step: mail.StepConnect, OK: true, Said: "192.0.2.25:587"}, {Step: mail.StepSecure, OK: true, Said: "post.example.org"},
		{Step: mail.StepSignIn, OK: true}, {Step: mail.StepSender, OK: true, Said: "2.1.0 Ok"},
		{Step: mail.StepRecipient, OK: true, Said: "2.1.5 Ok"}, {Step: mail.StepLetter, OK: true, Said: "2.0.0 Ok: queued as 4F2A"}}
}

func mailOverview(c cast) desk.OverviewView {
	return desk.OverviewView{Form: fields.New("name", c.text("Brackmouth Careers"), "address", "hello@example.org", "version", "1"),
		Servers: []mail.Server{{ID: "m1", Host: "post.example.org", Port: 587}, {ID: "m2", Host: "other." + endless + ".example", Port: 465, Fault: "connect|refused"}}}
}

// mailSettings are the forms of the sender and of a server.
func mailSettings() []Scene {
	server := func() fields.Form {
		return fields.New("host", "post.example.org", "port", "587", "security", "starttls", "user", "hello@example.org", "per_minute", "60", "connections", "4", "version", "3")
	}
	return []Scene{
		scene("mail", "usual", desk.Section, func(c cast) any { return mailOverview(c) }),
		scene("mail", "empty", desk.Section, func(c cast) any {
			return desk.OverviewView{Form: fields.New("version", "0"), Missing: desk.Missing(mail.LackSetting)}
		}),
		scene("mail", "refused", desk.Section, func(c cast) any {
			return desk.OverviewView{Form: refused(fields.New("name", c.text(endless), "address", "hello", "version", "0"), fault("address", "mail.fault.address")), Missing: desk.Missing(mail.LackServer), Waiting: true, Open: true}
		}),
		scene("mail-server", "new", desk.Section, func(cast) any {
			return desk.ServerView{Form: fields.New("security", "starttls", "connections", "4")}
		}),
		scene("mail-server", "usual", desk.Section, func(cast) any {
			return desk.ServerView{Form: server(), ID: "m1", HasPassword: true, Ready: true, Own: "tamsin@example.org"}
		}),
		scene("mail-server", "fault", desk.Section, func(c cast) any {
			form := server()
			form.Values.Set("security", "tls")
			return desk.ServerView{Form: form, ID: "m1", Fault: desk.Sentence(mail.Reason{Key: "sign_in", Said: c.text(wordy)})}
		}),
		scene("mail-server", "refused", desk.Section, func(cast) any {
			form := server()
			form.Values.Set("security", "plain")
			form.Values.Set("open_anyway", "yes")
			return desk.ServerView{Form: refused(form, fault("security", "mail.fault.plain"), fault("password", "mail.fault.password")), ID: "m1", HasPassword: true, Ready: true}
		}),
	}
}

// mailLetters are the list of letters and single ones.
func mailLetters() []Scene {
	row := func(c cast, x mail.Row) desk.RowView {
		x.ID, x.Written, x.Due = "l1", today, today
		if x.To == "" {
			x.To = "ottilie@example.org"
		}
		if x.Subject == "" && !x.Secret {
			x.Subject = c.text(titles[0])
		}
		return desk.NewRow(x, today.Location())
	}
	failed := mail.Row{Kind: "new-story", State: mail.Failed, Reason: mail.Reason{Key: "recipient", Said: "550 5.1.1 No such user"}, Server: "post.example.org"}
	secret := mail.Row{Kind: "sign-in", Secret: true, State: mail.Waiting}
	says := func(c cast) *mail.Content {
		return &mail.Content{Subject: c.text(titles[0]), Text: c.text(essay) + "\n\nhttps://stories.example.org/letters/" + endless, HTML: "<p>" + c.text(wordy) + "</p>"}
	}
	return []Scene{
		scene("mail-letters", "usual", desk.Section, func(c cast) any {
			return desk.ListView{Tabs: desk.Tabs(mail.All), Stuck: true, Next: "/desk/mail/letters?before=l1", List: []desk.RowView{
				row(c, mail.Row{Kind: "new-story", State: mail.Accepted}), row(c, failed), row(c, secret),
				row(c, mail.Row{Kind: "welcome", State: mail.Unknown, Reason: mail.Reason{Key: mail.ReasonCrashed}, To: endless + "@example.org", Subject: c.text(endless)}),
				row(c, mail.Row{Kind: "welcome", State: mail.Trying})}}
		}),
		scene("mail-letters", "untitled", desk.Section, func(c cast) any {
			one := row(c, mail.Row{Kind: "welcome", State: mail.Waiting})
			one.Subject = ""
			readable := row(c, secret)
			readable.Open = true
			return desk.ListView{Tabs: desk.Tabs(mail.ToSend), List: []desk.RowView{one, readable}}
		}),
		scene("mail-letters", "empty", desk.Section, func(cast) any { return desk.ListView{Tabs: desk.Tabs(mail.NotSent)} }),
		scene("mail-letter", "usual", desk.Section, func(c cast) any { return desk.LetterView{RowView: row(c, failed)}.Tell(says(c)) }),
		scene("mail-letter", "unknown", desk.Section, func(c cast) any {
			s := says(c)
			s.Text, s.HTML = c.text(essay), ""
			return desk.LetterView{RowView: row(c, mail.Row{Kind: "welcome", State: mail.Unknown, Reason: mail.Reason{Key: mail.ReasonRestored}})}.Tell(s)
		}),
		scene("mail-letter", "secret", desk.Section, func(c cast) any { return desk.LetterView{RowView: row(c, secret), Hidden: true} }),
		scene("mail-letter", "wiped", desk.Section, func(c cast) any {
			return desk.LetterView{RowView: row(c, mail.Row{Kind: "sign-in", Secret: true, State: mail.Failed, Reason: mail.Reason{Key: mail.ReasonExpired}})}
		}),
		scene("mail-letter", "without-text", desk.Section, func(c cast) any {
			return desk.LetterView{RowView: row(c, mail.Row{Kind: "welcome", State: mail.Accepted})}
		}),
	}
}
