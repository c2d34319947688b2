package write

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/pictures"
	"waypost/replies"
	"waypost/stories"
	"waypost/stories/drafts"
	"waypost/topics"
	"waypost/web/desk/fields"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
	"waypost/web/shell"
)

// StoryView is the editor of a story.
type StoryView struct {
	fields.Form
	Story    stories.Story
	State    string // a message key
	Edits    bool   // the visitor edits what others write: byline, new topics and dates are theirs
	By       string // the byline in words, for those who cannot change it
	New      bool
	Action   string // where the form goes
	Public   string // the story's address for readers; empty if they cannot see it
	Verbs    []VerbButton
	CanSave  bool
	Delete   bool // readers never had it
	Schedule bool // a time for Schedule is asked for
	Message  bool // a note for the others can go with what happens next
	Thread   Thread
	Talk     *replies.Talk // nil: nothing is to be decided about replies to it
	TalkOld  bool          // it takes no replies any more for its age
	Topics   []topics.Topic
	Authors  []members.Profile
	Byline   []BylineRow
	Covers   []pictures.Picture // the present cover first, then the newest pictures
	Tongues  []fields.Option    // languages of a story
	Steps    []trailform.Row
	Changes  []trailform.Row
	Kinds    []fields.Option // of a step; labels are message keys, as below
	Shown    []fields.Option
	Endings  []fields.Option
	Inserted *pictures.Picture // a picture just uploaded for the text
	Zone     string
	ID       string    // that the story has, or will have
	Account  string    // whose page it is
	After    int64     // the sequence of the last save of what is typed
	Kept     *KeptNote // nil if the form holds what is stored
	Writer   string    // of what is stored of it, the page in which it was typed
	Known    bool      // the story or what was typed of it is stored
	Typed    bool      // the form is given back with what was typed
}

// HTML reports that the text is markup that an import brought.
func (v StoryView) HTML() bool { return v.Value("format") == string(stories.HTML) }

// BylineRow is a place in the byline.
type BylineRow struct {
	Number int    // from 1
	Chosen string // the author's identifier; empty for a free place
}

// NewByline is the byline of a form, with places that are free.
func NewByline(v url.Values) []BylineRow {
	chosen := chosenIn(v["authors"])
	list := make([]BylineRow, min(len(chosen)+freePlaces, max(mostPlaces, len(chosen))))
	for i := range list {
		list[i].Number = i + 1
		if i < len(chosen) {
			list[i].Chosen = chosen[i]
		}
	}
	return list
}

// chosenIn are the identifiers that were chosen in a field of several, in order.
func chosenIn(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(id string) bool { return id == "" })
}

// VerbButton is something that can be done to the story now.
type VerbButton struct {
	Verb        stories.Verb
	Label, Note string // message keys
}

const (
	mostAuthors = 50 // that are offered without being asked for
	coversShown = 12
	freePlaces  = 2 // in the byline, after those that are taken
	mostPlaces  = 8
)

// editor is a story while it is being written: as it is stored, and the form.
type editor struct {
	id       string        // that the story has, or will have
	draft    *drafts.Draft // what was typed and not saved; nil if nothing was
	kept     *KeptNote
	story    stories.Story
	stored   stories.Content
	form     fields.Form
	inserted *pictures.Picture
	zone     *time.Location
	actor    members.Actor // who asks
}

// blank is the editor of a new story.
func (d *Desk) blank(r *http.Request) (*editor, error) {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	e := &editor{id: d.Stories.IDs.New(), zone: settings.Location(), actor: shell.ActorOf(r)}
	e.story = stories.Story{State: stories.Draft, Language: settings.Language, AccountID: e.actor.AccountID}
	if actor := e.actor; actor.ProfileID != "" {
		e.story.Authors = []string{actor.ProfileID}
	}
	e.stored = stories.Content{Language: settings.Language, Format: stories.Markdown, Authors: e.story.Authors}
	return e, nil
}

// open reads the story that the address names.
func (d *Desk) open(r *http.Request) (*editor, error) {
	e, err := d.openEditor(r)
	if err == nil && e.story.ID == "" {
		err = problem.New(problem.NotFound, "problem.not_found")
	}
	return e, err
}

// newStory answers GET /desk/stories/new.
func (d *Desk) newStory(w http.ResponseWriter, r *http.Request) error { return d.editStory(w, r) }

// editStory answers GET /desk/stories/{id}.
func (d *Desk) editStory(w http.ResponseWriter, r *http.Request) error {
	e, err := d.openEditor(r)
	if err != nil {
		return err
	}
	e.form = StoryForm(e.stored, e.zone)
	e.form.Values.Set("version", fields.Number(e.story.Version))
	e.form.Values.Set("at", kit.FormatLocal(e.story.Scheduled, e.zone))
	if err := e.showKept(); err != nil {
		return err
	}
	return d.showEditor(w, r, http.StatusOK, e)
}

// showEditor shows the form as it stands.
func (d *Desk) showEditor(w http.ResponseWriter, r *http.Request, status int, e *editor) error {
	view, err := d.editorView(r, e)
	if err != nil {
		return err
	}
	kit.Policy(w, "frame-src 'self'")
	return d.Show(w, r, status, "desk/story", "/desk/stories", view)
}

// NewStoryView is the editor of a story as far as the form and the story say it:
// without what there is to choose from.
func NewStoryView(actor members.Actor, s stories.Story, form fields.Form, zone *time.Location) StoryView {
	v := form.Values
	view := StoryView{Form: form, Story: s, State: stateLabels[s.State], New: s.ID == "", Action: "/desk/stories/new",
		Tongues: tongues(v.Get("language")), Steps: trailform.Steps(v), Changes: trailform.Changes(v),
		Byline: NewByline(v), Kinds: fields.Kinds(), Shown: fields.Shown, Endings: fields.Endings(), Zone: zone.String()}
	if !view.New {
		view.Action = "/desk/stories/" + s.ID
	}
	view.Edits = actor.May(members.ReviewStories)
	view.Delete = !view.New && stories.MayDelete(actor, s)
	if s.State == stories.Published || s.State == stories.Archived {
		view.Public = stories.Address(s.Slug)
	}
	for _, verb := range stories.Choices(actor, s) {
		switch verb {
		case stories.Save:
			view.CanSave = true
			continue
		case stories.Schedule:
			view.Schedule = true
		case stories.Submit, stories.Return:
			view.Message = true
		}
		button := VerbButton{verb, verbLabels[verb], verbNotes[verb]}
		if verb == stories.Return && !stories.Own(actor, s) {
			button.Label, button.Note = "desk.verb.send_back", "desk.verb.send_back_note"
		}
		view.Verbs = append(view.Verbs, button)
	}
	return view
}

func (d *Desk) editorView(r *http.Request, e *editor) (StoryView, error) {
	view := NewStoryView(e.actor, e.story, e.form, e.zone)
	view.Inserted, view.Account, view.Kept, view.After = e.inserted, e.actor.AccountID, e.kept, e.after()
	view.ID, view.Known, view.Typed = e.id, e.draft != nil || !view.New, r.Method == http.MethodPost
	if e.draft != nil {
		view.Action, view.Writer = "/desk/stories/"+e.id, e.draft.Writer
	}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.Thread, err = d.thread(tx, e); err != nil {
			return err
		}
		if view.Public != "" && (e.actor.May(members.ModerateReplies) || e.actor.May(members.ReviewStories)) {
			talk, err := d.Replies.TalkOf(tx, e.story.ID)
			if err != nil {
				return err
			}
			rules, err := d.Replies.SettingsIn(tx)
			if err != nil {
				return err
			}
			view.Talk, view.TalkOld = &talk, !rules.Open(e.story.Published, d.Clock(), false)
		}
		return d.choices(tx, r, &view)
	})
	return view, err
}

// choices reads what the form offers to choose from.
func (d *Desk) choices(tx *db.Tx, r *http.Request, view *StoryView) (err error) {
	if view.Topics, err = d.Topics.All(tx); err != nil {
		return err
	}
	Sort(view.Topics)
	if err := d.offerAuthors(tx, r, view); err != nil {
		return err
	}
	newest, err := d.Pictures.Newest(tx, holder(r), coversShown)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(newest)+1)
	if cover := view.Value("cover"); cover != "" {
		ids = append(ids, cover)
	}
	for _, p := range newest {
		if !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	found, err := d.Pictures.ByIDs(tx, ids)
	if err != nil {
		return err
	}
	view.Covers = nil
	for _, id := range ids {
		if p, ok := found[id]; ok {
			view.Covers = append(view.Covers, p)
		}
	}
	return nil
}

// offerAuthors lists whom an editor can name as authors; a member reads who is.
func (d *Desk) offerAuthors(tx *db.Tx, r *http.Request, view *StoryView) (err error) {
	if view.Edits {
		return d.offerAll(tx, r, view)
	}
	found, err := d.Members.ProfilesByID(tx, view.Story.Authors)
	view.By = fields.Joined(view.Story.Authors, "", func(id string) string { return found[id].Name })
	if view.By == "" {
		view.By = shell.SessionOf(r).Account.Name
	}
	return err
}

// offerAll offers those who have published most, those who have no account to be found
// by, whoever edits, and the chosen: whom the form does not show, it would take out of the
// byline. Everybody else is named by handle.
func (d *Desk) offerAll(tx *db.Tx, r *http.Request, view *StoryView) error {
	ids, err := d.Stories.Busiest(tx, mostAuthors)
	if err != nil {
		return err
	}
	if me := shell.ActorOf(r).ProfileID; me != "" {
		ids = append(ids, me)
	}
	found, err := d.Members.ProfilesByID(tx, append(ids, view.Values["authors"]...))
	if err != nil {
		return err
	}
	others, err := d.Members.WithoutAccount(tx, mostAuthors)
	for _, p := range others {
		found[p.ID] = p
	}
	view.Authors = slices.SortedFunc(maps.Values(found), func(a, b members.Profile) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return err
}
