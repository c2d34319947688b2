package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/personal"
	"waypost/internal/problem"
)

// jobPersonLeft says that somebody was removed from the database.
const jobPersonLeft = "app.person-left"

// personLeft is the payload of jobPersonLeft.
type personLeft struct {
	Erased   erased   `json:"erased"`
	Pictures []string `json:"pictures"` // that may stand nowhere now
}

// erased is one line of the list of those who were removed: identifiers alone, and of
// an address a keyed hash. It is outside the database, so that a restored backup does
// not bring back who has left since.
type erased struct {
	At      time.Time     `json:"at"`
	Account string        `json:"account,omitempty"`
	Address string        `json:"address,omitempty"`
	Wish    personal.Wish `json:"wish"`
}

// erasedName is the list's name in the media folder, which all nodes share and which
// outlives a restored database.
const erasedName = "erased"

// afterLeaving handles jobPersonLeft: the list gets its line, pictures that stand nowhere
// any more are removed, and the database's file is rid of what was deleted.
func (l leaving) afterLeaving(ctx context.Context, j *jobs.Job) error {
	var left personLeft
	if err := j.Payload(&left); err != nil {
		return err
	}
	if err := l.noteErased(left.Erased); err != nil {
		return fmt.Errorf("note who was removed: %w", err)
	}
	for _, id := range left.Pictures {
		if err := l.dropPicture(ctx, id); err != nil {
			return fmt.Errorf("remove picture %s: %w", id, err)
		}
	}
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		if err := l.Jobs.Enqueue(tx, jobScrub, struct{}{}, jobs.Once(jobScrub)); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

// jobScrub says that the database's file is to be rid of what was deleted.
const jobScrub = "app.scrub"

func (l leaving) scrub(ctx context.Context, j *jobs.Job) error {
	if err := l.DB.Scrub(ctx); err != nil {
		return err
	}
	return l.DB.Update(ctx, j.Done)
}

// noteErased adds a line, on disk before it returns. A line that is there stays alone.
func (l leaving) noteErased(e erased) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	media := l.Config.Dir.Media()
	there, err := media.ReadFile(erasedName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if slices.ContainsFunc(bytes.Split(there, []byte("\n")), func(l []byte) bool { return bytes.Equal(l, line) }) {
		return nil
	}
	if len(there) > 0 && there[len(there)-1] != '\n' { // cut off by a crash
		line = append([]byte("\n"), line...)
	}
	file, err := media.OpenFile(erasedName, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return syncFolder(media)
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
	list, err := l.erasedList()
	if err != nil || len(list) == 0 {
		return err
	}
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		addresses := map[string]erased{}
		for _, e := range list {
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

// eraseAddressesAgain leaves alone what came after the removal: whoever subscribes again
// is back, also where an import or a backup brings older words of theirs. So only the part
// goes in which something old is found, and the list keeps the moment of the removal.
func (l leaving) eraseAddressesAgain(tx *db.Tx, gone map[string]erased) error {
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
	return l.Jobs.Enqueue(tx, jobScrub, struct{}{}, jobs.Once(jobScrub))
}

// erasedList reads the list. A line that a crash cut off is left out: its job wrote, or
// will write, another.
func (l leaving) erasedList() ([]erased, error) {
	text, err := l.Config.Dir.Media().ReadFile(erasedName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read who was removed: %w", err)
	}
	var list []erased
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		var e erased
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.Wish.Whole() {
			list = append(list, e)
		}
	}
	return list, lines.Err()
}
