package members

import "slices"

// Right is something that not everybody may do.
type Right string

// The rights. What a person may do with what is theirs follows from it being theirs,
// and is asked of the feature that keeps it.
const (
	WriteStories    Right = "write-stories"    // write stories of one's own and hand them in
	ReviewStories   Right = "review-stories"   // read what was handed in; edit, return, schedule, publish, take down
	CurateTopics    Right = "curate-topics"    // topics and resources
	ModerateReplies Right = "moderate-replies" // what readers write under stories
	RunEvents       Right = "run-events"       // events and opportunities
	SendNews        Right = "send-news"        // the newsletter
	ApproveJoiners  Right = "approve-joiners"  // who asks to join; invitations
	ManagePeople    Right = "manage-people"    // roles, authors, who may sign in
	RunCommunity    Right = "run-community"    // settings, pages, mail, import, export, the record
)

// Roles are all roles, those that may more first.
func Roles() []Role { return []Role{Owner, Editor, Organizer, Moderator, Member} }

// Grant is a line of the table: who has a right.
type Grant struct {
	Right Right
	Roles []Role
}

// Table says what each role may do: the one place that does. Routes take their roles
// from it, and the policies of features ask it.
func Table() []Grant {
	return []Grant{
		{WriteStories, Roles()},
		{ReviewStories, []Role{Owner, Editor}},
		{CurateTopics, []Role{Owner, Editor}},
		{ModerateReplies, []Role{Owner, Moderator}},
		{RunEvents, []Role{Owner, Organizer}},
		{SendNews, []Role{Owner, Organizer}},
		{ApproveJoiners, []Role{Owner, Organizer}},
		{ManagePeople, []Role{Owner}},
		{RunCommunity, []Role{Owner}},
	}
}

// holders are the roles that have each right.
var holders = func() map[Right][]Role {
	by := map[Right][]Role{}
	for _, g := range Table() {
		by[g.Right] = g.Roles
	}
	return by
}()

// Holders names the roles that have a right, as a line of the site map wants them.
// A right that is not in the table has none, and a route without roles stops the start.
func Holders(right Right) []string {
	names := make([]string, len(holders[right]))
	for i, role := range holders[right] {
		names[i] = string(role)
	}
	return names
}

// Has reports whether a role has a right.
func (r Role) Has(right Right) bool { return slices.Contains(holders[right], r) }

// May reports whether one of the actor's roles has a right.
func (a Actor) May(right Right) bool { return a.Has(holders[right]...) }
