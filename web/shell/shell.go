package shell

import (
	"context"
	"net/http"
	"sync/atomic"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/render"
)

// Shell is what the pages behind sign-in, and those that lead there, have in common.
type Shell struct {
	DB        *db.DB
	Renderer  *render.Renderer
	Clock     clock.Clock
	Community *community.Service
	Members   *members.Service
	// Secure says that the site is served by https, so the cookie is bound to it.
	Secure bool
	// SignIn answers with the page by which somebody gets in; why is what it says first, if anything.
	SignIn func(w http.ResponseWriter, r *http.Request, why *problem.Message) error
	// Trouble is what an owner has to know at once and the page to see to it, nil when all is
	// well. It may be nil.
	Trouble func(r *http.Request) (what *problem.Message, where string, err error)
	// Guide says which step of setting up the community a section is; nil for none.
	Guide func(ctx context.Context, section string) (*GuideBar, error)

	// LetterWay says how letters go now.
	LetterWay func(ctx context.Context) (LetterWay, error)
	Console   Console

	// Others are the ways in besides mail.
	Others OtherWays
	// First is the page that somebody who has just signed in has to see first; "" for none.
	First func(ctx context.Context, a members.Account) (string, error)

	returning atomic.Int32 // refused forms that are being given back
}
