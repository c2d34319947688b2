package replies

import (
	"html/template"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/reported"
	"waypost/spam"
	"waypost/web/render"
)

// Row is a reply in the queue. What the template shows of it are fields of its own and
// nothing is called: there are many on a page.
type Row struct {
	Waiting replies.Waiting
	Story   replies.Story // without a title where readers do not see it any more
	Place   Place         // where the queue is, to come back to

	ID, Name, Email, URL       string
	Member                     bool              // wrote it
	Borrowed                   bool              // the name looks like a member's, which is not said yet
	Link                       string            // where readers find it; empty if they do not
	OfStory                    template.HTMLAttr // the queue of the same story
	Answer, Block              string            // where an answer is written, empty where none can be, and where something about it is blocked
	ISO                        string            // when it was written
	Written, Appealed, Decided time.Time         // Appealed: zero too once somebody has decided it
	By                         string            // who decided, empty if nobody did or they are gone
	Above                      *replies.Reply    // what it answers; nil: the story
	State                      string            // the state in words, a message key, where several are listed
	Short, Rest                string            // the text, or how it begins, and how it goes on
	Held                       string            // why it is where it is: a message key, empty where there is nothing to say
	Blocked                    *BlockRow         // that keeps it out, if it is known and in force
	Verdict                    problem.Message   // what the filter says; no key: it said nothing
	Reports                    int
	Wrong                      []string        // what readers who reported it find wrong, message keys
	For, Against               []render.Remark // what speaks for spam, and what against it
	Approved, Refused          int             // of the same writer, before
	Acts                       []render.Act    // what can be done with it
	buttons                    []Button        // of them
}

// shortest is how many characters of a text are shown at once.
const shortest = 700

// NewRow shows a reply.
func NewRow(w replies.Waiting, st replies.Story, p Place, zone *time.Location) Row {
	id := url.PathEscape(w.ID)
	row := Row{Waiting: w, Story: st, Place: p, ID: w.ID, Name: w.Name, Email: w.Email, URL: w.URL, Member: w.AccountID != "", Link: link(w, st),
		OfStory: render.Href(Place{Filter: replies.Filter{State: w.State, StoryID: w.StoryID}}.at(Section)),
		Answer:  p.at(Section + "/" + id + "/answer"), Block: p.at(Section + "/" + id + "/block"),
		ISO: w.Written.UTC().Format(time.RFC3339), Written: w.Written.In(zone), Decided: w.Decided.In(zone), Appealed: in(w.Appealed, zone), Held: held[w.Held], Verdict: verdictOf(w),
		Reports: w.Reports, Approved: w.Approved, Refused: w.Refused}
	if p.Again {
		row.OfStory = render.Href(Place{Filter: replies.Filter{StoryID: w.StoryID, Again: true}}.at(Section))
	}
	if w.State == replies.Published && w.Held == replies.ByEdit {
		row.Held = "held.edited"
	}
	if !w.Decided.Before(w.Appealed) {
		row.Appealed = time.Time{} // somebody has looked at it since
	}
	row.offer()
	row.Short, row.Rest = cut(w.Body)
	if p.Filter.State == "" {
		row.State = tabs[w.State]
	}
	if row.Verdict.Key != "" {
		for _, reason := range w.Verdict.Reasons {
			if why := whyOf(reason); why.Key != "" && reason.Weight < 0 {
				row.Against = append(row.Against, why)
			} else if why.Key != "" {
				row.For = append(row.For, why)
			}
		}
	}
	return row
}

// in is a time in a zone; the zero time stays so.
func in(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

// cut parts a long text between words.
func cut(body string) (short, rest string) {
	if utf8.RuneCountInString(body) <= shortest*5/4 {
		return body, ""
	}
	at := 0
	for range shortest {
		_, size := utf8.DecodeRuneInString(body[at:])
		at += size
	}
	if blank := strings.LastIndexAny(body[:at], " \n"); blank > at/2 {
		at = blank + 1
	}
	return body[:at], body[at:]
}

// link is where readers find a reply; empty if they do not.
func link(w replies.Waiting, st replies.Story) string {
	if st.Slug == "" || w.State != replies.Published {
		return ""
	}
	return "/stories/" + url.PathEscape(st.Slug) + "/replies/" + url.PathEscape(w.ID)
}

// Bulk are what can be done with several at once: what can be done with one of them.
func (v QueueView) Bulk() []Button {
	var list []Button
	for _, r := range v.List {
		for _, b := range r.buttons {
			switch n := slices.IndexFunc(list, func(other Button) bool { return other.Act == b.Act }); {
			case n < 0:
				list = append(list, b)
			case b.Label == verbs[replies.Act(b.Act)]: // it says more than that all stays as it is
				list[n] = b
			}
		}
	}
	slices.SortFunc(list, func(a, b Button) int { return order(a) - order(b) })
	return list
}

func order(b Button) int { return slices.Index(replies.Acts(), replies.Act(b.Act)) }

// OfWriter are what can be done with all by a writer, whatever is shown of it.
func (v QueueView) OfWriter() []Button {
	return []Button{{string(replies.Approve), "desk.replies.approve_all"}, {string(replies.MarkSpam), "desk.replies.spam_all"}, {string(replies.Discard), "desk.replies.trash_all"}}
}

// offer says what can be done with it.
func (r *Row) offer() {
	offer := func(act replies.Act, label string) { r.buttons = append(r.buttons, Button{string(act), label}) }
	switch state := r.Waiting.State; {
	case state != replies.Published && r.Waiting.Held == replies.ByWriter:
		r.Answer = ""
	case state != replies.Published:
		offer(replies.Approve, verbs[replies.Approve])
	case r.Waiting.Decided.IsZero() || r.Waiting.Reports > 0:
		offer(replies.Approve, "desk.replies.keep")
	}
	if r.Waiting.State != replies.Spam {
		offer(replies.MarkSpam, verbs[replies.MarkSpam])
	}
	if r.Waiting.State != replies.Trash {
		offer(replies.Discard, verbs[replies.Discard])
	}
	r.Acts = make([]render.Act, 0, len(r.buttons)+3)
	for _, b := range r.buttons {
		act := render.Act{Label: b.Label, Do: b.Act + " " + r.ID}
		if b.Label == verbs[replies.Approve] {
			act.Class = "primary"
		}
		r.Acts = append(r.Acts, act)
	}
	if r.Answer != "" {
		r.Acts = append(r.Acts, render.Act{Label: "desk.replies.answer", Path: r.Answer, Key: "r", Class: "button"})
	}
	r.Acts = append(r.Acts, render.Act{Label: "desk.replies.block", Path: r.Block, Key: "b"},
		render.Act{Label: "desk.replies.of_writer", Path: Place{Filter: replies.Filter{Writer: r.ID}}.at(Section), Key: "w"})
}

// Button is an act that can be done.
type Button struct {
	Act   string
	Label string // a message key
}

var verbs = map[replies.Act]string{replies.Approve: "desk.replies.approve", replies.MarkSpam: "desk.replies.to_spam", replies.Discard: "desk.replies.to_trash"}

// rows puts replies into words, with the names of those around them.
func (d *Desk) rows(tx *db.Tx, p Place, list []replies.Waiting, known map[string]replies.Story, zone *time.Location) ([]Row, error) {
	var people, reports, strangers []string
	var answers []replies.Waiting
	for _, w := range list {
		if w.DecidedBy != "" {
			people = append(people, w.DecidedBy)
		}
		if w.ParentID != "" {
			answers = append(answers, w)
		}
		if w.Name != "" && mayBorrow(w) {
			strangers = append(strangers, w.Name)
		}
		if w.Reports > 0 {
			reports = append(reports, w.ID)
		}
	}
	var over map[string]replies.Reply
	var names map[string]string
	var err error
	if len(answers) > 0 {
		if over, err = d.Replies.Answered(tx, answers); err != nil {
			return nil, err
		}
	}
	if len(people) > 0 {
		if names, err = d.Members.NamesByID(tx, people); err != nil {
			return nil, err
		}
	}
	faults, err := reported.Of(tx, reports)
	if err != nil {
		return nil, err
	}
	like, err := d.Members.Resembling(tx, strangers)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(list))
	for i, w := range list {
		rows[i] = NewRow(w, known[w.StoryID], p, zone)
		rows[i].Borrowed = mayBorrow(w) && like[w.Name]
		rows[i].By = names[w.DecidedBy]
		if w.Held == replies.ByBlock {
			b, err := d.Replies.BlockOf(tx, w)
			if err != nil {
				return nil, err
			}
			if b.ID != "" {
				row := NewBlockRow(b, "", zone)
				rows[i].Blocked = &row
			}
		}
		for _, fault := range faults[w.ID] {
			rows[i].Wrong = append(rows[i].Wrong, wrong[fault])
		}
		if above, there := over[w.ParentID]; there {
			rows[i].Above = &above
		}
	}
	return rows, nil
}

// mayBorrow reports that it is worth a word if the name is like a member's. An import
// brings what authors of the old blog wrote themselves, without their accounts.
func mayBorrow(w replies.Waiting) bool {
	return w.AccountID == "" && w.Held != replies.ByName && w.Held != replies.ByImport
}

// wrong is what readers may find wrong with a reply, as they were asked.
var wrong = map[string]string{"spam": "reply.report_spam", "unkind": "reply.report_unkind", "private": "reply.report_private", "other": "reply.report_other"}

// held are the reasons why a reply is where it is.
var held = map[replies.Held]string{
	replies.ByFilter: "held.filter", replies.ByDoubt: "held.doubt", replies.ByFailure: "held.failure", replies.ByFirst: "held.first", replies.ByLinks: "held.links",
	replies.ByMode: "held.mode", replies.ByWave: "held.wave", replies.ByBlock: "held.block", replies.ByTrap: "held.trap", replies.ByHaste: "held.haste",
	replies.ByName: "held.name", replies.ByRepeat: "held.repeat", replies.ByReports: "held.reports", replies.ByAppeal: "held.appeal", replies.ByEdit: "held.edit",
	replies.ByImport: "held.import", replies.ByWriter: "held.writer",
}

var verdicts = map[spam.Kind]string{spam.Ham: "verdict.ham", spam.Unsure: "verdict.unsure", spam.Spam: "verdict.spam"}

// leaning is the probability from which a filter that leaves it to a moderator is not
// called unsure: it may have learned too little here to say spam by itself.
const leaning = 0.9

// verdictOf says what the filter thinks. It is never certain.
func verdictOf(w replies.Waiting) problem.Message {
	if w.Held == replies.ByFailure || w.Verdict.Kind == "" {
		return problem.Message{}
	}
	key := verdicts[w.Verdict.Kind]
	if w.Verdict.Kind == spam.Unsure && w.Verdict.Probability >= leaning {
		key = "verdict.leaning"
	}
	return problem.Message{Key: key, Args: []any{"percent", min(99, max(1, int(math.Round(100*w.Verdict.Probability))))}}
}

// whyOf words a reason; without a key if there are no words for it.
func whyOf(r spam.Reason) render.Remark {
	w := render.Remark{Message: problem.Message{Key: why[r.Code], Args: []any{"count", r.N, "text", r.Text}}}
	if r.Code != spam.Word && r.Code != spam.Host {
		return w
	}
	switch {
	case r.Spam+r.Ham == 0:
		w.Beside = &problem.Message{Key: "seen.never"}
	case r.Ham == 0:
		w.Beside = &problem.Message{Key: "seen.spam", Args: []any{"count", r.Spam}}
	case r.Spam == 0:
		w.Beside = &problem.Message{Key: "seen.kept", Args: []any{"count", r.Ham}}
	default:
		w.Beside = &problem.Message{Key: "seen.both", Args: []any{"spam", r.Spam, "kept", r.Ham}}
	}
	return w
}

// why are the reasons of the filter, by their codes.
var why = map[string]string{
	spam.Word:       "reason.word",
	spam.Host:       "reason.host",
	spam.NewHosts:   "reason.new_hosts",
	spam.Links:      "reason.links",
	spam.NoLinks:    "reason.no_links",
	spam.Capitals:   "reason.capitals",
	spam.Digits:     "reason.digits",
	spam.Signs:      "reason.signs",
	spam.Marks:      "reason.marks",
	spam.Money:      "reason.money",
	spam.Disguised:  "reason.disguised",
	spam.Unseen:     "reason.unseen",
	spam.HiddenText: "reason.hidden_text",
	spam.SpacedOut:  "reason.spaced_out",
	spam.Repeats:    "reason.repeats",
	spam.Markup:     "reason.markup",
	spam.Length:     "reason.length",
	spam.Wording:    "reason.wording",
	spam.Name:       "reason.name",
	spam.Mail:       "reason.mail",
	spam.OwnSite:    "reason.own_site",
	spam.Agent:      "reason.agent",
	spam.Quick:      "reason.seconds",
	spam.ApprovedBy: "reason.approved",
	spam.RefusedBy:  "reason.refused",
	spam.Agreement:  "reason.agreement",
	spam.Language:   "reason.language",
}
