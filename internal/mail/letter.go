package mail

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
)

// Letter is what a feature asks to be sent.
type Letter struct {
	Kind string // what it is, such as "sign-in" or "new-story": for lists and limits
	Key  string // optional: a second letter with the same key is not written
	To   string // one address

	Subject, Text, HTML string // HTML may be empty

	List        string // the subscription's list, such as "stories"; empty for a letter to one
	Unsubscribe string // absolute address for List-Unsubscribe with one-click POST (RFC 8058); only with List
	Secret      bool   // holds a link or code that only its reader may see

	Expires time.Time // not sent after this moment, when its link is dead, and deleted a day later; zero: never

	// Shared names a text that Share wrote; Subject, Text and HTML are empty then.
	// Filling says what stands for what in it, as in {"%name%": "Mara"}; in the HTML
	// part the values are escaped.
	Shared  string
	Filling map[string]string
}

// State is where a letter is on its way.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Trying   State = "trying"
	Accepted State = "accepted" // a server took it
	Failed   State = "failed"   // it will not be tried again unless somebody asks
	Unknown  State = "unknown"  // it may have been taken
)

// ErrHeader says that a text has control characters and cannot stand in a header;
// HeaderText makes one that can.
var ErrHeader = errors.New("a header cannot hold control characters or broken UTF-8")

// Limits of what is posted.
const (
	maxSubject = 900
	maxText    = 2 << 20
	maxFilling = 16 << 10
)

// Post writes letters down in the transaction of what they tell about; they are sent
// once it is on disk. A letter that could not be sent to anybody is an error, which
// undoes the transaction.
func (o *Outbox) Post(tx *db.Tx, letters ...Letter) error {
	var sharing []row
	for _, l := range letters {
		r, err := o.row(l)
		switch {
		case err == nil && l.Shared != "":
			sharing = append(sharing, r)
		case err == nil:
			err = o.insert(tx, r)
		}
		if err != nil {
			return fmt.Errorf("post a letter of kind %q: %w", l.Kind, err)
		}
	}
	if err := insertSharing(tx, sharing); err != nil {
		return fmt.Errorf("post letters: %w", err)
	}
	if len(letters) > 0 {
		tx.AfterCommit(o.Wake)
	}
	return nil
}

// Share writes a text that letters to many have in common and returns its name for
// Letter.Shared. It is deleted with the last of them.
func (o *Outbox) Share(tx *db.Tx, subject, text, html string) (string, error) {
	if err := checkText(subject, text, html); err != nil {
		return "", fmt.Errorf("share a text: %w", err)
	}
	id := o.ids.New()
	_, err := tx.Exec(`INSERT INTO letter_texts (id, subject, text, html, shared, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		id, subject, text, html, true, o.clock().UnixMilli())
	if err != nil {
		return "", fmt.Errorf("share a text: %w", err)
	}
	return id, nil
}

// check finds what a letter cannot be sent for.
func (l Letter) check() (Address, error) {
	to, err := ParseAddress(l.To)
	switch {
	case err != nil:
		return to, err
	case l.Kind == "":
		return to, errors.New("it has no kind")
	case l.Secret && l.Shared != "":
		return to, errors.New("a secret letter shares its text with nobody")
	case l.Shared == "" && len(l.Filling) > 0:
		return to, errors.New("only a shared text is filled")
	}
	if err := l.checkList(); err != nil {
		return to, err
	}
	for token, value := range l.Filling {
		if token == "" || !utf8.ValidString(token+value) || strings.Contains(token+value, "\x00") {
			return to, fmt.Errorf("the filling %q cannot be used", token)
		}
	}
	if l.Shared != "" {
		if l.Subject+l.Text+l.HTML != "" {
			return to, errors.New("it has a text of its own beside the shared one")
		}
		return to, nil
	}
	return to, checkText(l.Subject, l.Text, l.HTML)
}

// checkList looks at the headers of a list: its name becomes part of a domain name, its
// address stands between < and >.
func (l Letter) checkList() error {
	if l.List == "" {
		if l.Unsubscribe != "" {
			return errors.New("only a letter of a list can be unsubscribed from")
		}
		return nil
	}
	if strings.Trim(l.List, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(l.List) > 60 {
		return fmt.Errorf("the list's name %q: %w", l.List, ErrHeader)
	}
	u, err := url.Parse(l.Unsubscribe)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(l.Unsubscribe) > maxSubject ||
		strings.ContainsFunc(l.Unsubscribe, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }) {
		return fmt.Errorf("the address for unsubscribing: %w", ErrHeader)
	}
	return nil
}

func checkText(subject, text, html string) error {
	switch {
	case HeaderText(subject) != subject || len(subject) > maxSubject:
		return fmt.Errorf("the subject: %w", ErrHeader)
	case strings.TrimSpace(subject) == "" || strings.TrimSpace(text) == "":
		return errors.New("it has no subject or no text")
	case len(text)+len(html) > maxText:
		return errors.New("it is too long")
	case !utf8.ValidString(text) || !utf8.ValidString(html) || strings.Contains(text, "\x00") || strings.Contains(html, "\x00"):
		return errors.New("its text is not UTF-8")
	}
	return nil
}

// fillingText is the filling as the database keeps it.
func (l Letter) fillingText() (string, error) {
	if len(l.Filling) == 0 {
		return "", nil
	}
	text, err := json.Marshal(l.Filling)
	if err == nil && len(text) > maxFilling {
		err = errors.New("its filling is too long")
	}
	return string(text), err
}
