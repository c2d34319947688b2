package news

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
)

// Choice is what somebody wants of each list.
type Choice struct {
	Stories  Pace
	Followed Pace // of members alone
}

// holder is whose a subscription is: an account's or an address's.
type holder struct {
	account  string
	address  mail.Address
	language string
}

// Choose puts a member's choice in force. An address that had subscribed without an
// account is theirs now.
func (s *Service) Choose(tx *db.Tx, account string, c Choice) error {
	var f problem.Fields
	if !Stories.knows(c.Stories) {
		f.Add("stories", "field.unknown")
	}
	if !Followed.knows(c.Followed) {
		f.Add("followed", "field.unknown")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if err := s.Adopt(tx, account); err != nil {
		return err
	}
	for list, pace := range map[List]Pace{Stories: c.Stories, Followed: c.Followed} {
		if err := s.set(tx, holder{account: account}, list, pace); err != nil {
			return err
		}
	}
	return nil
}

// Chosen is what a member gets: of stories nothing until they choose, of what they
// follow everything. What their address had subscribed to holds until they choose.
func (s *Service) Chosen(tx *db.Tx, account string) (Choice, error) {
	c := Choice{Stories: Never, Followed: AtOnce}
	list, err := db.List(tx, scanSubscription, `SELECT `+columns+` FROM subscriptions
		WHERE account_id = $1 OR email_key = (SELECT email_key FROM accounts WHERE id = $1) ORDER BY CASE WHEN account_id IS NULL THEN 0 ELSE 1 END`, account)
	if err != nil {
		return c, fmt.Errorf("read subscriptions: %w", err)
	}
	for _, sub := range list {
		switch sub.List {
		case Stories:
			c.Stories = sub.Pace
		case Followed:
			c.Followed = sub.Pace
		}
	}
	return c, nil
}

// HasChosen reports that a member has said what they want to hear of.
func (s *Service) HasChosen(tx *db.Tx, account string) (bool, error) {
	chosen, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM subscriptions WHERE account_id = $1 AND list = $2)`, account, Stories))
	if err != nil {
		return false, fmt.Errorf("look whether somebody chose their letters: %w", err)
	}
	return chosen, nil
}

// Subscribe lets letters of new stories go to an address whose owner has just proved
// that it is theirs, and returns the token of the subscription. The address of an
// account is that account's.
func (s *Service) Subscribe(tx *db.Tx, to mail.Address, language string, p Pace) (string, error) {
	if p == Never || !Stories.knows(p) {
		return "", problem.New(problem.Invalid, "field.unknown")
	}
	h := holder{address: to, language: language}
	account, err := s.Members.AccountByEmail(tx, to.Key())
	switch {
	case err == nil:
		h = holder{account: account.ID}
	case !problem.Is(err, problem.NotFound):
		return "", err
	default:
		barred, err := s.barred(tx, to.Key())
		if err != nil {
			return "", err
		}
		if barred {
			return "", problem.New(problem.Gone, "signin.link_spent")
		}
	}
	if err := s.set(tx, h, Stories, p); err != nil {
		return "", err
	}
	id, err := db.Value[string](tx.QueryRow(`SELECT id FROM subscriptions WHERE list = $1 AND (account_id = $2 OR email_key = $3)`,
		Stories, db.OrNull(h.account), db.OrNull(h.key())))
	if err != nil {
		return "", fmt.Errorf("subscribe: %w", err)
	}
	return s.Signer.Token(id), nil
}

func (s *Service) barred(tx *db.Tx, emailKey string) (bool, error) {
	if s.Barred == nil {
		return false, nil
	}
	return s.Barred(tx, emailKey)
}

func (h holder) key() string {
	if h.account != "" {
		return ""
	}
	return h.address.Key()
}

// set puts a pace in force. What begins anew begins now.
func (s *Service) set(tx *db.Tx, h holder, l List, p Pace) error {
	now := s.Clock().UnixMilli()
	target, proof, email := "(list, account_id)", ByAccount, ""
	if h.account == "" {
		target, proof, email = "(list, email_key)", ByLetter, h.address.String()
	}
	_, err := tx.Exec(`INSERT INTO subscriptions (id, list, pace, ended_pace, account_id, email, email_key, language, proof, since, confirmed_at, changed_at)
		VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $9, $9, $9)
		ON CONFLICT `+target+` DO UPDATE SET changed_at = excluded.changed_at, pace = excluded.pace,
			email = COALESCE(excluded.email, subscriptions.email), language = excluded.language,
			since = CASE WHEN subscriptions.pace = 'never' THEN excluded.since ELSE subscriptions.since END,
			ended_pace = CASE WHEN excluded.pace <> 'never' THEN '' WHEN subscriptions.pace = 'never' THEN subscriptions.ended_pace ELSE subscriptions.pace END`,
		s.IDs.New(), l, p, db.OrNull(h.account), db.OrNull(email), db.OrNull(h.key()), h.language, proof, now)
	if err != nil {
		return fmt.Errorf("subscribe to %s: %w", l, err)
	}
	return nil
}

// Adopt gives an account the subscriptions that its address had without it. Of a list
// that both have, the account's own stays, and the links of the other lead to it for as
// long as the account has the address.
func (s *Service) Adopt(tx *db.Tx, account string) error {
	_, err := tx.Exec(`UPDATE subscriptions SET pace = 'never', ended_pace = '', changed_at = $2 WHERE email_key = (SELECT email_key FROM accounts WHERE id = $1)
		AND list IN (SELECT list FROM subscriptions WHERE account_id = $1)`, account, s.Clock().UnixMilli())
	if err == nil {
		_, err = tx.Exec(`UPDATE subscriptions SET account_id = $1, email = NULL, email_key = NULL
			WHERE email_key = (SELECT email_key FROM accounts WHERE id = $1) AND list NOT IN (SELECT list FROM subscriptions WHERE account_id = $1)`, account)
	}
	if err != nil {
		return fmt.Errorf("give an account its subscriptions: %w", err)
	}
	return nil
}

// ByToken finds the subscription of a link; NotFound if nobody was given it. One that
// is not there any more, since its account has left, has a list and a pace of nothing.
func (s *Service) ByToken(tx *db.Tx, token string) (Subscription, error) {
	id, ok := s.Signer.Open(token)
	if !ok {
		return Subscription{}, problem.New(problem.NotFound, "problem.not_found")
	}
	sub, err := scanSubscription(tx.QueryRow(selectInForce, id))
	if db.Missing(err) {
		return Subscription{List: Stories, Pace: Never}, nil
	}
	if err != nil {
		return sub, fmt.Errorf("read a subscription: %w", err)
	}
	return sub, nil
}

// personOf is whose a subscription is: their account and the key of their address, each
// of which may be nothing.
func personOf(tx *db.Tx, sub Subscription) (account, emailKey string, err error) {
	err = tx.QueryRow(`SELECT COALESCE(a.id, x.id, ''), COALESCE(a.email_key, s.email_key, '') FROM subscriptions s
		LEFT JOIN accounts a ON a.id = s.account_id LEFT JOIN accounts x ON x.email_key = s.email_key WHERE s.id = $1`, sub.ID).Scan(&account, &emailKey)
	if err != nil {
		return "", "", fmt.Errorf("read whose a subscription is: %w", err)
	}
	return account, emailKey, nil
}

// Others reports that the same person gets letters of another list.
func (s *Service) Others(tx *db.Tx, sub Subscription) (bool, error) {
	if sub.ID == "" {
		return false, nil
	}
	account, key, err := personOf(tx, sub)
	if err != nil {
		return false, err
	}
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM subscriptions WHERE list <> $1 AND pace <> 'never' AND (account_id = $2 OR email_key = $3))`,
		sub.List, db.OrNull(account), db.OrNull(key)))
}

// End ends a subscription, or all of the same person. Ending twice is ending once.
// Letters that wait to leave do not leave any more; others than those of lists do.
func (s *Service) End(ctx context.Context, token string, all bool) (Subscription, error) {
	return s.change(ctx, token, func(tx *db.Tx, sub Subscription) error {
		account, key, err := personOf(tx, sub)
		if err != nil {
			return err
		}
		lists := []string{string(sub.List)}
		if all {
			lists = []string{string(Stories), string(Followed)}
		}
		in, args := db.In(4, lists)
		_, err = tx.Exec(`UPDATE subscriptions SET ended_pace = pace, pace = 'never', changed_at = $1
			WHERE pace <> 'never' AND (account_id = $2 OR email_key = $3) AND list IN `+in, append([]any{s.Clock().UnixMilli(), db.OrNull(account), db.OrNull(key)}, args...)...)
		if err != nil {
			return fmt.Errorf("end a subscription: %w", err)
		}
		if key == "" {
			return nil
		}
		return s.Mail.WithdrawTo(tx, key, lists)
	})
}

// Undo takes the end of a subscription back.
func (s *Service) Undo(ctx context.Context, token string) (Subscription, error) {
	return s.change(ctx, token, func(tx *db.Tx, sub Subscription) error {
		_, err := tx.Exec(`UPDATE subscriptions SET pace = ended_pace, ended_pace = '', changed_at = $2 WHERE id = $1 AND pace = 'never' AND ended_pace <> ''`,
			sub.ID, s.Clock().UnixMilli())
		return err
	})
}

// Slow lets letters of a subscription that come at once come weekly.
func (s *Service) Slow(ctx context.Context, token string) (Subscription, error) {
	return s.change(ctx, token, func(tx *db.Tx, sub Subscription) error {
		if !sub.List.knows(Weekly) {
			return problem.New(problem.Invalid, "field.unknown")
		}
		_, err := tx.Exec(`UPDATE subscriptions SET pace = 'weekly', ended_pace = '', changed_at = $2 WHERE id = $1`, sub.ID, s.Clock().UnixMilli())
		return err
	})
}

// change changes the subscription of a token and returns it as it is then.
func (s *Service) change(ctx context.Context, token string, how func(*db.Tx, Subscription) error) (Subscription, error) {
	var sub Subscription
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.ByToken(tx, token)
		if sub = before; err != nil || before.ID == "" {
			return err
		}
		if err := how(tx, before); err != nil {
			return err
		}
		sub, err = s.ByToken(tx, token)
		return err
	})
	return sub, err
}

// keepEnded is how long the address of somebody without an account stays after they
// ended their subscription: so long it can be taken back.
const keepEnded = 30 * 24 * time.Hour

// Sweep forgets addresses that get no letters any more, and what was sent long ago.
func (s *Service) Sweep(tx *db.Tx) error {
	now := s.Clock()
	if _, err := tx.Exec(`DELETE FROM subscriptions WHERE account_id IS NULL AND pace = 'never' AND changed_at < $1
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.email_key = subscriptions.email_key)`, now.Add(-keepEnded).UnixMilli()); err != nil {
		return fmt.Errorf("forget ended subscriptions: %w", err)
	}
	return nil
}
