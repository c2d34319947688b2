package replying

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"waypost/internal/adminsock"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/spam"
	"waypost/spam/labels"
)

// The calls that commands make.
const (
	CallExplain = "spam-explain"
	CallRebuild = "spam-rebuild"
	CallStats   = "spam-stats"
	CallUnlearn = "spam-unlearn"
)

// UnlearnRequest names whose decisions to take back, and since when, or only to count.
type UnlearnRequest struct {
	Email  string    `json:"email"`
	Since  time.Time `json:"since"`
	DryRun bool      `json:"dry_run,omitempty"`
}

// Calls are what commands may ask.
func (r *Replying) Calls(s *replies.Service) map[string]adminsock.Handler {
	return map[string]adminsock.Handler{
		CallExplain: func(ctx context.Context, request json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			var m spam.Message
			if err := json.Unmarshal(request, &m); err != nil {
				return nil, fmt.Errorf("read the request: %w", err)
			}
			return r.explain(ctx, s, m)
		},
		CallRebuild: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return r.Labels.Rebuild(ctx, text(s))
		},
		CallStats: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			var months []labels.Month
			err := r.Labels.DB.View(ctx, func(tx *db.Tx) error {
				settings, err := r.Community.SettingsIn(tx)
				if err == nil {
					months, err = labels.Months(tx, settings.Location())
				}
				return err
			})
			return months, err
		},
		CallUnlearn: func(ctx context.Context, request json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			var u UnlearnRequest
			if err := json.Unmarshal(request, &u); err != nil {
				return nil, fmt.Errorf("read the request: %w", err)
			}
			return r.unlearn(ctx, u)
		},
	}
}

// explain is what the filter says of a message with all that moderators decided.
func (r *Replying) explain(ctx context.Context, s *replies.Service, m spam.Message) (v spam.Verdict, err error) {
	if err := r.Labels.Ready(ctx); err != nil {
		return v, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		settings, err := s.SettingsIn(tx)
		if err == nil {
			v, err = r.judge(m, settings)
		}
		return err
	})
	return v, err
}

// unlearn takes back what the filter learned of one moderator, and says how many decisions
// that are. What became of the replies stays.
func (r *Replying) unlearn(ctx context.Context, u UnlearnRequest) (n int64, err error) {
	address, err := mail.ParseAddress(u.Email)
	if err != nil {
		return 0, problem.New(problem.Invalid, "signin.address_form")
	}
	err = r.Labels.DB.Update(ctx, func(tx *db.Tx) error {
		account, err := r.Members.AccountByEmail(tx, address.Key())
		if problem.Is(err, problem.NotFound) {
			return fmt.Errorf("nobody here has the address %s", u.Email)
		}
		if err != nil {
			return err
		}
		if u.DryRun {
			n, err = labels.CountOf(tx, account.ID, u.Since)
			return err
		}
		n, err = r.Labels.VoidOf(tx, account.ID, u.Since)
		return err
	})
	return n, err
}

// text finds what a label was made of, as long as it is kept.
func text(s *replies.Service) labels.Texts {
	return func(tx *db.Tx, subject string) (m spam.Message, there bool, err error) {
		m, err = s.Judged(tx, subject)
		if problem.Is(err, problem.NotFound) {
			return m, false, nil
		}
		return m, err == nil, err
	}
}
