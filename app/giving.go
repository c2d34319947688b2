package app

import (
	"context"

	"waypost/internal/db"
	"waypost/members"
	"waypost/news"
)

// giveAuthor makes an author who has no account the page of a member.
func (a *App) giveAuthor(ctx context.Context, by members.Actor, account, handle string) error {
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := a.Members.Give(tx, by, account, handle, func(from, to string) error {
			was, is := news.Subject{Kind: news.Author, ID: from}, news.Subject{Kind: news.Author, ID: to}
			if err := a.Stories.MoveAuthor(tx, by.AccountID, from, to); err != nil {
				return err
			}
			if err := a.News.MoveFollowers(tx, was, is); err != nil {
				return err
			}
			if err := a.Community.Lead(tx, target("author", from), target("author", to)); err != nil {
				return err
			}
			return a.Imports.MoveAuthor(tx, from, to)
		})
		return err
	})
}
