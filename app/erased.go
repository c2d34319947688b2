package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/personal"
	"waypost/internal/problem"
)

// jobPersonLeft says that somebody, or what they replied, was removed from the database.
const jobPersonLeft = "app.person-left"

// personLeft is the payload of jobPersonLeft.
type personLeft struct {
	Erased   personal.Erased `json:"erased"`
	Pictures []string        `json:"pictures"` // that may stand nowhere now
}

// afterLeaving handles jobPersonLeft: the list gets its line, pictures that stand nowhere
// any more are removed, and the database's file is rid of what was deleted.
func (l leaving) afterLeaving(ctx context.Context, j *jobs.Job) error {
	var left personLeft
	if err := j.Payload(&left); err != nil {
		return err
	}
	if err := left.Erased.Note(l.Config.Dir.Media()); err != nil {
		return fmt.Errorf("note who was removed: %w", err)
	}
	for _, id := range left.Pictures {
		if err := l.dropPicture(ctx, id); err != nil {
			return fmt.Errorf("remove picture %s: %w", id, err)
		}
	}
	return l.DB.Update(ctx, func(tx *db.Tx) error { return errors.Join(l.scrubSoon(tx), j.Done(tx)) })
}

// jobScrub says that the database's file is to be rid of what was deleted.
const jobScrub = "app.scrub"

// scrubSoon sees that it is.
func (l leaving) scrubSoon(tx *db.Tx) error {
	return l.Jobs.Enqueue(tx, jobScrub, struct{}{}, jobs.Once(jobScrub))
}

func (l leaving) scrub(ctx context.Context, j *jobs.Job) error {
	if err := l.DB.Scrub(ctx); err != nil {
		return err
	}
	return l.DB.Update(ctx, j.Done)
}

// dropPicture removes a picture that stands nowhere any more, and its files.
func (l leaving) dropPicture(ctx context.Context, id string) error {
	var names []string
	err := l.DB.Update(ctx, func(tx *db.Tx) error {
		names = nil
		shown, err := l.pictureShown(tx, id)
		if err != nil || shown {
			return err
		}
		if _, err := l.Pictures.Remove(tx, id); err != nil {
			return err
		}
		names, err = l.Pictures.FilesOf(id) // also those that an interrupted run left
		return err
	})
	if err != nil {
		return err
	}
	return l.Pictures.Unlink(names)
}

// eraseAgain removes those who were removed before and are here again, out of a backup.
func (l leaving) eraseAgain(ctx context.Context) error {
	list, err := personal.ErasedIn(l.Config.Dir.Media())
	if err != nil || len(list) == 0 {
		return err
	}
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		addresses := map[string]personal.Erased{}
		for _, e := range list {
			if e.Path != "" {
				if err := l.Paths.EraseOlder(tx, e.Path, e.At); err != nil {
					return err
				}
				continue
			}
			if e.Writer != "" {
				if err := l.retractAgain(tx, e); err != nil {
					return err
				}
				continue
			}
			if e.Address != "" {
				addresses[e.Address] = e
				continue
			}
			p, err := l.Members.PersonOf(tx, e.Account)
			if problem.Is(err, problem.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := l.forget(tx, p, e.Wish); err != nil {
				return fmt.Errorf("remove again who was removed on %s: %w", e.At.Format(time.DateOnly), err)
			}
			if e.Wish.Barred {
				settings, err := l.Community.SettingsIn(tx)
				if err != nil {
					return err
				}
				if err := l.Joining.Bar(tx, "", p.Address, l.say(settings.Language, "barred.restored")); err != nil {
					return err
				}
			}
			l.Config.Log.Info("removed again who was removed before the backup was restored", "removed", e.At)
		}
		return l.eraseAddressesAgain(tx, addresses)
	})
}

// pathErased notes that a member's path was destroyed, as it was until now.
func (l leaving) pathErased(tx *db.Tx, member string) error {
	kept := personal.Wish{Stories: personal.Named, Replies: personal.Named}
	return l.Jobs.Enqueue(tx, jobPersonLeft, personLeft{Erased: personal.Erased{At: l.Config.Clock(), Path: member, Wish: kept}})
}

// retractAgain does with the replies of somebody who stays what they wished of those that
// were there, and leaves alone what they wrote since.
func (l leaving) retractAgain(tx *db.Tx, e personal.Erased) error {
	n, err := l.retract(tx, e)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil || n == 0 {
		return err
	}
	return l.scrubSoon(tx)
}

// eraseAddressesAgain leaves alone what came after the removal: whoever subscribes again
// is back, also where an import or a backup brings older words of theirs. So only the part
// goes in which something old is found, and the list keeps the moment of the removal.
func (l leaving) eraseAddressesAgain(tx *db.Tx, gone map[string]personal.Erased) error {
	if len(gone) == 0 {
		return nil
	}
	again := false
	for _, part := range l.parts() {
		if part.addresses == nil {
			continue
		}
		here, err := part.addresses(tx)
		if err != nil {
			return err
		}
		for _, trace := range here {
			e, found := gone[l.Community.Keyed("address "+trace.Address)]
			if !found || trace.Since.After(e.At) {
				continue
			}
			if err := l.forgetPart(tx, part, personal.Person{Address: trace.Address}, e.Wish); err != nil {
				return err
			}
			again = true
		}
	}
	if !again {
		return nil
	}
	return l.scrubSoon(tx)
}
