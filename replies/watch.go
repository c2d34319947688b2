package replies

import (
	"crypto/hmac"
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/replies/asked"
)

// watch notes that whoever wrote a reply wants to hear of answers to it. A member's
// letters go to their account. Once an address was asked, only a browser that sent an
// earlier such reply adds one: a yes to letters is no yes to whoever types the address.
func (s *Service) watch(tx *db.Tx, replyID, email string, sent []string) error {
	if email != "" {
		if free, err := s.asked().Free(tx, email, sent); err != nil || !free {
			return err
		}
	}
	_, err := tx.Exec(`INSERT INTO reply_watches (reply_id, email) VALUES ($1, $2) ON CONFLICT DO NOTHING`, replyID, email)
	if err != nil {
		return fmt.Errorf("note who wants to hear of answers: %w", err)
	}
	return nil
}

// asked knows the addresses for letters.
func (s *Service) asked() asked.Book {
	return asked.Book{IDs: s.IDs, Clock: s.Clock, Keyed: s.Marks.Of}
}

// MayTell counts a letter on an answer to somebody without an account; false is too many
// for one day.
func (s *Service) MayTell(tx *db.Tx, email string) (bool, error) { return s.asked().MayTell(tx, email) }

// Watcher is who wants to hear of an answer.
type Watcher struct {
	Reply     Reply  // that was answered
	AccountID string // of a member
	Email     string // of somebody without an account
	Confirmed bool   // the address was shown to be theirs
	Token     string // of their address, for links
}

// Watching finds who wants to hear of answers to a reply; ok is false if nobody does, or
// the address must not be written to.
func (s *Service) Watching(tx *db.Tx, replyID string) (w Watcher, ok bool, err error) {
	err = tx.QueryRow(`SELECT email FROM reply_watches WHERE reply_id = $1 AND ended_at IS NULL`, replyID).Scan(&w.Email)
	if db.Missing(err) {
		return w, false, nil
	}
	if err != nil {
		return w, false, fmt.Errorf("look who wants to hear of answers: %w", err)
	}
	if w.Reply, err = byID(tx, replyID); err != nil {
		return w, false, err
	}
	if w.AccountID = w.Reply.AccountID; w.AccountID != "" {
		return w, true, nil
	}
	var id string
	var confirmed, refused bool
	err = tx.QueryRow(`SELECT id, confirmed_at IS NOT NULL, refused_at IS NOT NULL FROM reply_addresses WHERE email = $1`, w.Email).Scan(&id, &confirmed, &refused)
	if db.Missing(err) {
		return w, w.Email != "", nil
	}
	w.Confirmed, w.Token = confirmed, s.token(id)
	return w, !refused, err
}

// SameWriter reports that one person wrote two replies, as far as is known.
func (s *Service) SameWriter(tx *db.Tx, one, other string) (bool, error) {
	same, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM replies a JOIN reply_checks x ON x.reply_id = a.id JOIN replies b ON b.id = $2
		JOIN reply_checks y ON y.reply_id = b.id WHERE a.id = $1 AND (a.account_id = b.account_id OR x.email <> '' AND x.email = y.email))`, one, other))
	if err != nil {
		return false, fmt.Errorf("compare who wrote two replies: %w", err)
	}
	return same, nil
}

// AskOnce notes that an address is asked whether it wants letters, and returns the token
// of the link; ok is false if it was asked before: nobody is asked twice.
func (s *Service) AskOnce(tx *db.Tx, email string) (token string, ok bool, err error) {
	id, ok, err := s.asked().Once(tx, email)
	return s.token(id), ok, err
}

// The letters that members get about replies; each may end them.
const (
	LetterReceived = "reply-received" // somebody replied to their story
	LetterAnswered = "reply-answered" // or answered what they wrote
	LetterHourly   = "replies-hourly" // something new waits for a moderator
	LetterDaily    = "replies-daily"  // it still does in the morning
	LetterWave     = "replies-wave"   // to owners: much comes at once
)

// Listener is who gets letters about replies: somebody without an account hears of
// answers, a member of whatever the kind of letter is about.
type Listener struct {
	Token     string
	Email     string
	AccountID string
	Kind      string // of a member's letters
	Confirmed time.Time
	Refused   time.Time
}

// MemberToken names a member and a kind of letters in a link that ends them.
func (s *Service) MemberToken(kind, accountID string) string { return s.token(kind + ":" + accountID) }

// Listener finds who a link in a letter belongs to; NotFound for another.
func (s *Service) Listener(tx *db.Tx, token string) (Listener, error) {
	l := Listener{Token: token}
	if kind, account, member := strings.Cut(s.opened(token), ":"); member {
		l.Kind, l.AccountID = kind, account
		unwanted, err := s.Unwanted(tx, account)
		if l.Confirmed = s.Clock(); unwanted[kind] {
			l.Refused = l.Confirmed
		}
		return l, err
	}
	var confirmed, refused int64
	err := tx.QueryRow(`SELECT email, coalesce(confirmed_at, 0), coalesce(refused_at, 0) FROM reply_addresses WHERE id = $1 AND email LIKE '%@%'`, s.opened(token)).Scan(&l.Email, &confirmed, &refused)
	if db.Missing(err) {
		return l, notFound()
	}
	l.Confirmed, l.Refused = moment(confirmed), moment(refused)
	return l, err
}

// Listen confirms an address, and lists the answers that came before it was.
func (s *Service) Listen(tx *db.Tx, token string) (missed []Reply, err error) {
	l, err := s.Listener(tx, token)
	if err != nil {
		return nil, err
	}
	if l.AccountID != "" {
		return nil, s.Want(tx, l.AccountID, map[string]bool{l.Kind: true})
	}
	_, err = tx.Exec(`UPDATE reply_addresses SET confirmed_at = coalesce(confirmed_at, $1), refused_at = NULL WHERE email = $2`, s.Clock().UnixMilli(), l.Email)
	if err != nil {
		return nil, fmt.Errorf("confirm an address: %w", err)
	}
	if !l.Confirmed.IsZero() {
		return nil, nil
	}
	return s.list(tx, `r.state = 'published' AND r.parent_id IN (SELECT w.reply_id FROM reply_watches w WHERE w.email = $1 AND w.ended_at IS NULL) ORDER BY r.id LIMIT $2`,
		l.Email, mostMissed)
}

// mostMissed is of how many answers somebody is told at once.
const mostMissed = 20

// EndListening ends all letters on answers to an address, or of a kind to a member.
func (s *Service) EndListening(tx *db.Tx, token string) error {
	l, err := s.Listener(tx, token)
	if err != nil {
		return err
	}
	if l.AccountID != "" {
		return s.Want(tx, l.AccountID, map[string]bool{l.Kind: false})
	}
	_, err = tx.Exec(`UPDATE reply_addresses SET refused_at = $1 WHERE email = $2`, s.Clock().UnixMilli(), l.Email)
	return err
}

// token names an address in a link: its row and a mark that nobody outside can make.
func (s *Service) token(id string) string { return id + "." + s.Marks.Of("answers", id) }

func (s *Service) opened(token string) string {
	id, mark, _ := strings.Cut(token, ".")
	if !hmac.Equal([]byte(mark), []byte(s.Marks.Of("answers", id))) {
		return ""
	}
	return id
}
