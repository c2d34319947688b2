package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/spam"
)

// reply is one from a reader to the story that addresses of the tests name; every word of
// a writer's name makes an address of theirs.
func reply(t *testing.T, s *site.Site, name, body string) string {
	t.Helper()
	id := site.Rows[string](s, `SELECT id FROM stories WHERE slug = '`+strings.TrimPrefix(story, "/stories/")+`'`)[0]
	s.Replies.Rates = replies.Rates{}
	p, err := s.Replies.Post(t.Context(), replies.Draft{StoryID: id, Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@readers.example", Body: body,
		From: replies.Origin{Network: "192.0.2.7", Agent: "A browser", OnForm: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func stateOf(s *site.Site, id string) string {
	return site.Rows[string](s, `SELECT state FROM replies WHERE id = '`+id+`'`)[0]
}

// TestModerating is a moderator's round without script: what waits is told of on the
// front of the desk, approved, taken for spam, taken back, answered.
func TestModerating(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	first, second := reply(t, s, "Priya Nair", "I had the same chair once."), reply(t, s, "Cheap Chairs", "Buy chairs.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	if text := moderator.Get("/desk").OK().Text("main"); !strings.Contains(text, "replies wait for you the oldest since") {
		t.Errorf("today says %q", text)
	}
	if text := s.As(s.Account("ed", members.Editor).ID).Get("/desk").OK().Text("main"); strings.Contains(text, "replies wait") {
		t.Errorf("an editor's today says %q", text)
	}
	p := moderator.Get("/desk/replies").OK()
	for _, says := range []string{"Priya Nair", "priya.nair@readers.example", "When the dream job was not the dream", "I had the same chair once.", "Held as the writer’s first reply", "The filter finds nothing wrong with it"} {
		if text := p.Text("main"); !strings.Contains(text, says) {
			t.Errorf("the queue does not say %q: %s", says, text)
		}
	}
	p = p.Form("form[data-replies]").Press("approve " + first)
	if text := p.Text(".bar [role=status]"); stateOf(s, first) != "published" || !strings.Contains(text, "1 approved") {
		t.Errorf("approved, it is %s: %q", stateOf(s, first), text)
	}
	p = p.Form("form[data-replies]").Press(p.Find(".bar [formaction]").AttrOr("value", ""))
	if text := p.Text(".done"); stateOf(s, first) != "pending" || !strings.Contains(text, "Taken back") {
		t.Errorf("taken back, it is %s: %q", stateOf(s, first), text)
	}
	moderator.Get("/desk/replies").Form("form[data-replies]").Press("spam " + second)
	if p := moderator.Get("/desk/replies?state=spam").OK(); stateOf(s, second) != "spam" || !strings.Contains(p.Text("main"), "Cheap Chairs") || !strings.Contains(p.Text("main"), "Decided by mo") {
		t.Errorf("the spam: %s", p.Text("main"))
	}
	if p := moderator.Get("/desk/replies?writer=" + second).OK(); !strings.Contains(p.Text("main"), "Everything that Cheap Chairs wrote") || strings.Contains(p.Text("main"), "Priya") {
		t.Errorf("by one writer: %s", p.Text("main"))
	}
	moderator.Get("/desk/replies").Form("form[data-replies]").Set("reply", first, second).Press("trash")
	if a, b := stateOf(s, first), stateOf(s, second); a != "trash" || b != "trash" {
		t.Errorf("ticked and put into the trash they are %s and %s", a, b)
	}
	third := reply(t, s, "Cheap Chairs", "Buy tables.")
	of := moderator.Get("/desk/replies?writer=" + second).OK()
	moderator.Post(of.Attrs("form[data-replies]", "action")[0], map[string][]string{"all": {"spam"}}).Want(http.StatusSeeOther)
	if a, b, c := stateOf(s, second), stateOf(s, third), stateOf(s, first); a != "spam" || b != "spam" || c != "trash" {
		t.Errorf("all by one writer marked as spam they are %s and %s, another's is %s", a, b, c)
	}
	if _, err := s.Replies.Undo(t.Context(), members.Actor{AccountID: s.Account("oz", members.Owner).ID, Roles: []members.Role{members.Owner}}, site.Rows[string](s, `SELECT batch FROM reply_acts WHERE act = 'trash'`)[0]); err != nil {
		t.Fatal(err)
	}
	none := moderator.Get(moderator.Post("/desk/replies?state=trash", map[string][]string{"do": {"approve"}}).Want(http.StatusSeeOther).Header.Get("Location")).OK()
	if !strings.HasPrefix(none.Path, "/desk/replies?state=trash") || !strings.Contains(none.Text(".done"), "Tick the replies first") {
		t.Errorf("where none was chosen: %s, %q", none.Path, none.Text(".done"))
	}

	form := moderator.Get("/desk/replies/" + first + "/answer?state=pending").OK().Form("main form")
	if p := form.Set("answer", "").Send(""); p.Status != http.StatusUnprocessableEntity || stateOf(s, first) != "pending" {
		t.Errorf("an empty answer: %d, the reply is %s", p.Status, stateOf(s, first))
	}
	p = form.Set("answer", "Thank you for this.").Press("")
	answers := site.Rows[string](s, `SELECT body || ' ' || name FROM replies WHERE parent_id = '`+first+`' AND state = 'published'`)
	if len(answers) != 1 || answers[0] != "Thank you for this. mo" || stateOf(s, first) != "published" || !strings.Contains(p.Text("main"), "Your answer is there") {
		t.Errorf("answered: %v, the reply is %s: %s", answers, stateOf(s, first), p.Text("main"))
	}
	for _, says := range []string{"Answer sent", "Thank you for this.", "Part of the same decision"} {
		if text := moderator.Get("/desk/replies/log").Text("main"); !strings.Contains(text, says) {
			t.Errorf("the log does not say %q of an answer: %s", says, text)
		}
	}
	p = p.Form("form[data-replies]").Press(p.Find(".bar [formaction]").AttrOr("value", ""))
	if n := site.Rows[int](s, `SELECT count(*) FROM replies WHERE parent_id = '`+first+`' AND state = 'published'`)[0]; n != 0 || stateOf(s, first) != "pending" || !strings.Contains(p.Text("main"), "the answer to it is not shown any more") {
		t.Errorf("taken back, %d answers stand beneath what is %s: %s", n, stateOf(s, first), p.Text("main"))
	}
}

// TestWhatItsWriterDeleted cannot be approved.
func TestWhatItsWriterDeleted(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	id := reply(t, s, "Priya Nair", "I had the same chair once.")
	if err := s.Replies.Withdraw(t.Context(), replies.Sender{Sent: true}, id); err != nil {
		t.Fatal(err)
	}
	p := s.As(s.Account("mo", members.Moderator).ID).Get("/desk/replies?state=trash").OK()
	if p.Has(`[value="approve `+id+`"]`) || p.Has(`[href^="/desk/replies/`+id+`/answer"]`) || !strings.Contains(p.Text("main"), "Its writer deleted it") {
		t.Errorf("it can be approved: %s", p.Text("main"))
	}
}

// TestBlocking keeps out what a reply came from, ends that and takes it back.
func TestBlocking(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	id := reply(t, s, "Cheap Chairs", "Buy chairs.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	form := moderator.Get("/desk/replies/" + id + "/block?state=pending").OK().Form("main form")
	if p := form.Set("kind", "domain").Send(""); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("main"), "not something of that kind") {
		t.Errorf("the domain of a text without links: %d", p.Status)
	}
	p := form.Set("kind", "email").Set("reason", "Chairs again.").Press("")
	if text := p.Text("main"); !strings.Contains(text, "Blocked.") || !strings.Contains(text, "Buy chairs.") {
		t.Errorf("blocked: %s", text)
	}
	if again := reply(t, s, "Cheap Chairs", "Buy tables."); stateOf(s, again) != "spam" {
		t.Errorf("what is blocked is %s", stateOf(s, again))
	}
	if text := moderator.Get("/desk/replies?state=spam").OK().Text("main"); !strings.Contains(text, "A block keeps it out: An e-mail address, c…@readers.example") {
		t.Errorf("the queue does not say which block: %s", text)
	}
	p = moderator.Get("/desk/replies/blocks").OK()
	for _, says := range []string{"c…@readers.example", "Chairs again.", "mo", "kept out 1 reply", "until"} {
		if text := p.Text("main"); !strings.Contains(text, says) {
			t.Errorf("the blocks do not say %q: %s", says, text)
		}
	}
	p = p.Form("form[action$='/end']").Press("")
	if text := p.Text("main"); !strings.Contains(text, "Not blocked any more: c…@readers.example") || !strings.Contains(text, "Nothing is blocked") {
		t.Errorf("ended: %s", text)
	}
	p = p.Form("form[action$='/renew']").Press("")
	if text := p.Text("main"); !strings.Contains(text, "Blocked again") || !strings.Contains(text, "Chairs again.") {
		t.Errorf("taken back: %s", text)
	}
	form = p.Form("form[action='/desk/replies/blocks']")
	if p := form.Set("value", "a").Send(""); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("one letter is blocked: %d", p.Status)
	}
	if p := form.Set("kind", "network").Set("value", "0.0.0.0/0").Send("").Want(http.StatusUnprocessableEntity); !strings.Contains(p.Text("#value-fault"), "whole countries") {
		t.Errorf("everybody is blocked: %s", p.Text("main"))
	}
	if p := form.Set("kind", "phrase").Set("value", "wonder cure").Set("days", "0").Press(""); !strings.Contains(p.Text("main"), "wonder cure") || !strings.Contains(p.Text(".done"), "you end it here") {
		t.Errorf("words: %s", p.Text("main"))
	}
}

// TestReplySettings are an owner's, and close and hold what they say.
func TestReplySettings(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	owner := s.SignIn()
	s.As(s.Account("mo", members.Moderator).ID).Get("/desk/replies/settings").Want(http.StatusForbidden)
	form := owner.Get("/desk/replies/settings").OK().Form("main form")
	stale := owner.Get("/desk/replies/settings").Form("main form")
	if p := form.Set("mode", "none").Set("order", "newest").Set("spam_days", "90").Press(""); !strings.Contains(p.Text(".done"), "Saved") || !p.Has("[name=order][value=newest][checked]") {
		t.Errorf("saved: %s", p.Text("main"))
	}
	if id := reply(t, s, "Priya Nair", "I had the same chair once, and I left it."); stateOf(s, id) != "published" {
		t.Errorf("where nothing waits a first reply is %s", stateOf(s, id))
	}
	p := stale.Set("mode", "all").Send("").Want(http.StatusConflict)
	if !strings.Contains(p.Text("main"), "in the meantime") || !p.Has("[name=mode][value=none][checked]") {
		t.Errorf("a form of before: %s", p.Text("main"))
	}
	p = p.Form("main form").Set("mode", "all").Set("close_days", "8").Send("").Want(http.StatusUnprocessableEntity)
	if !p.Has("#close_days[aria-invalid]") || !p.Has("[name=mode][value=all][checked]") {
		t.Errorf("days that are not offered: %s", p.Text("main"))
	}
}

// TestClosingAStory is done on its page by who edits, and in the queue by who moderates.
func TestClosingAStory(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	id := site.Rows[string](s, `SELECT id FROM stories WHERE slug = '`+strings.TrimPrefix(story, "/stories/")+`'`)[0]
	closed := func() bool {
		return len(site.Rows[string](s, `SELECT story_id FROM story_replies WHERE closed AND story_id = '`+id+`'`)) == 1
	}
	editor, moderator := s.As(s.Account("ed", members.Editor).ID), s.As(s.Account("mo", members.Moderator).ID)
	p := editor.Get("/desk/stories/" + id).OK().Form("form[action^='/desk/replies/stories/']").Press("")
	if !closed() || !strings.Contains(p.Text(".done"), "takes no more replies") || !strings.HasPrefix(p.Path, "/desk/stories/") {
		t.Errorf("closed by an editor: %v, at %s: %s", closed(), p.Path, p.Text(".done"))
	}
	p = moderator.Get("/desk/replies?story=" + id).OK().Form("form[action^='/desk/replies/stories/']").Press("")
	if closed() || !strings.Contains(p.Text(".done"), "takes replies again") || !strings.HasPrefix(p.Path, "/desk/replies?") {
		t.Errorf("opened by a moderator: %v, at %s: %s", closed(), p.Path, p.Text(".done"))
	}
	for days, says := range map[int]string{0: "Open to replies.", 30: "older than the reply settings allow"} {
		settleReplies(t, s, func(c *replies.Settings) { c.CloseDays = days })
		for _, at := range []*site.Page{moderator.Get("/desk/replies?story=" + id).OK(), editor.Get("/desk/stories/" + id).OK()} {
			if text := at.Text("form[action^='/desk/replies/stories/']"); !strings.Contains(text, says) {
				t.Errorf("closed after %d days, %s says %q", days, at.Path, text)
			}
		}
	}
	for _, place := range []string{"state=trash&story=" + id, "reported=yes&story=" + id} {
		if p := moderator.Get("/desk/replies?" + place).OK().Form("form[action^='/desk/replies/stories/']").Press(""); !strings.HasPrefix(p.Path, "/desk/replies?"+place+"&done=") {
			t.Errorf("from %s closing leads to %s", place, p.Path)
		}
	}
	s.As(s.Account("ann").ID).Post("/desk/replies/stories/"+id+"/closing", map[string][]string{"closed": {"yes"}}).Want(http.StatusForbidden)
}

// TestTheLogOfReplies says who decided what, and takes it back.
func TestTheLogOfReplies(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	id := reply(t, s, "Priya Nair", "I had the same chair once.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	moderator.Get("/desk/replies").Form("form[data-replies]").Press("trash " + id)
	p := moderator.Get("/desk/replies/log").OK()
	for _, says := range []string{"Put into the trash", "before: Waiting", "Priya Nair", "mo", "I had the same chair once."} {
		if text := p.Text(".rows li"); !strings.Contains(text, says) {
			t.Errorf("the log does not say %q: %s", says, text)
		}
	}
	done := p.Form(".rows form").Press("")
	if text := done.Text("main"); stateOf(s, id) != "pending" || !strings.Contains(text, "taken back") || !strings.HasPrefix(done.Path, "/desk/replies/log?done=undone#did-") {
		t.Errorf("taken back it is %s, and %s says %s", stateOf(s, id), done.Path, text)
	}
}

// TestTakingBackGoesBack: whoever takes something back stays where they were: on a page of
// the log, and in a part of the queue.
func TestTakingBackGoesBack(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	first, second := reply(t, s, "Priya Nair", "I had the same chair once."), reply(t, s, "Bo Hale", "So did I.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	for _, id := range []string{first, second} {
		s.Clock.Advance(time.Minute)
		moderator.Get("/desk/replies").Form("form[data-replies]").Press("spam " + id)
	}
	lines := site.Rows[string](s, `SELECT id FROM reply_acts ORDER BY id DESC`)
	back := moderator.Get("/desk/replies/log?before=" + lines[0]).OK().Form(".rows form").Press("").OK()
	if want := "/desk/replies/log?before=" + lines[0] + "&done=undone#did-" + lines[1]; back.Path != want || !back.Has("#did-"+lines[1]) || stateOf(s, first) != "pending" {
		t.Errorf("from a page of the log it leads to %s", back.Path)
	}
	storyID := site.Rows[string](s, `SELECT story_id FROM replies WHERE id = '`+second+`'`)[0]
	for _, place := range []string{"state=spam&story=" + storyID, "state=spam&writer=" + second, "before=" + lines[0] + "&state=spam"} {
		queue := moderator.Get("/desk/replies?" + place).OK().Form("form[data-replies]").Press("trash " + second).OK()
		p := queue.Form("form[data-replies]").Press(queue.Find(".bar [formaction]").AttrOr("value", "")).OK()
		if p.Path != "/desk/replies?"+place+"&done=undone" || !p.Has("#at-"+second) || p.Text(".tabs [aria-current][href*='state=spam']") == "" {
			t.Errorf("from %s it leads to %s", place, p.Path)
		}
	}
}

// TestTheLogOffersWhatCanBeTakenBack: nothing where a reply is deleted for good, and a
// page of before leads back with a word about it.
func TestTheLogOffersWhatCanBeTakenBack(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.Demo, site.On(e))
		s.Clock.Advance(time.Hour)
		first, second := reply(t, s, "Priya Nair", "I had the same chair once."), reply(t, s, "Bo Hale", "So did I.")
		moderator := s.As(s.Account("mo", members.Moderator).ID)
		moderator.Get("/desk/replies").Form("form[data-replies]").Press("trash " + first)
		old, queue := moderator.Get("/desk/replies/log").OK(), moderator.Get("/desk/replies?batch="+site.Rows[string](s, `SELECT batch FROM reply_acts`)[0]).OK()
		statement(t, s, `UPDATE reply_checks SET moved_at = 0 WHERE reply_id = $1`, first)
		if err := s.DB.Update(t.Context(), s.Replies.Sweep); err != nil {
			t.Fatal(err)
		}
		moderator.Get("/desk/replies").Form("form[data-replies]").Press("spam " + second)
		moderator.Get("/desk/replies?state=spam").Form("form[data-replies]").Press("approve " + second)
		p := moderator.Get("/desk/replies/log").OK()
		if n := p.Find(".rows form").Length(); n != 1 {
			t.Errorf("of three decisions %d can be taken back: %s", n, p.Text(".rows"))
		}
		if text := p.Text(".rows"); strings.Count(text, "This cannot be taken back any more.") != 2 {
			t.Errorf("the log says %q", text)
		}
		line := site.Rows[string](s, `SELECT id FROM reply_acts ORDER BY id`)[0]
		for want, pressed := range map[string]*site.Page{
			"/desk/replies/log?done=undo-over#did-" + line: old.Form(".rows form").Press(""),
			"/desk/replies?state=pending&done=undo-over":   queue.Form("form[data-replies]").Press(queue.Find(".bar [formaction]").AttrOr("value", "")),
		} {
			if pressed.Path != want || !strings.Contains(pressed.Text(".done"), "cannot be taken back any more") {
				t.Errorf("pressed too late it leads to %s: %s", pressed.Path, pressed.Text("main"))
			}
		}
	})
}

// TestNamesLikeMembers are marked in the queue: those of people who were let in and have
// made no profile too, and none that came out of another blog with its authors' own.
func TestNamesLikeMembers(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		s.Clock.Advance(time.Hour)
		id := reply(t, s, "Mara Quist", "I am she, or say so.")
		moderator := s.As(s.Account("mo", members.Moderator).ID)
		marked := func() bool {
			p := moderator.Get("/desk/replies").OK()
			if !p.Has("#at-" + id) {
				t.Fatal("it does not wait")
			}
			return strings.Contains(p.Text("#at-"+id), "The name looks like a member’s")
		}
		if marked() {
			t.Error("a name that nobody has here is marked")
		}
		s.Account("Mara Quist", members.Editor)
		if !marked() {
			t.Error("a name like that of somebody with a role is not marked")
		}
		statement(t, s, `UPDATE reply_checks SET held = $1 WHERE reply_id = $2`, replies.ByImport, id)
		if marked() {
			t.Error("what was imported is marked")
		}
	})
}

// TestWhatReadersReported leads a moderator from today to what was reported, shown or
// held, until somebody has looked.
func TestWhatReadersReported(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	statement(t, s, `UPDATE reply_checks SET reports = 0, appealed_at = NULL`)
	shown, held := reply(t, s, "Priya Nair", "I had the same chair once."), reply(t, s, "Bo Hale", "Priya never had one.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	moderator.Get("/desk/replies").Form("form[data-replies]").Set("reply", shown, held).Press("approve")
	if p := moderator.Get("/desk/replies").OK(); p.Has(`.tabs [href*=reported]`) || moderator.Get("/desk").OK().Has(`[href*=reported]`) {
		t.Errorf("nothing was reported, but the tabs are %s", p.Text(".tabs"))
	}
	report := func(id string, networks ...string) {
		for _, n := range networks {
			if _, err := s.Replies.Report(t.Context(), id, n, "unkind"); err != nil {
				t.Fatal(err)
			}
		}
	}
	report(shown, "192.0.2.1")
	report(held, "192.0.2.1", "192.0.2.2", "192.0.2.3")
	today := moderator.Get("/desk").OK()
	if text := today.Text(`[href="/desk/replies?reported=yes"]`); !strings.Contains(text, "2 replies were reported") {
		t.Errorf("today says %q", text)
	}
	if text := moderator.Get("/desk/replies").OK().Text(`.tabs [href="/desk/replies?reported=yes"]`); text != "Reported 2" {
		t.Errorf("a tab says %q", text)
	}
	p := moderator.Get("/desk/replies?reported=yes").OK()
	if text := p.Text(".queue"); p.Find(".queue > li").Length() != 2 || !strings.Contains(text, "1 reader reported it") || !strings.Contains(text, "3 readers reported it") || p.Text(".tabs [aria-current][href*=reported]") != "Reported 2" {
		t.Errorf("reported are, under %q: %s", p.Text(".tabs [aria-current][href*=reported]"), text)
	}
	narrowedReports(t, s, moderator, p, shown)
	for state, id := range map[string]string{"published": shown, "pending": held} {
		if p := moderator.Get("/desk/replies?reported=yes&state=" + state).OK(); p.Find(".queue > li").Length() != 1 || !p.Has("#at-"+id) {
			t.Errorf("reported and %s are %s", state, p.Text(".queue"))
		}
	}
	p = p.Form("form[data-replies]").Press("approve " + shown)
	if p.Find(".queue > li").Length() != 1 || !p.Has("#at-"+held) || !strings.HasPrefix(p.Path, "/desk/replies?batch=") || p.Text(".tabs [aria-current][href*=reported]") != "Reported 1" {
		t.Errorf("after one was found fine, at %s: %s", p.Path, p.Text("main"))
	}
	p = p.Form("form[data-replies]").Press(p.Find(".bar [formaction]").AttrOr("value", ""))
	if p.Find(".queue > li").Length() != 2 {
		t.Errorf("taken back: %s", p.Text("main"))
	}
	p = p.Form("form[data-replies]").Set("reply", shown, held).Press("approve")
	if text := p.Text(".empty"); !strings.Contains(text, "Nothing was reported") {
		t.Errorf("after all were looked at: %q", text)
	}
}

// narrowedReports narrows what was reported by a story and by a writer, and goes back to
// all of it.
func narrowedReports(t *testing.T, s *site.Site, moderator *site.Visitor, p *site.Page, id string) {
	t.Helper()
	story := site.Rows[string](s, `SELECT story_id FROM replies WHERE id = '`+id+`'`)[0]
	if text := p.Text(`#story [value="` + story + `"]`); !strings.HasSuffix(text, "(2)") {
		t.Errorf("by the story one narrows with %q", text)
	}
	reportedHere := func(p *site.Page, label string) {
		t.Helper()
		if p.Find(".queue > li").Length() != 2 || p.Text(".tabs [aria-current][href*=reported]") != label {
			t.Errorf("%s, under %q, lists %s", p.Path, p.Text(".tabs [aria-current][href*=reported]"), p.Text(".queue"))
		}
	}
	narrowed := p.Form("form.filter").Set("story", story).Press("").OK()
	reportedHere(narrowed, "Reported 2")
	tabOf := func(storyID string) string {
		return moderator.Get("/desk/replies?story=" + storyID).OK().Text(".tabs [aria-current][href*='state=pending']")
	}
	waits := site.Rows[int](s, `SELECT count(*) FROM replies WHERE state = 'pending' AND erased_at IS NULL AND story_id = '`+story+`'`)[0]
	another := site.Rows[string](s, `SELECT id FROM stories WHERE state = 'published' AND id NOT IN (SELECT story_id FROM replies WHERE state = 'pending') LIMIT 1`)[0]
	if here, there := tabOf(story), tabOf(another); waits == 0 || here != fmt.Sprintf("Waiting %d", waits) || there != "Waiting" {
		t.Errorf("%d wait to this story and none to another, and the tabs are %q and %q", waits, here, there)
	}
	if !narrowed.Has(`p > a[href="/desk/replies?reported=yes"]`) {
		t.Errorf("nothing leads back to all that was reported: %s", narrowed.Text("main"))
	}
	reportedHere(moderator.Get(p.Attrs(`#at-`+id+` .meta a[href*="story="]`, "href")[0]).OK(), "Reported 2")
	if p := moderator.Get(p.Attrs(`#at-`+id+` a[href*="writer="]`, "href")[0]).OK(); p.Text(`.tabs [href*=reported]`) != "Reported" {
		t.Errorf("of one writer the tabs are %s", p.Text(".tabs"))
	}
}

// TestDecisionsOfAnotherVersion: what an earlier version of the filter read counts for
// nothing, and the start and the filter's page say what makes it count.
func TestDecisionsOfAnotherVersion(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	s := site.New(t, site.Demo, site.With(func(c *app.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) }))
	id := reply(t, s, "Priya Nair", "I had the same chair once.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	moderator.Get("/desk/replies").Form("form[data-replies]").Press("trash " + id)
	moderator.Get("/desk/replies?state=trash").Form("form[data-replies]").Press("spam " + id)
	started := func() string {
		t.Helper()
		log.Reset()
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		if err := s.Serve(ctx, app.Listening{Listener: listener, MaxConnections: 1, Shutdown: time.Second, Announce: stop}); err != nil {
			t.Fatal(err)
		}
		return log.String()
	}
	if p, said := moderator.Get("/desk/replies/filter").OK(), started(); p.Has(".notice code") || strings.Contains(said, "rebuild") {
		t.Errorf("all is read, and the page says %q, the log %q", p.Text(".notice"), said)
	}
	execute(t, s, `UPDATE spam_labels SET extractor = 0`)
	if p, said := moderator.Get("/desk/replies/filter").OK(), started(); p.Text(".notice code") != "waypost spam rebuild" || !strings.Contains(p.Text(".notice"), "1 decision does") || strings.Count(said, "rebuild") != 1 {
		t.Errorf("after an update the page says %q, the log %q", p.Text(".notice"), said)
	}
}

// TestAVerdictIsNeverCertain: a filter that leaves what looks much like spam to moderators
// says so, and no percentage is all or nothing.
func TestAVerdictIsNeverCertain(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Replies.Check = func(m spam.Message, _ replies.Settings) (spam.Verdict, error) {
		if strings.Contains(m.Text, "casino") {
			return spam.Verdict{Kind: spam.Unsure, Probability: .9999}, nil
		}
		return spam.Verdict{Kind: spam.Ham, Probability: .0001}, nil
	}
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	for body, says := range map[string]string{"Come to my casino.": "leans to spam (99%)", "I had the same chair once.": "nothing wrong with it (1% spam)"} {
		id := reply(t, s, "Priya Nair", body)
		if text := moderator.Get("/desk/replies").OK().Text(".queue li:has([value='" + id + "'])"); !strings.Contains(text, says) {
			t.Errorf("of %q the queue says %s", body, text)
		}
	}
}

// changedMeanwhile lets its writer put another text into a reply.
func changedMeanwhile(t *testing.T, s *site.Site, id, body string) {
	t.Helper()
	s.Clock.Advance(time.Minute)
	if _, err := s.Replies.Edit(t.Context(), replies.Sender{Sent: true}, id, body); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Minute)
}

// TestWhatItsWriterChangedMeanwhile is not decided by who has not read it: they are told,
// and find it in the list as it is now. Whoever answers it is told, too.
func TestWhatItsWriterChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	first, second := reply(t, s, "Priya Nair", "I had the same chair once."), reply(t, s, "Ada Tull", "So had I.")
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	const says = "A reply was changed by its writer since you saw it"
	listed := moderator.Get("/desk/replies").OK()
	if strings.Contains(listed.Text(".bar"), says) {
		t.Errorf("before anything has changed: %s", listed.Text(".bar"))
	}
	changedMeanwhile(t, s, first, "I sold that chair.")
	p := listed.Form("form[data-replies]").Press("approve " + first)
	if stateOf(s, first) != "pending" || p.Text(".bar [role=status]") == "" || !strings.Contains(p.Text(".bar [role=status]"), says) || !strings.Contains(p.Text(".queue"), "I sold that chair.") {
		t.Errorf("decided unread it is %s: %q, %s", stateOf(s, first), p.Text(".bar"), p.Text(".queue"))
	}
	changedMeanwhile(t, s, first, "I burned that chair.")
	p = p.Form("form[data-replies]").Set("reply", first, second).Press("approve")
	if text := p.Text(".bar [role=status]"); stateOf(s, first) != "pending" || stateOf(s, second) != "published" || !strings.Contains(text, "1 approved. "+says) || !p.Has(".bar [formaction][value]") {
		t.Errorf("of two decided at once they are %s and %s: %q", stateOf(s, first), stateOf(s, second), text)
	}
	answering := moderator.Get("/desk/replies/" + first + "/answer").OK()
	changedMeanwhile(t, s, first, "I gave that chair away.")
	refused := answering.Form("form.narrow").Set("answer", "To whom?").Send("")
	if stateOf(s, first) != "pending" || refused.Status != http.StatusConflict || !strings.Contains(refused.Text("main"), "I gave that chair away.") || !strings.Contains(refused.Text("form.narrow textarea"), "To whom?") {
		t.Errorf("answered unread it is %s: %d, %s", stateOf(s, first), refused.Status, refused.Text("main"))
	}
	p = moderator.Get("/desk/replies").OK()
	if p = p.Form("form[data-replies]").Press("approve " + first); stateOf(s, first) != "published" || strings.Contains(p.Text(".bar"), says) {
		t.Errorf("read once more and approved it is %s: %q", stateOf(s, first), p.Text(".bar"))
	}
}

// TestTheBarOffersWhatChangesSomething, and with all by a writer everything can be done.
func TestTheBarOffersWhatChangesSomething(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	offered := func(query string) string {
		t.Helper()
		return strings.Join(moderator.Get("/desk/replies?state="+query).OK().Texts(".bar button[name=do]"), ", ")
	}
	reply(t, s, "Priya Nair", "I had the same chair once.")
	spam, trash := reply(t, s, "Cheap Chairs", "Buy chairs."), reply(t, s, "Ada Tull", "So had I.")
	settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
	seenByNobody := reply(t, s, "Ben Orr", "I had none.")
	if got := stateOf(s, seenByNobody); got != "published" {
		t.Fatal(got)
	}
	if got := offered("published"); got != "Fine as it is, Spam, Trash" {
		t.Errorf("of what nobody has looked at: %s", got)
	}
	moderator.Get("/desk/replies?state=published").Form("form[data-replies]").Press("approve " + seenByNobody)
	moderator.Get("/desk/replies").Form("form[data-replies]").Press("spam " + spam)
	moderator.Get("/desk/replies").Form("form[data-replies]").Press("trash " + trash)
	for state, want := range map[string]string{"pending": "Approve, Spam, Trash", "spam": "Approve, Trash", "trash": "Approve, Spam", "published": "Spam, Trash"} {
		if got := offered(state); got != want {
			t.Errorf("of what is %s: %s", state, got)
		}
	}
	of := moderator.Get("/desk/replies?state=spam&writer=" + spam).OK()
	if got := strings.Join(of.Texts("button[name=all]"), ", "); got != "Approve all of it, All of it is spam, All of it into the trash" {
		t.Errorf("of one writer: %s", got)
	}
}

// TestExplainingByWhatWasDecided asks the filter of a message, as the command does, before
// and after moderators refused what is like it.
func TestExplainingByWhatWasDecided(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	asked := spam.Message{Text: "A zorbifane course for you: it changed my whole week.", Name: "Bo Hale"}
	explained := func() spam.Verdict { return call(t, s, app.CallSpamExplain, asked).(spam.Verdict) }
	before := explained()
	moderator := s.As(s.Account("mo", members.Moderator).ID)
	for i := range 12 {
		s.Clock.Advance(time.Minute)
		id := reply(t, s, fmt.Sprint("Reader ", i), fmt.Sprintf("The zorbifane course no. %d is the one to take, I say.", i))
		moderator.Get("/desk/replies").Form("form[data-replies]").Press("spam " + id)
	}
	after := explained()
	if after.Probability < before.Probability+0.2 || before.Kind == "" {
		t.Errorf("before: %+v; after: %+v", before, after)
	}
	taught := func(v spam.Verdict) bool {
		return slices.ContainsFunc(v.Reasons, func(r spam.Reason) bool { return r.Text == "zorbifane" && r.Spam == 12 })
	}
	if !taught(after) {
		t.Errorf("the reasons are %v", after.Reasons)
	}
	unlearn := func(dry bool) int64 {
		return call(t, s, app.CallSpamUnlearn, app.UnlearnRequest{Email: "mo@people.example", DryRun: dry}).(int64)
	}
	if n := unlearn(true); n != 12 || !taught(explained()) {
		t.Errorf("of 12 decisions %d would be forgotten, and %+v stays", n, explained())
	}
	if n := unlearn(false); n != 12 || taught(explained()) || unlearn(true) != 0 {
		t.Errorf("of 12 decisions %d are forgotten: %+v", n, explained())
	}
}
