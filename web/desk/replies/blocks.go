package replies

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// BlocksView is what is kept out, with a form for more.
type BlocksView struct {
	BlockForm
	List  []BlockRow
	Ended *Ended
}

// BlockForm asks what to block, for how long and why.
type BlockForm struct {
	fields.Form
	Kinds []KindOption
	Days  []DaysOption
	Hint  string // a message key: what to type
	Gone  string // a message key: what is not known of the reply; empty if all is
}

// KindOption is something that can be blocked.
type KindOption struct {
	fields.Option
	Found string // in the reply that it is about
}

// DaysOption is a time that a block lasts; 0: until somebody ends it.
type DaysOption struct {
	Days   int
	Chosen bool
}

// BlockRow is a block.
type BlockRow struct {
	replies.Block
	What string // a message key
	By   string // empty for somebody who is gone
}

// Ended is a block that was just ended, and how it is taken up again.
type Ended struct {
	replies.Block
	Until int64 // Unix milliseconds; 0: for good
}

// usualDays is how long a block lasts if nothing else is chosen: most senders of spam
// move on, and addresses get other owners.
const usualDays = 30

var blockKinds = map[replies.BlockKind]string{replies.BlockEmail: "desk.blocks.email", replies.BlockAddress: "desk.blocks.address", replies.BlockNetwork: "desk.blocks.network",
	replies.BlockDomain: "desk.blocks.domain", replies.BlockPhrase: "desk.blocks.phrase"}

// unknown says what of a reply is not known: its e-mail address, its network.
var unknown = map[[2]bool]string{{true, false}: "desk.blocks.no_email", {false, true}: "desk.blocks.no_network", {true, true}: "desk.blocks.no_source"}

// NewBlockForm is the form; about is the reply that it is about, the zero value for none.
func NewBlockForm(form fields.Form, about replies.Waiting) BlockForm {
	view := BlockForm{Form: form, Hint: "desk.blocks.value_hint"}
	for _, kind := range replies.BlockKinds() {
		o := KindOption{Option: fields.Option{Value: string(kind), Label: blockKinds[kind]}, Found: replies.BlockFor(about, kind)}
		if about.ID != "" && o.Found == "" && kind != replies.BlockDomain && kind != replies.BlockPhrase {
			continue // nobody knows by heart from where it came
		}
		view.Kinds = append(view.Kinds, o)
		if o.Found != "" && view.Value("kind") == "" {
			view.Values.Set("kind", o.Value)
		}
	}
	if about.ID != "" {
		view.Hint, view.Gone = "desk.blocks.value_found", unknown[[2]bool{about.Email == "" && about.AccountID == "", about.Network == ""}] // none is kept of a member's
	}
	if !slices.ContainsFunc(view.Kinds, func(o KindOption) bool { return view.Has("kind", o.Value) }) {
		view.Values.Set("kind", string(replies.BlockPhrase))
	}
	chosen := usualDays
	if n, err := strconv.Atoi(view.Value("days")); err == nil {
		chosen = n
	}
	for _, days := range replies.BlockDays {
		view.Days = append(view.Days, DaysOption{days, days == chosen})
	}
	return view
}

// NewBlockRow shows a block, its times in a zone.
func NewBlockRow(b replies.Block, by string, zone *time.Location) BlockRow {
	b.Made, b.Ends = b.Made.In(zone), in(b.Ends, zone)
	return BlockRow{b, blockKinds[b.Kind], by}
}

const mostBlocks = 500

// blocks answers GET /desk/replies/blocks.
func (d *Desk) blocks(w http.ResponseWriter, r *http.Request) error {
	return d.showBlocks(w, r, http.StatusOK, fields.New())
}

func (d *Desk) showBlocks(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	view := BlocksView{BlockForm: NewBlockForm(form, replies.Waiting{})}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := d.Replies.Blocks(tx, shell.ActorOf(r), mostBlocks)
		if err != nil {
			return err
		}
		people := make([]string, len(list))
		for i, b := range list {
			people[i] = b.AccountID
		}
		names, err := d.Members.NamesByID(tx, people)
		for _, b := range list {
			view.List = append(view.List, NewBlockRow(b, names[b.AccountID], settings.Location()))
		}
		if err != nil {
			return err
		}
		view.Ended = d.ended(tx, r)
		return nil
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, status, "desk/replies-blocks", sectionBlocks, view)
}

// ended is the block that the address names, nil if it is in force or gone.
func (d *Desk) ended(tx *db.Tx, r *http.Request) *Ended {
	q := r.URL.Query()
	until, err := strconv.ParseInt(q.Get("until"), 10, 64)
	if err != nil {
		return nil
	}
	b, err := d.Replies.BlockByID(tx, shell.ActorOf(r), q.Get("ended"))
	if err != nil || b.InForce(d.Clock()) {
		return nil
	}
	return &Ended{b, until}
}

// addBlock answers POST /desk/replies/blocks.
func (d *Desk) addBlock(w http.ResponseWriter, r *http.Request) error {
	err := kit.ParseForm(r)
	if err != nil {
		return err
	}
	if err = d.make(r, replies.Waiting{}); err == nil {
		return kit.SeeOther(w, r, sectionBlocks+"?done=block-added")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showBlocks(w, r, status, form)
}

// make blocks what a form asks for; where nothing was typed, what was found in the reply.
func (d *Desk) make(r *http.Request, about replies.Waiting) error {
	days, err := strconv.Atoi(r.PostForm.Get("days"))
	if err != nil {
		days = -1 // none of those that are offered
	}
	b := replies.Block{Kind: replies.BlockKind(r.PostForm.Get("kind")), Value: kit.Line(r, "value"), Reason: kit.Line(r, "reason")}
	if b.Value == "" {
		b.Value = replies.BlockFor(about, b.Kind)
	}
	_, err = d.Replies.AddBlock(r.Context(), shell.ActorOf(r), b, days)
	return err
}

// BlockView asks what of a reply to block.
type BlockView struct {
	BlockForm
	Row Row
}

// Back is where the queue was.
func (v BlockView) Back() string { return v.Row.Place.at(Section) }

// blocking answers GET /desk/replies/{id}/block.
func (d *Desk) blocking(w http.ResponseWriter, r *http.Request) error {
	return d.showBlocking(w, r, http.StatusOK, fields.New())
}

func (d *Desk) showBlocking(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	row, err := d.one(r)
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/replies-block", Section, BlockView{NewBlockForm(form, row.Waiting), row})
}

// block answers POST /desk/replies/{id}/block.
func (d *Desk) block(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	row, err := d.one(r)
	if err != nil {
		return err
	}
	if err = d.make(r, row.Waiting); err == nil {
		return kit.SeeOther(w, r, row.Place.at(Section)+"&done=blocked")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showBlocking(w, r, status, form)
}

// endBlock answers POST /desk/replies/blocks/{id}/end.
func (d *Desk) endBlock(w http.ResponseWriter, r *http.Request) error {
	was, err := d.Replies.EndBlock(r.Context(), shell.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	until := int64(0)
	if !was.Ends.IsZero() {
		until = was.Ends.UnixMilli()
	}
	return kit.SeeOther(w, r, sectionBlocks+"?"+url.Values{"ended": {was.ID}, "until": {fields.Number(until)}}.Encode())
}

// renewBlock answers POST /desk/replies/blocks/{id}/renew.
func (d *Desk) renewBlock(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	var ends time.Time
	if ms, err := strconv.ParseInt(r.PostForm.Get("until"), 10, 64); err == nil && ms > 0 {
		ends = time.UnixMilli(ms)
	}
	if err := d.Replies.RenewBlock(r.Context(), shell.ActorOf(r), r.PathValue("id"), ends); err != nil {
		return err
	}
	return kit.SeeOther(w, r, sectionBlocks+"?done=block-renewed")
}
