package desk_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/images"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/testkit"
	"waypost/members"
	"waypost/members/joining"
	"waypost/members/proofs"
	"waypost/pictures"
	"waypost/replies"
	"waypost/resources"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/stories/drafts"
	"waypost/stories/trails"
	"waypost/topics"
	"waypost/web"
	"waypost/web/desk"
	"waypost/web/desk/people"
	deskreplies "waypost/web/desk/replies"
	"waypost/web/desk/write"
	"waypost/web/join"
	"waypost/web/kit"
	"waypost/web/messages"
	"waypost/web/public"
	"waypost/web/render"
	"waypost/web/shell"
)

// site is a whole desk on a fresh database, with a browser that keeps its cookie.
type site struct {
	t       *testing.T
	desk    *desk.Desk
	handler http.Handler
	clock   *clock.Fake
	cookie  *http.Cookie
}

const host = "http://community.test"

func newSite(t *testing.T) *site {
	t.Helper()
	d := testkit.DB(t)
	base, _ := url.Parse(host)
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	media, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = media.Close() })
	fake := clock.NewFake(time.Date(2026, 5, 4, 9, 30, 15, 0, time.UTC))
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	ids := id.NewSource(fake.Now)
	keep := keeper.New(keeper.Config{DB: d, Node: "test", Alone: true, MaxBytes: 1 << 20, Clock: fake.Now, Log: log})
	c := &community.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Languages: messages.Languages(words)}
	free := func(*db.Tx, string, string) error { return nil }
	queue := jobs.New(d, ids, fake.Now, log)
	frame := &shell.Shell{DB: d, Renderer: render.New(web.Files(), words, false), Clock: fake.Now, Community: c,
		Members: &members.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Redirect: free, Record: c.Record}}
	x := &desk.Desk{Shell: frame, Write: &write.Desk{Shell: frame}, Jobs: queue,
		Replies:   &deskreplies.Desk{Shell: frame, Replies: &replies.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Jobs: queue}},
		Topics:    &topics.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Redirect: free, Record: c.Record},
		Resources: &resources.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Jobs: queue, Record: c.Record}}
	x.Write.Topics, x.Write.Pictures = x.Topics, &pictures.Service{DB: d, Clock: fake.Now, Keeper: keep, Jobs: queue, Preparer: images.New(images.Limits{}), Files: media}
	texts := render.Texts{Base: host, Catalog: words["en"]}
	x.Stories = &stories.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Jobs: queue,
		Render: func(_ *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
			doc := texts.Render(render.Written{HTML: f == stories.HTML, Body: body, Language: language, Prefix: prefix})
			return stories.Rendered{HTML: doc.HTML, Plain: doc.Text, Words: doc.Words, By: 1}, nil
		},
		Draw: func(*db.Tx, trails.Trail, time.Time) (stories.Drawing, error) {
			return stories.Drawing{By: 1}, nil
		},
		Renderer: func(*db.Tx) (int64, error) { return 1, nil },
		Zone:     func(*db.Tx) (*time.Location, error) { return time.UTC, nil },
		Redirect: free,
		Release:  func(*db.Tx, string) error { return nil },
		Record:   c.Record,
	}
	x.Topics.Used = func(tx *db.Tx, id string) (bool, error) {
		used, err := x.Stories.UsesTopic(tx, id)
		if used || err != nil {
			return used, err
		}
		return x.Resources.UsesTopic(tx, id)
	}
	readers := &public.Public{DB: d, Keeper: keep, Renderer: x.Renderer, Base: base, Clock: fake.Now, Community: c, Members: x.Members,
		Topics: x.Topics, Stories: x.Stories, Beside: &beside.Service{Service: x.Stories}, Resources: x.Resources,
		Pictures: x.Write.Pictures}
	x.Stories.Author = x.Members.ProfileFor
	x.Stories.Unreviewed = func(tx *db.Tx) (bool, error) {
		settings, err := c.SettingsIn(tx)
		return settings.TrustedPublish, err
	}
	x.Write.Stories, x.Write.Preview = x.Stories, readers.Preview
	x.Write.Drafts = &drafts.Service{DB: d, Clock: fake.Now, Story: x.Stories.Writable, SavedSince: x.Stories.SavedSince}
	x.Members.Proofs = &proofs.Service{DB: d, IDs: ids, Clock: fake.Now, Jobs: queue, Key: []byte("a key of the test")}
	frame.LetterWay = func(context.Context) (shell.LetterWay, error) { return shell.LetterWay{}, nil }
	door := &join.Join{Shell: frame, Stamps: kit.Stamps("stamps"),
		Joining: &joining.Service{DB: d, IDs: ids, Clock: fake.Now, Keeper: keep, Members: x.Members, Proofs: x.Members.Proofs, Record: c.Record}}
	x.Guided = func(tx *db.Tx) (desk.GuideState, error) {
		return desk.GuideState{Done: []community.Step{community.StepLook}}, nil
	}
	frame.Guide = x.GuideBar
	x.People = &people.Desk{Shell: frame}
	x.PreviewPage, frame.SignIn = readers.PreviewPage, door.Refused
	gate := &kit.Gate{Hosts: kit.NewHosts(base), Keeper: keep, Errors: log, Roles: x.Roles,
		Fail: func(w http.ResponseWriter, r *http.Request, status int, err error) {
			if !x.Fail(w, r, status, err) {
				http.Error(w, err.Error(), status)
			}
		}}
	handler, err := gate.Handler(append(x.Routes(), door.Routes()...))
	if err != nil {
		t.Fatal(err)
	}
	return &site{t: t, desk: x, handler: handler, clock: fake}
}

// signedIn is a site whose community is set up and whose owner is signed in.
func signedIn(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.signIn()
	s.post("/desk/set-up", "name", "Lantern", "language", "en", "time_zone", "Berlin", "accent", "#2b6349", "version", "0", "your_name", "Ada Ferry").sees(303)
	return s
}

func (s *site) signIn() {
	s.t.Helper()
	secret, err := s.desk.Members.OwnerLink(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	s.post("/sign-in/" + secret).sees(303)
}

// answer is what came back.
type answer struct {
	t *testing.T
	*httptest.ResponseRecorder
	page *goquery.Document
}

func (s *site) get(path string) answer {
	s.t.Helper()
	return s.send(httptest.NewRequest(http.MethodGet, host+path, nil))
}

// post sends a form whose fields are name and value in turn.
func (s *site) post(path string, pairs ...string) answer {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return s.postForm(path, form)
}

func (s *site) postForm(path string, form url.Values) answer {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, host+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(r)
}

// upload sends a form with one file.
func (s *site) upload(path, field string, file []byte, pairs ...string) answer {
	s.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		_ = m.WriteField(pairs[i], pairs[i+1])
	}
	part, _ := m.CreateFormFile(field, "picture")
	_, _ = part.Write(file)
	_ = m.Close()
	r := httptest.NewRequest(http.MethodPost, host+path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return s.send(r)
}

func (s *site) send(r *http.Request) answer {
	s.t.Helper()
	if s.cookie != nil {
		r.AddCookie(s.cookie)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.cookie = c
		if c.MaxAge < 0 {
			s.cookie = nil
		}
	}
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{s.t, w, page}
}

// sees checks the status and that each selector finds something.
func (a answer) sees(status int, selectors ...string) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d; %s", a.Code, status, a.page.Find("main").Text())
	}
	for _, selector := range selectors {
		if a.page.Find(selector).Length() == 0 {
			a.t.Errorf("nothing is %s in\n%s", selector, a.page.Find("main").Text())
		}
	}
	return a
}

// to is where a 303 leads, without what follows "?".
func (a answer) to() string {
	a.t.Helper()
	a.sees(http.StatusSeeOther)
	path, _, _ := strings.Cut(a.Header().Get("Location"), "?")
	return path
}

// value is what stands in a field of the page.
func (a answer) value(name string) string {
	field := a.page.Find(`[name="` + name + `"]`).First()
	if field.Is("textarea") {
		return strings.TrimPrefix(field.Text(), "\n")
	}
	if field.Is("select") {
		field = field.Find("option[selected]")
	}
	if field.Is("[type=radio]") {
		field = a.page.Find(`[name="` + name + `"][checked]`)
	}
	return field.AttrOr("value", "")
}

// form is the editor's form as a browser would send it.
func (a answer) form() url.Values {
	v := url.Values{}
	a.page.Find("#editor").Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		kind := field.AttrOr("type", "")
		_, checked := field.Attr("checked")
		switch {
		case name == "" || kind == "file" || (kind == "checkbox" || kind == "radio") && !checked:
		case field.Is("textarea"):
			v.Add(name, strings.ReplaceAll(strings.TrimPrefix(field.Text(), "\n"), "\n", "\r\n"))
		case field.Is("select"):
			chosen := field.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			v.Add(name, chosen.AttrOr("value", ""))
		default:
			v.Add(name, field.AttrOr("value", ""))
		}
	})
	return v
}

func (s *site) story(id string) (stories.Story, stories.Content) {
	s.t.Helper()
	var st stories.Story
	var c stories.Content
	err := s.desk.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		if st, err = s.desk.Stories.ByID(tx, id); err != nil {
			return err
		}
		c, err = s.desk.Stories.Content(tx, st)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return st, c
}

// picture is a small PNG.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 {
		img.Set(i, i%30, color.RGBA{R: uint8(i), G: 90, B: 60, A: 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
