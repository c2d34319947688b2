package app

import (
	"cmp"
	"context"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/members"
	"waypost/members/passkeys"
	"waypost/web/render"
	"waypost/web/shell"
)

// passkeyLetter tells an account's holder that a passkey was added or removed, so that
// it is noticed if somebody else did. Who has no address has only the record.
func (a *App) passkeyLetter(tx *db.Tx, account members.Account, e passkeys.Event, name string) error {
	subject, text := "letter.passkey_added", "letter.passkey_added_text"
	if e == passkeys.Removed {
		subject, text = "letter.passkey_removed", "letter.passkey_removed_text"
	}
	return a.waysLetter(tx, account, subject, text, "letter.passkey_name", name)
}

// linkLetter tells an account's holder that an account elsewhere was linked, or is not
// any more.
func (a *App) linkLetter(tx *db.Tx, account members.Account, linked bool, name string) error {
	subject, text := "letter.link_added", "letter.link_added_text"
	if !linked {
		subject, text = "letter.link_removed", "letter.link_removed_text"
	}
	return a.waysLetter(tx, account, subject, text, "letter.link_name", name)
}

// waysLetter writes to an account that a way into it was added or removed.
func (a *App) waysLetter(tx *db.Tx, account members.Account, subject, text, named, name string) error {
	if account.Email == "" {
		return nil
	}
	settings, err := a.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	language := cmp.Or(account.Language, settings.Language)
	letter := render.Letter{Language: language, From: settings.Name, Subject: a.say(language, subject, "site", settings.Name),
		Blocks: []render.Block{render.LetterText(a.say(language, text, "site", settings.Name))}, Why: a.say(language, "letter.ways_why")}
	if name != "" {
		letter.Blocks = append(letter.Blocks, render.LetterText(a.say(language, named, "name", name)))
	}
	letter.Blocks = append(letter.Blocks, render.LetterText(a.say(language, "letter.ways_not_you")),
		render.LetterButton(a.say(language, "me.nav.ways"), a.Config.Base.String()+"/me/ways"))
	html, plain, err := a.Public.Renderer.Letter(letter)
	if err != nil {
		return err
	}
	return a.Mail.Post(tx, mail.Letter{Kind: "ways", To: account.Email, Subject: mail.HeaderText(letter.Subject), Text: plain, HTML: html})
}

// letterWay says how letters go: where none leaves a sample, whoever runs it reads them.
func (a *App) letterWay(ctx context.Context) (way shell.LetterWay, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		s, err := a.Mail.SettingsIn(tx)
		sample := a.Config.Demo || a.Config.Dev
		way = shell.LetterWay{Waits: !s.Ready() && !sample, OnDesk: !s.Ready() && sample}
		return err
	})
	return way, err
}
