package proofs

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"math/big"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/mail"
)

// Purpose binds a proof to the one thing it opens.
type Purpose string

// The purposes. Enter is what somebody outside asks for; it becomes SignIn, Join or
// Invited, and stays what it is where they can neither.
const (
	Enter     Purpose = "enter"
	SignIn    Purpose = "sign-in"
	Join      Purpose = "join"
	Invited   Purpose = "invited"    // to join by an invitation
	Fresh     Purpose = "fresh"      // somebody who is signed in shows once more who they are
	NewEmail  Purpose = "new-email"  // the new address of an account
	UndoEmail Purpose = "undo-email" // told to the old one
	Subscribe Purpose = "subscribe"  // the address of somebody who wants letters
	Data      Purpose = "your-data"  // that of somebody who asks what is held on it
)

// How long proofs live.
const (
	ShortLife   = 15 * time.Minute   // what signs in
	ConfirmLife = 48 * time.Hour     // what confirms an address
	UndoLife    = 7 * 24 * time.Hour // what takes a change back
)

// Proof is one that was shown and is spent now.
type Proof struct {
	ID         string
	Purpose    Purpose
	Address    string // as it was typed; empty if the proof is for no address
	AddressKey string
	Subject    string // the account it is about; empty for a stranger
	Payload    string // what the one who asked for it keeps with it
}

// Secrets are what the letter tells. They are nowhere else.
type Secrets struct {
	Link string // the last part of an address
	Code string // six digits; only for a proof that a browser asked for
}

// Service makes and spends proofs.
type Service struct {
	DB    *db.DB
	IDs   *id.Source
	Clock clock.Clock
	Jobs  *jobs.Queue
	Key   []byte // of the keyed hashes
	// Post writes letters down.
	Post func(tx *db.Tx, letters ...mail.Letter) error
	// Answers says for each purpose that strangers ask for what to write.
	Answers map[Purpose]Answerer
	// Budget is how many letters go to strangers in an hour; Reached hears that it is used up.
	Budget  func(tx *db.Tx) (int, error)
	Reached func(tx *db.Tx) error
}

// HashOf is the form in which a random secret is kept.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// keyed is the form in which something that can be guessed is kept. what says which
// kind of thing it is.
func (s *Service) keyed(what, value string) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte(what + "\x00" + value))
	return hex.EncodeToString(mac.Sum(nil))
}

func (s *Service) hashCode(proofID, code string) string { return s.keyed("code", proofID+"\x00"+code) }

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// newCode is six digits, each million as likely.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	return fmt.Sprintf("%06d", n.Int64()), nil
}
