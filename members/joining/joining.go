package joining

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/keeper"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// Mode is who may join.
type Mode string

// The modes.
const (
	Open       Mode = "open"
	Approval   Mode = "approval"
	Invitation Mode = "invitation"
	Domains    Mode = "domains"
)

// Modes are all of them, in the order of a form.
func Modes() []Mode { return []Mode{Open, Approval, Domains, Invitation} }

// Settings are what an owner decides about joining.
type Settings struct {
	Mode    Mode
	Domains []string // for the mode of that name
	Budget  int      // letters to people without an account, an hour
	Version int64
	Reached time.Time // when the budget was last used up; zero: never
}

// DefaultBudget is enough for a conference and little for a flood.
const DefaultBudget = 200

const (
	leastBudget = 10
	mostBudget  = 100_000
	mostDomains = 100
)

// Possible reports that somebody without an invitation may try.
func (s Settings) Possible() bool { return s.Mode != Invitation }

// admits reports that an address may join without an invitation.
func (s Settings) admits(a mail.Address) bool {
	switch s.Mode {
	case Open, Approval:
		return true
	case Domains:
		return slices.Contains(s.Domains, a.Domain())
	}
	return false
}

func (s *Settings) check() error {
	var f problem.Fields
	if !slices.Contains(Modes(), s.Mode) {
		f.Add("mode", "field.unknown")
	}
	var domains []string
	for _, d := range s.Domains {
		a, err := mail.ParseAddress("x@" + strings.TrimPrefix(d, "@"))
		if err != nil {
			f.Add("domains", "joining.domain_form", "domain", d)
			continue
		}
		domains = append(domains, a.Domain())
	}
	slices.Sort(domains)
	s.Domains = slices.Compact(domains)
	if s.Mode == Domains && len(s.Domains) == 0 && f.Empty() {
		f.Add("domains", "joining.domains_missing")
	}
	if len(s.Domains) > mostDomains {
		f.Add("domains", "field.too_long", "max", mostDomains)
	}
	if s.Budget < leastBudget || s.Budget > mostBudget {
		f.Add("budget", "joining.budget_range", "least", leastBudget, "most", mostBudget)
	}
	return f.Err()
}

// Service lets people in.
type Service struct {
	DB      *db.DB
	IDs     *id.Source
	Clock   clock.Clock
	Keeper  *keeper.Keeper
	Members *members.Service
	Proofs  *proofs.Service
	Letters Letters
	Key     []byte // of the hashes of barred addresses
	// EndWaysSince removes the passkeys and links to other sites that an account got since.
	EndWaysSince func(tx *db.Tx, account string, since time.Time) error
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
}

// Settings reads what is in force.
func (s *Service) Settings(tx *db.Tx) (Settings, error) {
	j := Settings{Mode: Open, Budget: DefaultBudget}
	var domains string
	var reached *int64
	err := tx.QueryRow(`SELECT mode, domains, letter_budget, version, reached_at FROM joining WHERE id = 'joining'`).
		Scan(&j.Mode, &domains, &j.Budget, &j.Version, &reached)
	if db.Missing(err) {
		return j, nil
	}
	if err != nil {
		return j, fmt.Errorf("read who may join: %w", err)
	}
	j.Domains = strings.Fields(domains)
	if reached != nil {
		j.Reached = time.UnixMilli(*reached)
	}
	return j, nil
}

// Save puts settings in force if they are still at the version they were read at.
func (s *Service) Save(ctx context.Context, by string, j Settings) error {
	if err := j.check(); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`INSERT INTO joining (id, mode, domains, letter_budget, version) VALUES ('joining', $1, $2, $3, $4)
			ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, domains = excluded.domains, letter_budget = excluded.letter_budget, version = excluded.version
			WHERE joining.version = excluded.version - 1`, j.Mode, strings.Join(j.Domains, " "), j.Budget, j.Version+1)
		if err != nil {
			return fmt.Errorf("save who may join: %w", err)
		}
		if n == 0 {
			return problem.New(problem.Conflict, "joining.changed")
		}
		s.Keeper.Touch(tx, community.TagSite)
		return s.Record(tx, by, "joining.saved", "community", string(j.Mode))
	})
}

// Possible reports that somebody without an invitation may join: readers are asked to.
func (s *Service) Possible(tx *db.Tx) (bool, error) {
	j, err := s.Settings(tx)
	return j.Possible(), err
}

// Budget is how many letters go to strangers in an hour.
func (s *Service) Budget(tx *db.Tx) (int, error) {
	j, err := s.Settings(tx)
	return j.Budget, err
}

// Reached notes that the budget is used up, for the banner on the desk.
func (s *Service) Reached(tx *db.Tx) error {
	now := s.Clock().UnixMilli()
	_, err := tx.Exec(`INSERT INTO joining (id, mode, domains, letter_budget, version, reached_at) VALUES ('joining', $1, '', $2, 0, $3)
		ON CONFLICT (id) DO UPDATE SET reached_at = excluded.reached_at`, Open, DefaultBudget, now)
	if err != nil {
		return fmt.Errorf("note that the letters of this hour are used up: %w", err)
	}
	return nil
}

// bannerTime is how long the desk tells that the budget was used up.
const bannerTime = 24 * time.Hour

// Flooded reports that the budget was used up within a day.
func (s *Service) Flooded(tx *db.Tx) (bool, error) {
	j, err := s.Settings(tx)
	return !j.Reached.IsZero() && s.Clock().Sub(j.Reached) < bannerTime, err
}
