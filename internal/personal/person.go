package personal

// Person is whom something is held on. A field that is empty finds nothing.
type Person struct {
	Account string // the ID of who signs in
	Profile string // the ID of their page as an author
	Address string // the key of an e-mail address (mail.Address)
}

// Left stands for the account of somebody who has left, where an act stays and who did
// it does not.
const Left = "left"

// Choice is what becomes of something that was written for others.
type Choice string

// The choices.
const (
	Named    Choice = "named"    // it stays, with the name over it
	Nameless Choice = "nameless" // it stays, and nobody's name is over it
	Removed  Choice = "removed"  // it goes
)

// Choices lists them, the one that takes least away first.
func Choices() []Choice { return []Choice{Named, Nameless, Removed} }

// Known reports that a choice is one of them.
func (c Choice) Known() bool { return c == Named || c == Nameless || c == Removed }

// Wish is what somebody wants of what they wrote here.
type Wish struct {
	Stories Choice `json:"stories"`
	Replies Choice `json:"replies"`
	// Barred is an owner's who removes somebody: the address is kept out from then on.
	Barred bool `json:"barred,omitempty"`
}

// Whole reports that a wish says something of everything.
func (w Wish) Whole() bool { return w.Stories.Known() && w.Replies.Known() }
