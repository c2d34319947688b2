package app

import (
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/members/proofs"
	"waypost/web/render"
)

// memberLetters are the words to those who sign in and join. None holds what a visitor
// typed.
type memberLetters struct{ *App }

// words is what a letter is made from: keys of the catalogue.
type letterWords struct {
	kind, subject, text string
	button, path        string // what it is for; empty: nothing to press
	end                 string // what follows the code
	secrets             proofs.Secrets
}

// SignIn is the letter to somebody who has an account.
func (l memberLetters) SignIn(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "sign-in", subject: "letter.signin.subject", text: "letter.signin.text",
		button: "letter.signin.button", path: "/sign-in/" + s.Link, end: "letter.signin.end", secrets: s})
}

// Join is the letter by which an address is confirmed.
func (l memberLetters) Join(tx *db.Tx, language string, decided bool, s proofs.Secrets) (mail.Letter, error) {
	button := "letter.join.button"
	if decided {
		button = "join.confirm"
	}
	return l.letter(tx, language, letterWords{kind: "join", subject: "letter.join.subject", text: "letter.join.text",
		button: button, path: "/join/confirm/" + s.Link, end: "letter.join.end", secrets: s})
}

// Fresh is the letter to somebody who is signed in and shows once more who they are.
func (l memberLetters) Fresh(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "fresh", subject: "letter.fresh.subject", text: "letter.fresh.text", end: "letter.fresh.end", secrets: s})
}

// NewEmail is the letter by which the new address of an account is confirmed.
func (l memberLetters) NewEmail(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "new-email", subject: "letter.new_email.subject", text: "letter.new_email.text",
		button: "letter.new_email.button", path: "/sign-in/email/" + s.Link, end: "letter.new_email.end", secrets: s})
}

// OldEmail is the letter to the address that an account had before.
func (l memberLetters) OldEmail(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "old-email", subject: "letter.old_email.subject", text: "letter.old_email.text",
		button: "letter.old_email.button", path: "/sign-in/undo/" + s.Link, end: "letter.old_email.end", secrets: s})
}

// Try is the letter by which an owner tries a mail server out.
func (l memberLetters) Try(tx *db.Tx, language string) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "try", subject: "letter.try.subject", text: "letter.try.text"})
}

// NoAccount is the letter to an address that cannot join.
func (l memberLetters) NoAccount(tx *db.Tx, language string) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "no-account", subject: "letter.noaccount.subject", text: "letter.noaccount.text", end: "letter.noaccount.end"})
}

// Admitted is the letter to somebody who was let in.
func (l memberLetters) Admitted(tx *db.Tx, language string) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "admitted", subject: "letter.admitted.subject", text: "letter.admitted.text",
		button: "letter.admitted.button", path: "/sign-in"})
}

// Declined is the letter to somebody who was not.
func (l memberLetters) Declined(tx *db.Tx, language string) (mail.Letter, error) {
	return l.letter(tx, language, letterWords{kind: "declined", subject: "letter.declined.subject", text: "letter.declined.text"})
}

func (l memberLetters) letter(tx *db.Tx, language string, w letterWords) (mail.Letter, error) {
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return mail.Letter{}, err
	}
	if language == "" {
		language = settings.Language
	}
	say := func(key string, args ...any) string { return l.say(language, key, args...) }
	base := l.Config.Base.String()
	r := render.Letter{Language: language, From: settings.Name, Subject: mail.HeaderText(say(w.subject, "community", settings.Name)),
		Blocks: []render.Block{render.LetterText(say(w.text, "community", settings.Name))}, Why: say("letter.why_asked", "address", base)}
	if w.button != "" {
		r.Blocks = append(r.Blocks, render.LetterButton(say(w.button), base+w.path))
	}
	if code := w.secrets.Code; code != "" {
		if w.button != "" {
			r.Blocks = append(r.Blocks, render.LetterText(say("letter.code")))
		}
		r.Blocks = append(r.Blocks, render.LetterCode(code[:3]+" "+code[3:]))
	}
	if w.end != "" {
		r.Blocks = append(r.Blocks, render.LetterText(say(w.end)))
	}
	html, text, err := l.Public.Renderer.Letter(r)
	return mail.Letter{Kind: w.kind, Subject: r.Subject, Text: text, HTML: html, Secret: w.secrets != proofs.Secrets{}}, err
}
