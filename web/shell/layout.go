package shell

import (
	"net/http"
	"slices"
	"strconv"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/messages"
	"waypost/web/render"
)

// Layout is what every page of the desk has around its content.
type Layout struct {
	Name     string // of the community
	Accent   string // the stylesheet of the owner's colour; empty: the design's own
	Who      string // who is signed in; empty if nobody is
	SignedIn bool
	Sections []Section
	Group    Group            // the pages beside this one
	Alert    *problem.Message // what an owner has to know at once
	AlertURL string           // where to see to it
	Done     *problem.Message // what the last act did
	Guide    *GuideBar        // on the page of a step while a new community is being set up
	Content  any
}

// GuideBar says which step of the guide a page is.
type GuideBar struct {
	Number, Of int
	Label      string // a message key
}

// Section is an entry of the desk's menu: a page, or a group that leads to its first one.
type Section struct {
	Label   string // a message key
	URL     string
	Current bool
	right   members.Right // for those who have it; of a page
	pages   []Section     // of a group
}

// menu is the desk's, whole.
var menu = []Section{
	{Label: "desk.nav.today", URL: "/desk", right: members.WriteStories},
	{Label: "desk.nav.stories", URL: "/desk/stories", right: members.WriteStories},
	{Label: "desk.nav.review", URL: "/desk/review", right: members.ReviewStories},
	{Label: "desk.nav.replies", pages: []Section{
		{Label: "desk.nav.replies", URL: "/desk/replies", right: members.ModerateReplies},
		{Label: "desk.nav.blocks", URL: "/desk/replies/blocks", right: members.ModerateReplies},
		{Label: "desk.nav.log", URL: "/desk/replies/log", right: members.ModerateReplies},
		{Label: "desk.nav.filter", URL: "/desk/replies/filter", right: members.ModerateReplies},
		{Label: "rules.title", URL: "/desk/replies/settings", right: members.RunCommunity},
	}},
	{Label: "desk.nav.site", pages: []Section{
		{Label: "desk.nav.topics", URL: "/desk/topics", right: members.CurateTopics},
		{Label: "desk.nav.resources", URL: "/desk/resources", right: members.CurateTopics},
		{Label: "desk.nav.pages", URL: "/desk/pages", right: members.RunCommunity},
		{Label: "desk.nav.pictures", URL: "/desk/pictures", right: members.WriteStories},
	}},
	{Label: "desk.nav.people", pages: []Section{
		{Label: "desk.nav.people", URL: "/desk/people", right: members.ManagePeople},
		{Label: "desk.nav.joining", URL: "/desk/joining", right: members.ApproveJoiners},
		{Label: "desk.nav.authors", URL: "/desk/authors", right: members.ManagePeople},
	}},
	{Label: "desk.nav.mail", URL: "/desk/mail", right: members.RunCommunity},
	{Label: "desk.nav.settings", pages: []Section{
		{Label: "desk.nav.settings", URL: "/desk/settings", right: members.RunCommunity},
		{Label: "desk.nav.import", URL: "/desk/import", right: members.RunCommunity},
		{Label: "desk.nav.backups", URL: "/desk/backups", right: members.RunCommunity},
		{Label: "path.quarters", URL: "/desk/paths", right: members.ApproveJoiners},
		{Label: "desk.nav.record", URL: "/desk/record", right: members.RunCommunity},
	}},
	{Label: "path.title", pages: []Section{
		{Label: "path.title", URL: "/path", right: members.WriteStories},
		{Label: "path.check_in", URL: "/path/check-in", right: members.WriteStories},
		{Label: "path.entries", URL: "/path/entries", right: members.WriteStories},
		{Label: "path.nav.import", URL: "/path/import", right: members.WriteStories},
		{Label: "path.nav.keep", URL: "/path/keep", right: members.WriteStories},
		{Label: "path.nav.help", URL: "/path/help", right: members.WriteStories},
	}},
	{Label: "desk.nav.directory", URL: "/people", right: members.WriteStories},
	{Label: "desk.nav.own", pages: []Section{
		{Label: "me.nav.profile", URL: "/me/profile", right: members.WriteStories},
		{Label: "me.nav.letters", URL: "/me/letters", right: members.WriteStories},
		{Label: "me.nav.notices", URL: "/me/notices", right: members.WriteStories},
		{Label: "me.nav.ways", URL: "/me/ways", right: members.WriteStories},
		{Label: "me.nav.email", URL: "/me/email", right: members.WriteStories},
		{Label: "me.nav.sessions", URL: "/me/sessions", right: members.WriteStories},
		{Label: "me.nav.data", URL: "/me/data", right: members.WriteStories},
	}},
}

// Menu is the desk's menu for somebody, with the entry of a page current, and the group
// that the page is in. A group of which somebody has one page is that page.
func Menu(who members.Actor, current string) (sections []Section, group Group) {
	for _, x := range menu {
		if x.pages != nil {
			x.pages = open(x.pages, who, current)
			switch len(x.pages) {
			case 0:
				continue
			case 1:
				x = x.pages[0]
			default:
				x.URL = x.pages[0].URL
				x.Current = slices.ContainsFunc(x.pages, func(p Section) bool { return p.Current })
			}
			if x.Current && x.pages != nil {
				group = Group{x.Label, x.pages}
			}
			sections = append(sections, x)
			continue
		}
		sections = append(sections, open([]Section{x}, who, current)...)
	}
	return sections, group
}

// Group are pages that one entry of the menu leads to. The zero value is no group.
type Group struct {
	Label string // a message key
	Pages []Section
}

// open are the pages that somebody may ask for.
func open(pages []Section, who members.Actor, current string) (list []Section) {
	for _, x := range pages {
		if x.URL == "/desk/stories" && !who.May(members.ReviewStories) {
			x.Label = "desk.nav.my_stories"
		}
		if x.Current = x.URL == current; who.May(x.right) {
			list = append(list, x)
		}
	}
	return list
}

// dones are the confirmations that an address may ask for, by name: never text.
var dones = map[string]string{
	"ended": "desk.done.ended", "removed": "desk.done.removed", "ended-others": "me.done.ended_others", "saved": "desk.done.saved", "restored": "desk.done.restored", "retried": "desk.done.retried", "unbarred": "barred.done",
	"uploaded": "desk.done.uploaded", "theirs": "desk.done.theirs", "set-up": "desk.done.set_up", "key-kept": "desk.done.key_kept", "deleted": "desk.done.deleted",
	"passkey-added": "passkey.done.added", "passkey-removed": "passkey.done.removed",
	"linked": "oidc.done.linked", "unlinked": "oidc.done.unlinked",
	"submit": "desk.done.submit", "return": "desk.done.return", "publish": "desk.done.publish", "schedule": "desk.done.schedule",
	"roles": "desk.done.roles", "disabled": "desk.done.disabled", "enabled": "desk.done.enabled",
	"approved": "desk.done.approved", "declined": "desk.done.declined", "invitation-ended": "desk.done.invitation_ended",
	"followed": "follow.done", "unfollowed": "follow.done_end",
	"unschedule": "desk.done.unschedule", "unpublish": "desk.done.unpublish", "archive": "desk.done.archive",
	"given": "desk.done.given", "commented": "desk.done.commented", "trusted": "desk.done.trusted", "untrusted": "desk.done.untrusted", "sent-back": "desk.done.sent_back",
	"checked-in": "path.done.checked_in", "brought-in": "path.done.brought_in", "path-erased": "path.done.erased", "path-removed": "path.done.removed", "path-back": "path.done.back", "later": "path.done.later", "muted": "path.done.muted",
	"answered": "desk.done.answered", "blocked": "desk.done.blocked", "block-added": "desk.done.block_added", "block-renewed": "desk.done.block_renewed",
	"replies-closed": "desk.done.replies_closed", "replies-opened": "desk.done.replies_opened", "undone": "desk.done.undone", "undone-answer": "desk.done.undone_answer", "undo-over": "reply.undo_over", "unchanged": "desk.done.unchanged",
	"none-chosen": "reply.none_chosen", "sent-twice": "reply.sent_twice",
}

// Done reports that an act has a confirmation of its own name.
func Done(act string) bool { return dones[act] != "" }

// Show answers with a page of the desk, in the visitor's language.
func (h *Shell) Show(w http.ResponseWriter, r *http.Request, status int, page, section string, content any) error {
	settings, err := h.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	return h.ShowIn(w, r, settings, status, page, section, content)
}

// ShowIn is Show with settings that were read before.
func (h *Shell) ShowIn(w http.ResponseWriter, r *http.Request, settings community.Settings, status int, page, section string, content any) (err error) {
	s := SessionOf(r)
	layout := Layout{Name: settings.Name, Accent: render.AccentSheet(settings.Accent), Who: s.Account.Name, SignedIn: s.Account.ID != "", Content: content}
	if key := dones[r.URL.Query().Get("done")]; key != "" && r.Method == http.MethodGet {
		layout.Done = &problem.Message{Key: key}
	}
	if layout.SignedIn && settings.SetUp {
		layout.Sections, layout.Group = Menu(s.Actor, section)
	}
	if layout.Sections != nil && s.Actor.Has(members.Owner) && h.Trouble != nil && status < http.StatusInternalServerError {
		if layout.Alert, layout.AlertURL, err = h.Trouble(r); err != nil {
			return err
		}
	}
	if layout.SignedIn && h.Guide != nil && s.Actor.Has(members.Owner) {
		if layout.Guide, err = h.Guide(r.Context(), section); err != nil {
			return err
		}
	}
	body, done, err := h.Renderer.Draft(Language(s, settings), page, layout)
	if err != nil {
		return err
	}
	defer done()
	return Write(w, r, status, body)
}

// Write answers with a page.
func Write(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // whoever went away needs no answer
	}
	return nil
}

// Language is the desk's: the account's own, or the community's.
func Language(s members.Session, c community.Settings) string {
	if s.Account.Language != "" {
		return s.Account.Language
	}
	return c.Language
}

// Words is the catalogue of the language that the visitor gets.
func (h *Shell) Words(r *http.Request, c community.Settings) *messages.Catalog {
	return h.Renderer.Catalog(Language(SessionOf(r), c))
}
