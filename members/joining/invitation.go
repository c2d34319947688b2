package joining

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// Invite is a link that lets people in.
type Invite struct {
	ID      string
	Role    members.Role
	Note    string // for whom, in words of whoever made it
	Uses    int
	Left    int
	By      string // the account that made it
	Made    time.Time
	Expires time.Time
	Ended   bool
	Stands  bool // whoever made it may still make one like it
}

// Limits of an invitation.
const (
	MostUses   = 1000
	MostDays   = 365
	maxNote    = 200
	mostListed = 200
)

// NewInvite is what an invitation is made from.
type NewInvite struct {
	Role members.Role
	Note string
	Uses int
	Days int
}

// Grantable are the roles that an actor may put into an invitation.
func Grantable(by members.Actor) []members.Role {
	if !by.May(members.ApproveJoiners) {
		return nil
	}
	list := []members.Role{members.Member}
	for _, r := range []members.Role{members.Editor, members.Organizer, members.Moderator} {
		if by.Has(members.Owner, r) {
			list = append(list, r)
		}
	}
	return list
}

// Invite makes an invitation and returns its secret, which is told this once.
func (s *Service) Invite(ctx context.Context, by members.Actor, n NewInvite) (string, error) {
	var secret string
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		secret, err = s.InviteIn(tx, by, n)
		return err
	})
	return secret, err
}

// InviteIn is Invite within a transaction.
func (s *Service) InviteIn(tx *db.Tx, by members.Actor, n NewInvite) (string, error) {
	var f problem.Fields
	if !slices.Contains(Grantable(by), n.Role) {
		f.Add("role", "joining.role_not_yours")
	}
	if n.Uses < 1 || n.Uses > MostUses {
		f.Add("uses", "field.range", "least", 1, "most", MostUses)
	}
	if n.Days < 1 || n.Days > MostDays {
		f.Add("days", "field.range", "least", 1, "most", MostDays)
	}
	if utf8.RuneCountInString(n.Note) > maxNote {
		f.Add("note", "field.too_long", "max", maxNote)
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	secret, now := id.Secret(), s.Clock()
	invitation := s.IDs.New()
	_, err := tx.Exec(`INSERT INTO invitations (id, hash, role, note, uses, uses_left, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)`,
		invitation, proofs.HashOf(secret), n.Role, n.Note, n.Uses, by.AccountID, now.UnixMilli(), now.AddDate(0, 0, n.Days).UnixMilli())
	if err != nil {
		return "", fmt.Errorf("make an invitation: %w", err)
	}
	return secret, s.Record(tx, by.AccountID, "invitation.made", "invitation:"+invitation, string(n.Role))
}

var inviteColumns = `id, role, note, uses, uses_left, made_by, made_at, expires_at, ended_at IS NOT NULL, ` + stands

func scanInvite(r db.Row) (Invite, error) {
	var v Invite
	var made, expires int64
	err := r.Scan(&v.ID, &v.Role, &v.Note, &v.Uses, &v.Left, &v.By, &made, &expires, &v.Ended, &v.Stands)
	v.Made, v.Expires = time.UnixMilli(made), time.UnixMilli(expires)
	return v, err
}

// Invites lists the invitations that an actor may see: an owner's are all, others' their
// own; the newest first.
func (s *Service) Invites(tx *db.Tx, by members.Actor) ([]Invite, error) {
	return db.List(tx, scanInvite, `SELECT `+inviteColumns+` FROM invitations WHERE (made_by = $1 OR $2) ORDER BY made_at DESC, id LIMIT $3`,
		by.AccountID, by.Has(members.Owner), mostListed)
}

// Usable reports that an invitation still lets somebody in, by now.
func (v Invite) Usable(now time.Time) bool {
	return !v.Ended && v.Stands && v.Left > 0 && v.Expires.After(now)
}

// EndInvite ends an invitation.
func (s *Service) EndInvite(ctx context.Context, by members.Actor, invitation string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE invitations SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL AND (made_by = $3 OR $4)`,
			s.Clock().UnixMilli(), invitation, by.AccountID, by.Has(members.Owner))
		if err != nil {
			return fmt.Errorf("end an invitation: %w", err)
		}
		if n == 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		return s.Record(tx, by.AccountID, "invitation.ended", "invitation:"+invitation, "")
	})
}

// stands reports of an invitation that its maker is there still, and may still give its
// role to whom they invite.
var stands = `EXISTS (SELECT 1 FROM accounts a JOIN account_roles g ON g.account_id = a.id AND g.role IN ('owner', invitations.role)
	JOIN account_roles r ON r.account_id = a.id AND r.role IN ('` + strings.Join(members.Holders(members.ApproveJoiners), "', '") + `')
	WHERE a.id = invitations.made_by AND a.disabled_at IS NULL)`

// usable is the guard of an invitation that lets somebody in.
var usable = `ended_at IS NULL AND uses_left > 0 AND expires_at > $2 AND ` + stands

func (s *Service) invitationByHash(tx *db.Tx, hash string) (Invite, error) {
	v, err := scanInvite(tx.QueryRow(`SELECT `+inviteColumns+` FROM invitations WHERE hash = $1 AND `+usable, hash, s.Clock().UnixMilli()))
	if db.Missing(err) {
		return v, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return v, fmt.Errorf("read an invitation: %w", err)
	}
	return v, nil
}

// takeInvitation uses one place of an invitation, if it has any.
func (s *Service) takeInvitation(tx *db.Tx, hash string) (bool, members.Role, error) {
	if hash == "" {
		return false, "", nil
	}
	role, err := db.Value[members.Role](tx.QueryRow(`UPDATE invitations SET uses_left = uses_left - 1 WHERE hash = $1 AND `+usable+` RETURNING role`,
		hash, s.Clock().UnixMilli()))
	if db.Missing(err) {
		return false, "", nil
	}
	if err != nil {
		return false, "", fmt.Errorf("use an invitation: %w", err)
	}
	return true, role, nil
}

// EndAll ends every invitation: after a restore, those that were ended since the backup
// must not come back, and nobody knows which they were.
func EndAll(tx *db.Tx, now time.Time) error {
	if has, err := tx.Has("invitations"); err != nil || !has {
		return err // a backup of an older schema
	}
	if _, err := tx.Exec(`UPDATE invitations SET ended_at = $1 WHERE ended_at IS NULL`, now.UnixMilli()); err != nil {
		return fmt.Errorf("end all invitations: %w", err)
	}
	return nil
}
