package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/outbound"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/oidc"
	"waypost/members/passkeys"
	"waypost/web"
	"waypost/web/join"
	"waypost/web/me"
	"waypost/web/shell"
)

func (a *App) passkeys() *passkeys.Service {
	return &passkeys.Service{DB: a.DB, IDs: a.IDs, Clock: a.Config.Clock, Members: a.Members, Base: a.Config.Base, Ways: a.ways, Admit: a.admit, Tell: a.passkeyLetter,
		Community: func(tx *db.Tx) (string, error) {
			settings, err := a.Community.SettingsIn(tx)
			return settings.Name, err
		}}
}

func (a *App) oidc() *oidc.Service {
	s := &oidc.Service{DB: a.DB, IDs: a.IDs, Clock: a.Config.Clock, Members: a.Members, Client: outbound.New(a.Config.Outbound), Base: a.Config.Base.String(),
		Secret: a.key.Derive("oidc: nonces and verifiers", 32), Ways: a.ways, Admit: a.admit, Tell: a.linkLetter}
	for _, p := range a.Config.Providers {
		s.Providers = append(s.Providers, oidc.Provider(p))
	}
	return s
}

// admit refuses a network that begins to sign in too often.
func (a *App) admit(tx *db.Tx, network string) error { return a.Proofs.Admit(tx, network) }

// ways counts the ways into an account: what is removed must leave one.
func (a *App) ways(tx *db.Tx, account members.Account) (int, error) {
	n, err := a.Passkeys.Count(tx, account.ID)
	if err != nil {
		return 0, err
	}
	links, err := a.OIDC.Count(tx, account.ID)
	if err != nil {
		return 0, err
	}
	n += links
	if account.Email != "" {
		n++
	}
	console, err := a.Members.HasConsole(tx, account.ID)
	if console {
		n++
	}
	return n, err
}

// endWaysSince removes the ways into an account that came since some time, save the letter.
func (a *App) endWaysSince(tx *db.Tx, account string, since time.Time) error {
	return errors.Join(a.Passkeys.EndSince(tx, account, since), a.OIDC.EndSince(tx, account, since))
}

// waysIn makes the pages by which people get in.
func (a *App) waysIn(frame *shell.Shell) web.Own {
	frame.Others = shell.OtherWays{Passkeys: a.Passkeys.Available()}
	for _, p := range a.OIDC.Providers {
		frame.Others.Providers = append(frame.Others.Providers, shell.ProviderWay{Name: p.Name, URL: "/sign-in/with/" + p.Key})
	}
	frame.First = a.first
	return web.Own{ByPasskey: &join.ByPasskey{Shell: frame, Proxies: a.Config.Proxies, Passkeys: a.Passkeys}, ByProvider: &join.ByProvider{Shell: frame, Proxies: a.Config.Proxies, OIDC: a.OIDC},
		Ways:    &me.Ways{Shell: frame, Proxies: a.Config.Proxies, Passkeys: a.Passkeys, OIDC: a.OIDC},
		Leaving: &me.Leaving{Shell: frame, Acts: leaving{a}}}
}

// first is what somebody who has just signed in sees first: the welcome, where they say
// their name and what they want to hear of, and then the offer of a passkey.
func (a *App) first(ctx context.Context, account members.Account) (page string, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		page = ""
		welcomed, err := a.welcomed(tx, account)
		if err != nil {
			return err
		}
		if !welcomed {
			page = "/join/welcome"
			return nil
		}
		offer, err := a.Passkeys.Offer(tx, account.ID)
		if offer {
			page = "/me/ways/offer"
		}
		return err
	})
	return page, err
}

// welcomed reports that somebody has what the welcome gives: a page of their own and a
// choice of letters. Owners have set the community up, and have no other welcome.
func (a *App) welcomed(tx *db.Tx, account members.Account) (bool, error) {
	if slices.Contains(account.Roles, members.Owner) {
		return true, nil
	}
	_, err := a.Members.ProfileOf(tx, account.ID)
	if problem.Is(err, problem.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return a.News.HasChosen(tx, account.ID)
}
