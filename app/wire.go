package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"waypost/app/pathing"
	"waypost/app/replying"
	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/images"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/mail"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/paths"
	"waypost/paths/offered"
	"waypost/paths/sealed"
	"waypost/pictures"
	"waypost/replies"
	"waypost/replies/marks"
	"waypost/resources"
	"waypost/spam/base"
	"waypost/spam/labels"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/stories/drafts"
	"waypost/stories/trails"
	"waypost/topics"
	"waypost/transfer/wordpress"
	"waypost/web"
	"waypost/web/desk"
	deskletters "waypost/web/desk/letters"
	"waypost/web/desk/people"
	deskreplies "waypost/web/desk/replies"
	"waypost/web/desk/write"
	"waypost/web/join"
	"waypost/web/kit"
	"waypost/web/letters"
	"waypost/web/me"
	"waypost/web/messages"
	webpaths "waypost/web/paths"
	"waypost/web/public"
	"waypost/web/render"
	webreplies "waypost/web/replies"
	"waypost/web/shell"
	"waypost/web/wire"
)

// wire gives every part what it needs. Each is set once, here.
func (a *App) wire() error {
	words, err := messages.Load()
	if err != nil {
		return err
	}
	a.words = words
	a.accessLog = kit.NewLog(a.Config.AccessLog, a.Config.Log)
	a.machinery()
	a.features()
	if err := a.pathing().Take(); err != nil {
		return err
	}
	a.reactions()
	return a.serve()
}

func (a *App) machinery() {
	headers := kit.Headers{TLS: a.Config.Base.Scheme == "https"}
	a.Keeper = keeper.New(keeper.Config{DB: a.DB, Node: id.NewSource(a.Config.Clock).New(), Alone: a.alone(), Off: a.Config.Live, MaxBytes: a.Config.PagesMemory,
		Headers: headers.ForKept(), Clock: a.Config.Clock, Log: a.Config.Log})
	a.Jobs = jobs.New(a.DB, a.IDs, a.Config.Clock, a.Config.Log)
	a.Mail = mail.New(mail.Config{DB: a.DB, IDs: a.IDs, Clock: a.Config.Clock, Log: a.Config.Log, Host: a.Config.Base.Hostname(), Derive: a.key.Derive})
}

func (a *App) features() {
	c := a.Config.Clock
	a.Community = &community.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Languages: messages.Languages(a.words),
		GoneKey: a.key.Derive(labelGone, 32)}
	redirect := func(kind string) func(*db.Tx, string, string) error {
		return func(tx *db.Tx, path, subject string) error {
			return a.Community.Redirect(tx, path, target(kind, subject))
		}
	}
	formerly := func(tx *db.Tx, path string) (string, error) {
		t, found, err := a.Community.Find(tx, path)
		if err != nil || found {
			return t.ID, err
		}
		gone, err := a.Community.Gone(tx, path)
		if gone {
			return members.GoneHandle, err
		}
		return "", err
	}
	a.Members = &members.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Redirect: redirect("author"), Formerly: formerly, Record: a.Community.Record,
		RecordSome: a.Community.RecordSome, FormerName: a.formerName,
		Vanish: func(tx *db.Tx, path, id string) error { return a.Community.Vanish(tx, target("author", id), path) }}
	a.people()
	a.Passkeys, a.OIDC = a.passkeys(), a.oidc()
	a.Topics = &topics.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Redirect: redirect("topic"), Record: a.Community.Record}
	a.Resources = &resources.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Jobs: a.Jobs, Record: a.Community.Record}
	a.Pictures = &pictures.Service{DB: a.DB, Clock: c, Keeper: a.Keeper, Jobs: a.Jobs, Preparer: images.New(images.DefaultLimits()), Files: a.Config.Dir.Media()}
	a.Stories = &stories.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Jobs: a.Jobs, Render: a.renderStory, Draw: a.drawPath, Renderer: a.renderer, Zone: a.zone,
		Redirect: redirect("story"), Release: a.Community.Release, Formerly: formerly, Record: a.Community.Record, Log: a.Config.Log,
		Author: a.Members.ProfileFor, Unreviewed: a.unreviewed, Tell: a.tellOfStory}
	a.Beside = &beside.Service{Service: a.Stories, Resources: a.candidates}
	a.Drafts = &drafts.Service{DB: a.DB, Clock: c, Story: a.Stories.Writable, SavedSince: a.Stories.SavedSince}
	a.Members.Writes, a.Members.Published, a.Stories.Vanish = a.Stories.Writes, a.Stories.Known, a.vanishStory
	a.Community.ZoneMoved = a.Stories.ZoneMoved
	a.Community.LanguageMoved = func(tx *db.Tx) error { return errors.Join(a.Members.RenameFormer(tx), a.Stories.Renew(tx)) }
	a.Pictures.Changed = a.Stories.PictureChanged
	a.Topics.Used = func(tx *db.Tx, id string) (bool, error) {
		used, err := a.Stories.UsesTopic(tx, id)
		if used || err != nil {
			return used, err
		}
		return a.Resources.UsesTopic(tx, id)
	}
	a.Replies = &replies.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Jobs: a.Jobs, Marks: marks.New(a.key.Derive("replies: networks, senders and texts", 32)),
		Rates: replies.UsualRates(), Record: a.Community.Record}
	a.Labels = &labels.Service{DB: a.DB, Clock: c, Base: base.Shipped()}
	a.replying().Wire(a.Replies)
	a.Replies.Waits, a.Replies.Unsay = a.replyLetters().Waits, a.replyLetters().Unsay
	writing := newsLetters{a}
	a.News = &news.Service{DB: a.DB, IDs: a.IDs, Clock: c, Jobs: a.Jobs, Mail: a.Mail, Members: a.Members, Signer: news.NewSigner(a.key.Derive), Base: a.Config.Base.String(),
		Published: writing.told, Imported: func(tx *db.Tx, story string) (bool, error) { return a.Imports.Brought(tx, story) }, Zone: a.zone, Words: writing, Barred: a.Joining.ShutOut}
	a.Members.Joined = a.News.Adopt
	a.Proofs.Answers[proofs.Subscribe], a.Proofs.Answers[proofs.Data] = writing.answer, leaving{a}.answer
	a.Imports = &wordpress.Service{DB: a.DB, IDs: a.IDs, Clock: c, Stories: a.Stories, Members: a.Members, Topics: a.Topics, Community: a.Community,
		Replies: a.Replies, Words: a.say}
	a.Occupations = &offered.Service{DB: a.DB, Clock: c}
	a.Paths = &paths.Service{DB: a.DB, IDs: a.IDs, Clock: c, Rings: new(sealed.Rings), Zone: a.zone, Erased: leaving{a}.pathErased}
}

// pathing is how paths meet the rest.
func (a *App) pathing() *pathing.Pathing {
	return &pathing.Pathing{Dir: a.Config.Dir, Given: a.Config.PathsKeys, Instance: a.key, DB: a.DB, Clock: a.Config.Clock, Jobs: a.Jobs, Paths: a.Paths, Members: a.Members,
		Community: a.Community, Mail: a.Mail, Base: a.Config.Base, Renderer: func() *render.Renderer { return a.Public.Renderer }, Scrub: leaving{a}.scrubSoon, Log: a.Config.Log}
}

// labelGone derives the key by which addresses that are gone are known. It never changes.
const labelGone = "community: addresses that are gone"

func target(kind, id string) community.Target { return community.Target{Kind: kind, ID: id} }

// people is how they come in: proofs of addresses, and who may join.
func (a *App) people() {
	c := a.Config.Clock
	a.Proofs = &proofs.Service{DB: a.DB, IDs: a.IDs, Clock: c, Jobs: a.Jobs, Key: a.key.Derive("proofs: codes, addresses and networks", 32), Post: a.Mail.Post}
	a.Joining = &joining.Service{DB: a.DB, IDs: a.IDs, Clock: c, Keeper: a.Keeper, Members: a.Members, Proofs: a.Proofs, Letters: memberLetters{a},
		Key: a.key.Derive("joining: barred addresses", 32), EndWaysSince: a.endWaysSince, Record: a.Community.Record}
	a.Members.Proofs = a.Proofs
	a.Proofs.Budget, a.Proofs.Reached = a.Joining.Budget, a.Joining.Reached
	a.Proofs.Answers = map[proofs.Purpose]proofs.Answerer{proofs.Enter: a.Joining.Answer}
}

// replying is how replies meet the other features.
func (a *App) replying() *replying.Replying {
	return &replying.Replying{Stories: a.Stories, Community: a.Community, Members: a.Members, Labels: a.Labels, Log: a.Config.Log, Texts: a.texts}
}

// replyLetters writes to those whom replies concern.
func (a *App) replyLetters() *replying.Letters {
	return &replying.Letters{Replying: a.replying(), Clock: a.Config.Clock, Jobs: a.Jobs, Replies: a.Replies, Mail: a.Mail, Base: a.Config.Base,
		Renderer: func() *render.Renderer { return a.Public.Renderer }, Barred: a.Joining.ShutOut}
}

// say is a text of the interface in a language, English where there is none.
func (a *App) say(language, key string, args ...any) string {
	catalog := a.words[language]
	if catalog == nil {
		catalog = a.words["en"]
	}
	return catalog.T(key, args...)
}

// texts renders what people wrote in the community's language, without pictures.
func (a *App) texts(tx *db.Tx) (render.Texts, error) {
	settings, err := a.Community.SettingsIn(tx)
	if err != nil {
		return render.Texts{}, err
	}
	catalog := a.words[settings.Language]
	if catalog == nil {
		catalog = a.words["en"]
	}
	return render.Texts{Base: a.Config.Base.String(), Catalog: catalog, Zone: settings.TimeZone}, nil
}

func (a *App) renderStory(tx *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
	texts, err := a.texts(tx)
	if err != nil {
		return stories.Rendered{}, err
	}
	var looked []string
	var failed error // a picture that cannot be looked up is not one that is missing
	texts.Picture = func(id string) (pictures.Picture, bool) {
		looked = append(looked, id)
		found, err := a.Pictures.ByIDs(tx, []string{id})
		failed = cmp.Or(failed, err)
		p, ok := found[id]
		return p, ok
	}
	doc := texts.Render(render.Written{HTML: f == stories.HTML, Body: body, Language: language, Prefix: prefix})
	if failed != nil {
		return stories.Rendered{}, failed
	}
	r := stories.Rendered{HTML: doc.HTML, Plain: doc.Text, Words: doc.Words, Pictures: looked, By: texts.Version()}
	for _, h := range doc.Outline {
		r.Outline = append(r.Outline, stories.Heading{Level: h.Level, ID: h.ID, Text: h.Text})
	}
	return r, nil
}

func (a *App) drawPath(tx *db.Tx, t trails.Trail, published time.Time) (stories.Drawing, error) {
	settings, err := a.Community.SettingsIn(tx)
	if err != nil {
		return stories.Drawing{}, err
	}
	texts, err := a.texts(tx)
	if err != nil {
		return stories.Drawing{}, err
	}
	d := render.Draw(t, partdate.DayOf(published.In(settings.Location())), texts.Catalog)
	d.By = texts.Version()
	return d, nil
}

func (a *App) renderer(tx *db.Tx) (int64, error) {
	texts, err := a.texts(tx)
	if err != nil {
		return 0, err
	}
	return texts.Version(), nil
}

func (a *App) zone(tx *db.Tx) (*time.Location, error) {
	settings, err := a.Community.SettingsIn(tx)
	return settings.Location(), err
}

// nearStory is how many resources under a story's topics are weighed.
const nearStory = 200

func (a *App) candidates(tx *db.Tx, topicIDs []string) ([]beside.Candidate, error) {
	list, err := a.Resources.UnderTopics(tx, topicIDs, nearStory)
	if err != nil {
		return nil, err
	}
	out := make([]beside.Candidate, len(list))
	for i, r := range list {
		out[i] = beside.Candidate{ID: r.ID, Text: r.Title + "\n" + r.Note, Topics: r.Topics}
	}
	return out, nil
}

// serve makes the handler from the table of routes.
func (a *App) serve() error {
	a.Public = &public.Public{DB: a.DB, Keeper: a.Keeper, Renderer: render.New(a.Config.Files, a.words, a.Config.Live), Base: a.Config.Base,
		Clock: a.Config.Clock, Community: a.Community, Members: a.Members, Topics: a.Topics, Stories: a.Stories, Beside: a.Beside, Resources: a.Resources, Pictures: a.Pictures, Replies: a.Replies, CanJoin: a.Joining.Possible}
	frame := &shell.Shell{DB: a.DB, Renderer: a.Public.Renderer, Clock: a.Config.Clock, Community: a.Community, Members: a.Members,
		Secure: a.Config.Base.Scheme == "https", LetterWay: a.letterWay}
	frame.Console = a.console()
	a.Public.SetUp = public.SetUp{Command: frame.Console.Outside().OwnerLink(), Folder: a.Config.DataNamed}
	d := &desk.Desk{Shell: frame, Topics: a.Topics, Stories: a.Stories, Resources: a.Resources, Jobs: a.Jobs, Joining: a.Joining,
		Write:       &write.Desk{Shell: frame, Topics: a.Topics, Stories: a.Stories, Drafts: a.Drafts, Pictures: a.Pictures, Replies: a.Replies, Preview: a.Public.Preview},
		PreviewPage: a.Public.PreviewPage, Imports: exports{a}, Backups: backups{a}, Guided: a.guided, UploadMax: a.Config.UploadMax,
		Mail: &deskletters.Letters{Shell: frame, Mail: a.Mail, TryLetter: memberLetters{a}.Try, DNS: a.Config.DNS, Open: a.Config.Demo || a.Config.Dev}}
	d.Replies = &deskreplies.Desk{Shell: frame, Replies: a.Replies, Stories: a.Stories}
	frame.Trouble = a.pathing().Trouble(d.Mail.Trouble)
	door := &join.Join{Shell: frame, Joining: a.Joining, Proxies: a.Config.Proxies, Stamps: a.stamps(), News: a.News,
		Base: a.Config.Base.String()}
	d.People = &people.Desk{Shell: frame, Joining: a.Joining, Stories: a.Stories, Give: a.giveAuthor}
	frame.SignIn, frame.Guide = door.Refused, d.GuideBar
	a.Health = &wire.Health{Ping: a.DB.Ping}
	a.Routes = web.Routes(a.Public, d, door, a.own(frame, d.Write), a.Health, a.development(), a.Config.Clock())
	gate := &kit.Gate{Hosts: kit.NewHosts(a.Config.Base, a.Config.MoreHosts...), Headers: kit.Headers{TLS: a.Config.Base.Scheme == "https"},
		Keeper: a.Keeper, Log: a.accessLog, Errors: a.Config.Log, Roles: frame.Roles, Refused: a.refused}
	a.refusals = kit.Few{Clock: a.Config.Clock, Most: 10, Per: time.Minute}
	gate.Fail = func(w http.ResponseWriter, r *http.Request, status int, err error) {
		if !frame.Fail(w, r, status, err) {
			a.Public.Fail(w, r, status, err)
		}
	}
	var err error
	if a.handler, err = gate.Handler(a.Routes); err != nil {
		return fmt.Errorf("the table of routes is not whole: %w", err)
	}
	return nil
}

// stamps mark when a form was shown that anybody may send.
func (a *App) stamps() kit.Stamps { return a.key.Derive("join: stamps of forms", 32) }

// own are the pages of people's own.
func (a *App) own(frame *shell.Shell, writing *write.Desk) web.Own {
	own := a.waysIn(frame)
	own.Me = &me.Me{Shell: frame, Joining: a.Joining}
	own.Letters, own.Ending = &me.Letters{Shell: frame, News: a.News, Topics: a.Topics, Stories: a.Stories}, &letters.Letters{Shell: frame, News: a.News, Proofs: a.Proofs,
		Stamps: a.stamps(), Proxies: a.Config.Proxies, Data: leaving{a}}
	own.Replies = &webreplies.Replies{Shell: frame, Proofs: a.Proofs, Service: a.Replies, Story: a.replying().BySlug, Stamps: a.key.Derive("replies: stamps of forms", 32),
		Again: a.key.Derive("replies: stamps of forms shown again", 32), Proxies: a.Config.Proxies, Key: a.key.Derive("replies: what a browser sent", 32), Log: a.Config.Log, Missed: a.replyLetters().Missed, Retract: leaving{a}.RetractReplies}
	own.Paths = &webpaths.Paths{Shell: frame, Paths: a.Paths, Occupations: a.Occupations, Quarters: a.pathing().Quarters(), Feeds: a.pathing().Feeds(), Base: a.Config.Base.String()}
	own.Profile = &me.Profile{Shell: frame, Base: a.Config.Base.String(), Write: writing}
	return own
}

// console says how commands are typed for this community.
func (a *App) console() (c shell.Console) {
	if a.Config.DataNamed {
		c.Folder = a.Config.Dir.Path()
	}
	return c
}

// OwnerLink is a one-time address that signs an owner in.
func (a *App) OwnerLink(ctx context.Context) (string, error) {
	secret, err := a.Members.OwnerLink(ctx)
	return a.Config.Base.String() + "/sign-in/" + join.Printed + secret, err
}

// JoinLink is a one-time address by which somebody joins whom the console vouches for.
func (a *App) JoinLink(ctx context.Context, email string) (string, error) {
	address, err := mail.ParseAddress(email)
	if err != nil {
		return "", problem.New(problem.Invalid, "signin.address_form")
	}
	secret, err := a.Joining.ConsoleLink(ctx, address)
	return a.Config.Base.String() + "/join/confirm/" + join.Printed + secret, err
}

// SignInLink is a one-time address that signs a member in.
func (a *App) SignInLink(ctx context.Context, email string) (string, error) {
	address, err := mail.ParseAddress(email)
	if err != nil {
		return "", problem.New(problem.Invalid, "signin.address_form")
	}
	secret, err := a.Members.SignInLink(ctx, address.Key())
	if problem.Is(err, problem.NotFound) {
		return "", problem.New(problem.NotFound, "signin.nobody", "command", a.console().JoinLink(email))
	}
	return a.Config.Base.String() + "/sign-in/" + join.Printed + secret, err
}
