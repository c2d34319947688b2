package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// leaving hands over what is held on people, and forgets them.
type leaving struct{ *App }

// Take makes the archive of all that is held on a member. It is made whole before a byte
// of it is sent, in a file without a name that is gone when it is closed: a slow reader
// holds up no transaction, and what fails is told and not cut off.
func (l leaving) Take(ctx context.Context, account string) (io.ReadCloser, int64, error) {
	return l.archive(ctx, func(tx *db.Tx) (personal.Person, string, error) {
		p, err := l.Members.PersonOf(tx, account)
		if err != nil {
			return p, "", err
		}
		holder, err := l.Members.AccountByID(tx, account)
		return p, holder.Language, err
	})
}

// Replied reports whether a member wrote replies, here or on the blog that was brought over.
func (l leaving) Replied(tx *db.Tx, account string) (bool, error) {
	p, err := l.Members.PersonOf(tx, account)
	if err != nil {
		return false, err
	}
	wrote, err := l.Replies.Wrote(tx, p)
	if wrote || err != nil {
		return wrote, err
	}
	return l.Imports.Replied(tx, p)
}

// TakeAddress makes the archive of all that is held on an address without an account.
func (l leaving) TakeAddress(ctx context.Context, address mail.Address) (io.ReadCloser, int64, error) {
	return l.archive(ctx, func(tx *db.Tx) (personal.Person, string, error) {
		return personal.Person{Address: address.Key()}, "", l.strangers(tx, address)
	})
}

// strangers is Gone for an address that an account has by now, also a closed one: what is
// held on it is its holder's, who signs in for that, or asks those who run the community.
func (l leaving) strangers(tx *db.Tx, address mail.Address) error {
	taken, err := l.Members.AddressTaken(tx, address.Key())
	if err == nil && taken {
		err = problem.New(problem.Gone, "signin.link_spent")
	}
	return err
}

func (l leaving) archive(ctx context.Context, who func(tx *db.Tx) (personal.Person, string, error)) (io.ReadCloser, int64, error) {
	file, err := l.nameless()
	if err != nil {
		return nil, 0, &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
	}
	err = l.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := file.Truncate(0); err != nil {
			return err
		}
		p, language, err := who(tx)
		if err != nil {
			return err
		}
		return l.write(tx, p, language, file)
	})
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, size, nil
}

// exportFile begins the name that an archive has for a moment in the media folder,
// where there is room for pictures.
const exportFile = ".export-"

func (l leaving) nameless() (*os.File, error) {
	media, name := l.Config.Dir.Media(), exportFile+l.IDs.New()
	file, err := media.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := media.Remove(name); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func (l leaving) write(tx *db.Tx, p personal.Person, language string, to io.Writer) error {
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	if language == "" {
		language = settings.Language
	}
	now := l.Config.Clock()
	archive := personal.NewArchive(to, now)
	words := l.readme(language, "name", settings.Name, "address", l.Config.Base.String(), "date", now.UTC().Format("2006-01-02 15:04 MST"))
	if err := archive.File("README.txt", now, strings.NewReader(words)); err != nil {
		return err
	}
	if err := l.held(tx, p, archive); err != nil {
		return err
	}
	return archive.Close()
}

// readme says in words what is in the archive.
func (l leaving) readme(language string, about ...any) string {
	return l.say(language, "takeaway.title", about...) + "\n\ndata/\n" + l.say(language, "takeaway.data") + "\n\nstories/\n" + l.say(language, "takeaway.stories") +
		"\n\npictures/\n" + l.say(language, "takeaway.pictures") + "\n\n" + l.say(language, "takeaway.end") + "\n"
}

func (l leaving) held(tx *db.Tx, p personal.Person, out personal.Out) error {
	for _, part := range l.parts() {
		if part.held == nil {
			continue
		}
		if err := part.held(tx, p, out); err != nil {
			return fmt.Errorf("hand over %s: %w", strings.Join(part.tables, ", "), err)
		}
	}
	return nil
}

// Leave removes a member as they wish, at their own word or at an owner's, who may keep
// the address out with a reason.
func (l leaving) Leave(ctx context.Context, by members.Actor, account string, w personal.Wish, reason string) error {
	if w.Barred && by.AccountID == account {
		return problem.New(problem.Conflict, "person.yourself")
	}
	if by.AccountID != account && !by.May(members.ManagePeople) {
		return problem.New(problem.Forbidden, "problem.forbidden")
	}
	act := "account.left"
	if by.AccountID != account {
		act = "account.removed"
	}
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := l.Members.PersonOf(tx, account)
		if err != nil {
			return err
		}
		if err := l.forget(tx, p, w); err != nil {
			return err
		}
		if w.Barred {
			if err := l.Joining.Bar(tx, by.AccountID, p.Address, reason); err != nil {
				return err
			}
		}
		who := by.AccountID
		if who == account {
			who = personal.Left
		}
		return l.Community.Record(tx, who, act, "account:"+personal.Left, "")
	})
}

// LeaveAddress removes what is held on an address without an account.
func (l leaving) LeaveAddress(ctx context.Context, address mail.Address, w personal.Wish) error {
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		if err := l.strangers(tx, address); err != nil {
			return err
		}
		if err := l.forget(tx, personal.Person{Address: address.Key()}, w); err != nil {
			return err
		}
		return l.Community.Record(tx, "", "address.removed", "address", "")
	})
}

// RetractReplies takes the name of a member who stays off all their replies, or removes
// these, and counts them.
func (l leaving) RetractReplies(ctx context.Context, account string, c personal.Choice) (n int, err error) {
	e := personal.Erased{At: l.Config.Clock().UTC(), Writer: account, Wish: personal.Wish{Stories: personal.Named, Replies: c}}
	err = l.DB.Update(ctx, func(tx *db.Tx) error {
		if n, err = l.retract(tx, e); err != nil || n == 0 {
			return err
		}
		if err := l.Community.Record(tx, account, "replies."+string(c), "account:"+account, ""); err != nil {
			return err
		}
		return l.Jobs.Enqueue(tx, jobPersonLeft, personLeft{Erased: e}, jobs.Once(l.IDs.New()))
	})
	return n, err
}

func (l leaving) retract(tx *db.Tx, e personal.Erased) (int, error) {
	p, err := l.Members.PersonOf(tx, e.Writer)
	if err == nil {
		err = l.Imports.ForgetReplies(tx, p, e.Wish)
	}
	if err != nil {
		return 0, err
	}
	return l.Replies.Retract(tx, p, e.Wish.Replies, e.At)
}

// answer says what is written to an address whose holder asks what is held on it: a link
// to it, or for a member the way to their own page. Whose account was closed has to ask
// those who run the community.
func (l leaving) answer(tx *db.Tx, asked proofs.Asked) (proofs.Answer, error) {
	account, err := l.Members.AccountByEmail(tx, asked.Address.Key())
	switch {
	case err == nil:
		return proofs.Answer{Subject: account.ID, Letter: func(proofs.Secrets) (mail.Letter, error) {
			return memberLetters(l).letter(tx, account.Language, letterWords{kind: "your-data", subject: "letter.data.subject", text: "letter.data.member",
				button: "letter.data.button", path: "/me/data", end: "letter.data.end"})
		}}, nil
	case !problem.Is(err, problem.NotFound):
		return proofs.Answer{}, err
	}
	closed, err := l.Members.AddressTaken(tx, asked.Address.Key())
	if err != nil || closed {
		return proofs.Answer{}, err
	}
	return proofs.Answer{Purpose: proofs.Data, Life: proofs.ConfirmLife, Letter: func(x proofs.Secrets) (mail.Letter, error) {
		return memberLetters(l).letter(tx, "", letterWords{kind: "your-data", subject: "letter.data.subject", text: "letter.data.text",
			button: "letter.data.button", path: "/your-data/" + x.Link, end: "letter.data.end", secrets: proofs.Secrets{Link: x.Link}})
	}}, nil
}

// forget takes away what is held on somebody, and asks for what comes after the commit.
func (l leaving) forget(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if !w.Whole() {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	left := personLeft{Erased: personal.Erased{At: l.Config.Clock().UTC(), Account: p.Account, Wish: w}}
	if p.Account == "" {
		left.Erased.Address = l.Community.Keyed("address " + p.Address)
	} else {
		list, err := l.picturesOf(tx, p)
		if err != nil {
			return err
		}
		slices.Sort(list)
		left.Pictures = slices.Compact(list)
	}
	for _, part := range l.parts() {
		if err := l.forgetPart(tx, part, p, w); err != nil {
			return fmt.Errorf("forget %s: %w", strings.Join(part.tables, ", "), err)
		}
	}
	return l.Jobs.Enqueue(tx, jobPersonLeft, left, jobs.Once(l.IDs.New()))
}

// forgetPart leaves out, for an address without an account, what goes by account.
func (l leaving) forgetPart(tx *db.Tx, part part, p personal.Person, w personal.Wish) error {
	if p.Account == "" && part.addresses == nil {
		return nil
	}
	return part.forget(tx, p, w)
}
