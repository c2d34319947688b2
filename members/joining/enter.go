package joining

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// Wish is what somebody who asks to come in wants besides.
type Wish struct {
	Next       string `json:"next,omitempty"`       // where to go then, a path of this site
	Invitation string `json:"invitation,omitempty"` // the secret of one, as a hash
	Console    bool   `json:"console,omitempty"`    // whoever runs the machine vouches for them
}

// Ask notes that somebody wants in with an address, and returns the secret of their
// browser. Who has the address decides, later, whether they sign in or join.
func (s *Service) Ask(ctx context.Context, a mail.Address, w Wish, network string, late bool) (string, error) {
	payload, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("ask to come in: %w", err)
	}
	return s.Proofs.Ask(ctx, proofs.Ask{Purpose: proofs.Enter, Address: a, Payload: string(payload), Network: network, Late: late})
}

// Answer says what is written to an address that wants in.
func (s *Service) Answer(tx *db.Tx, asked proofs.Asked) (proofs.Answer, error) {
	account, err := s.Members.AccountByEmail(tx, asked.Address.Key())
	if err == nil {
		return proofs.Answer{Purpose: proofs.SignIn, Subject: account.ID, Payload: asked.Payload, Life: proofs.ShortLife, Letter: func(x proofs.Secrets) (mail.Letter, error) {
			letter, err := s.Letters.SignIn(tx, account.Language, x)
			letter.To = account.Email
			return letter, err
		}}, nil
	}
	if !problem.Is(err, problem.NotFound) {
		return proofs.Answer{}, err
	}
	return s.answerStranger(tx, asked)
}

func (s *Service) answerStranger(tx *db.Tx, asked proofs.Asked) (proofs.Answer, error) {
	out, err := s.ShutOut(tx, asked.Address.Key())
	if err != nil || out {
		return proofs.Answer{}, err
	}
	way, err := s.wayToJoin(tx, asked.Address, wishOf(asked.Payload))
	if err != nil {
		return proofs.Answer{}, err
	}
	if way == "" {
		return proofs.Answer{Letter: func(proofs.Secrets) (mail.Letter, error) { return s.Letters.NoAccount(tx, "") }}, nil
	}
	settings, err := s.Settings(tx)
	decided := way == proofs.Join && settings.Mode == Approval
	return proofs.Answer{Purpose: way, Payload: asked.Payload, Life: proofs.ConfirmLife,
		Letter: func(x proofs.Secrets) (mail.Letter, error) { return s.Letters.Join(tx, "", decided, x) }}, err
}

// ShutOut reports that an address which no account signs in with is barred, or belongs to a
// disabled account.
func (s *Service) ShutOut(tx *db.Tx, key string) (bool, error) {
	disabled, err := s.Members.AddressTaken(tx, key)
	if err != nil || disabled {
		return disabled, err
	}
	return s.Barred(tx, key)
}

// wayToJoin is by what somebody may join; "" if they may not.
func (s *Service) wayToJoin(tx *db.Tx, a mail.Address, w Wish) (proofs.Purpose, error) {
	if w.Invitation != "" {
		_, err := s.invitationByHash(tx, w.Invitation)
		if !problem.Is(err, problem.NotFound) {
			return proofs.Invited, err
		}
	}
	settings, err := s.Settings(tx)
	if err != nil || !settings.admits(a) {
		return "", err
	}
	return proofs.Join, nil
}

func wishOf(payload string) Wish {
	var w Wish
	_ = json.Unmarshal([]byte(payload), &w) // a link of the console has none
	return w
}

// Entered is what became of somebody who proved an address.
type Entered struct {
	Session string // the secret of the new session; empty for somebody who waits
	Account string
	Next    string
	New     bool // they have joined just now
	Waiting bool // an owner or organizer has to let them in
}

// ConsoleLink makes a one-time secret by which somebody joins whom whoever runs the machine
// knows, whoever else may. Conflict if they have an account, or are kept out.
func (s *Service) ConsoleLink(ctx context.Context, a mail.Address) (string, error) {
	payload, err := json.Marshal(Wish{Console: true})
	if err != nil {
		return "", fmt.Errorf("make a link to join: %w", err)
	}
	var secrets proofs.Secrets
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := s.Members.AccountByEmail(tx, a.Key())
		if err == nil {
			return problem.New(problem.Conflict, "signin.somebody")
		}
		if !problem.Is(err, problem.NotFound) {
			return err
		}
		out, err := s.ShutOut(tx, a.Key())
		if err != nil {
			return err
		}
		if out {
			return problem.New(problem.Conflict, "joining.barred")
		}
		secrets, err = s.Proofs.Issue(tx, proofs.New{Purpose: proofs.Join, Address: a, Payload: string(payload), Life: members.ConsoleLinkLife, Printed: true})
		return err
	})
	return secrets.Link, err
}

// ByLink lets in whoever pressed the button of a letter's page, or of a link from the
// console. browser is the secret of the browser that asked, if it has one.
func (s *Service) ByLink(ctx context.Context, link, browser, device string) (Entered, error) {
	var e Entered
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.Proofs.Redeem(tx, link, proofs.SignIn, proofs.Join, proofs.Invited)
		if err != nil {
			return err
		}
		e, err = s.enter(tx, p, browser, device)
		return err
	})
	if problem.Is(err, problem.Gone) {
		err = errors.Join(err, s.Members.Refused(ctx, link))
	}
	return e, err
}

// ByCode lets in whoever typed the code in the browser that asked for it. The error of a
// wrong one is Invalid and says how many tries are left.
func (s *Service) ByCode(ctx context.Context, browser, code, device string) (Entered, error) {
	var e Entered
	var tried proofs.Tried
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		e = Entered{}
		if tried, err = s.Proofs.Try(tx, browser, code, proofs.SignIn, proofs.Join, proofs.Invited); err != nil || !tried.OK {
			return err
		}
		e, err = s.enter(tx, tried.Proof, browser, device)
		return err
	})
	if err == nil && !tried.OK {
		err = WrongCode(tried.Left)
	}
	return e, err
}

// WrongCode says that a code was wrong and how often one may try again.
func WrongCode(left int) error {
	var f problem.Fields
	if left > 0 {
		f.Add("code", "signin.code_wrong", "count", left)
	} else {
		f.Add("code", "signin.code_ended")
	}
	return f.Err()
}

func (s *Service) enter(tx *db.Tx, p proofs.Proof, browser, device string) (Entered, error) {
	w := wishOf(p.Payload)
	e := Entered{Account: p.Subject, Next: w.Next}
	gone := problem.New(problem.Gone, "signin.link_spent")
	if p.Purpose != proofs.SignIn {
		var err error
		if e, err = s.join(tx, p, w, browser); err != nil || e.Waiting {
			return e, err
		}
	}
	account, err := s.Members.AccountByID(tx, e.Account)
	if problem.Is(err, problem.NotFound) {
		return e, gone
	}
	if err != nil {
		return e, err
	}
	if p.AddressKey != "" && p.Purpose == proofs.SignIn && !s.stillTheirs(tx, account.ID, p.AddressKey) {
		return e, gone
	}
	e.Session, err = s.Members.OpenSession(tx, e.Account, device)
	return e, err
}

// stillTheirs reports that an account has the address to which a proof went.
func (s *Service) stillTheirs(tx *db.Tx, account, key string) bool {
	holder, err := s.Members.AccountByEmail(tx, key)
	return err == nil && holder.ID == account
}

// join makes an account for an address that was confirmed just now, or lets it wait.
func (s *Service) join(tx *db.Tx, p proofs.Proof, w Wish, browser string) (Entered, error) {
	gone := problem.New(problem.Gone, "signin.link_spent")
	e := Entered{Next: w.Next, New: true}
	if holder, err := s.Members.AccountByEmail(tx, p.AddressKey); err == nil { // let in meanwhile
		return Entered{Account: holder.ID, Next: w.Next}, nil
	} else if !problem.Is(err, problem.NotFound) {
		return e, err
	}
	if out, err := s.ShutOut(tx, p.AddressKey); err != nil || out {
		return e, errors.Join(err, gone)
	}
	address, err := mail.ParseAddress(p.Address)
	if err != nil {
		return e, fmt.Errorf("join: %w", err)
	}
	settings, err := s.Settings(tx)
	if err != nil {
		return e, err
	}
	invited, role, err := s.takeInvitation(tx, w.Invitation)
	switch {
	case err != nil:
		return e, err
	case w.Console:
	case !invited && !settings.admits(address):
		return e, problem.New(problem.Gone, "joining.closed")
	case !invited && settings.Mode == Approval:
		e.Waiting = true
		return e, s.wait(tx, p, browser)
	}
	n := members.NewAccount{Email: p.Address, EmailKey: p.AddressKey}
	if role != "" && role != members.Member {
		n.Roles = []members.Role{role}
	}
	account, err := s.Members.CreateAccount(tx, "", n)
	e.Account = account.ID
	if problem.Is(err, problem.Conflict) {
		return e, gone
	}
	return e, err
}
