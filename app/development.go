//go:build !release

package app

import (
	"context"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/web/dev"
	"waypost/web/gallery"
	"waypost/web/kit"
)

// development are the pages under /_dev; none unless somebody works on the program.
func (a *App) development() []kit.Route {
	if a.shifted == nil {
		return nil
	}
	v := &dev.Dev{Gallery: gallery.New(a.Config.Files, a.words, a.Config.Live, a.Config.Base.String()), Clock: a.shifted, Work: a.Jobs.Work,
		Letters: a.latestLetters, Letter: a.letterWords}
	return v.Routes()
}

// mostLetters are listed to whoever works on the program.
const mostLetters = 100

func (a *App) latestLetters(ctx context.Context) (list []mail.Row, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) (err error) {
		list, err = a.Mail.List(tx, mail.All, "", mostLetters)
		return err
	})
	return list, err
}

// letterWords is a letter as its reader gets it; ok is false when it was wiped.
func (a *App) letterWords(ctx context.Context, id string) (row mail.Row, c mail.Content, ok bool, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) (err error) {
		if row, err = a.Mail.ByID(tx, id); err != nil {
			return err
		}
		c, ok, err = a.Mail.ContentOf(tx, id)
		return err
	})
	return row, c, ok, err
}
