package news

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// List is a kind of letter that somebody may want.
type List string

// The lists: what is sent today, and nothing else can be chosen.
const (
	Stories  List = "stories"  // every new story
	Followed List = "followed" // new stories of authors and topics that a member follows
)

// Pace is how often letters of a list come.
type Pace string

// The paces.
const (
	AtOnce Pace = "at-once" // when something is published
	Weekly Pace = "weekly"
	Never  Pace = "never"
)

// paces are those that a list knows.
var paces = map[List][]Pace{Stories: {AtOnce, Weekly, Never}, Followed: {AtOnce, Never}}

// knows reports that a list has a pace.
func (l List) knows(p Pace) bool { return slices.Contains(paces[l], p) }

// Subscription is one person's wish for one list.
type Subscription struct {
	ID        string
	List      List
	Pace      Pace
	Ended     Pace   // the pace it had before it was ended; "" if it was not
	AccountID string // empty: somebody without an account
	Language  string // of somebody without an account
	Since     time.Time
}

// Going reports that letters come.
func (s Subscription) Going() bool { return s.ID != "" && s.Pace != Never }

// Proof is how somebody showed that an address is theirs.
type Proof string

// The proofs.
const (
	ByLetter  Proof = "letter"  // a link in a letter to it was followed, and its button pressed
	ByAccount Proof = "account" // it is the address of an account, which was proved when it joined
)

// Signer makes and checks the tokens of subscriptions. A token is no secret of the
// database: it follows from the subscription and the key of the instance, so that links
// hold as long as that key does.
type Signer struct{ key []byte }

// NewSigner signs with a key derived from the instance key.
func NewSigner(derive func(label string, n int) []byte) Signer {
	return Signer{derive("subscriptions v1", sha256.Size)}
}

const markLength = 16

// Token is what stands in the link of a subscription's letters.
func (s Signer) Token(id string) string { return id + "." + s.mark(id) }

func (s Signer) mark(id string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(id))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:markLength])
}

// Open finds which subscription a token is for; ok is false if nobody was given it.
func (s Signer) Open(token string) (id string, ok bool) {
	id, mark, found := strings.Cut(token, ".")
	return id, found && hmac.Equal([]byte(mark), []byte(s.mark(id)))
}
