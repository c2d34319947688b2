package members

import "slices"

// Role is what an account may do besides reading.
type Role string

// The roles. One account may have several.
const (
	Owner     Role = "owner"
	Editor    Role = "editor"
	Organizer Role = "organizer"
	Moderator Role = "moderator"
	Member    Role = "member"
)

// Actor is who asks for something.
type Actor struct {
	AccountID string // empty for the program itself and the console
	ProfileID string // the author this account is, if linked
	Roles     []Role
	Trusted   bool // what they write is published without review, where the community allows it
	Imports   bool // brings over what others wrote: it is nobody's draft, whoever runs the import
}

// Has reports whether the actor has one of the roles.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(a.Roles, r) })
}

// Machine reports that it is the program itself, the console or an import that asks.
func (a Actor) Machine() bool { return (a.AccountID == "" || a.Imports) && a.Has(Owner) }

// Console is the actor of commands run on the machine itself.
func Console() Actor { return Actor{Roles: []Role{Owner}} }
