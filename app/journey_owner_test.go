package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// TestJourneyOfAnOwner is the first month of a community: set up, first story with
// its path, readers, changes, a new address, and the ends that a story can come to.
func TestJourneyOfAnOwner(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		reader := s.Reader()
		notSetUp(t, reader)
		owner := s.SignIn()
		setUp(t, owner)
		emptyPages(t, reader)
		address := firstStory(t, s, owner)
		firstReaders(t, s, address)
		moved := change(t, s, owner, address)
		twoTabs(t, s, owner, moved)
		scheduled(t, s, owner)
		ends(t, s, owner, moved)
	})
}

func notSetUp(t *testing.T, reader *site.Visitor) {
	t.Helper()
	if text := reader.Get("/").OK().Text("main"); !strings.Contains(text, "being set up") || !strings.Contains(text, "waypost owner-link") {
		t.Errorf("before set-up the front page says %q", text)
	}
}

func setUp(t *testing.T, owner *site.Visitor) {
	t.Helper()
	page := owner.Get("/desk/set-up").OK()
	again := page.Form("main form").Set("name", "").Set("time_zone", "Nowhere/Land").Set("your_name", "Ann Lee").Set("tagline", "Kept though the rest is wrong").Press("")
	if again.Status != http.StatusUnprocessableEntity || !again.Has("[role=alert] a[href='#name']") || !again.Has("[role=alert] a[href='#time_zone']") {
		t.Errorf("a form without a name answers %d: %q", again.Status, again.Texts("[role=alert] li"))
	}
	if got := again.Form("main form").Values.Get("tagline"); got != "Kept though the rest is wrong" {
		t.Errorf("what was typed is gone: %q", got)
	}
	done := again.Form("main form").Set("name", "Second Shift").Set("tagline", "Working lives").Set("time_zone", "Europe/Berlin").Set("accent", "#7a1f5c").Press("")
	if done.OK().Path != "/desk/guide?done=set-up" || done.Text(".done") == "" {
		t.Errorf("set-up leads to %s", done.Path)
	}
	owner.Get("/desk/set-up").Want(http.StatusSeeOther)
}

// emptyPages are seen by whoever comes before the first story: each says what will
// stand there.
func emptyPages(t *testing.T, reader *site.Visitor) {
	t.Helper()
	for path, words := range map[string]string{
		"/": "No story has been published here yet", "/stories": "No story has been published here yet", "/topics": "Topics appear here",
		"/authors": "Authors appear here with their first one", "/resources": "The library is empty",
	} {
		p := reader.Get(path).OK()
		if !strings.Contains(p.Text("main"), words) || !strings.Contains(p.Text("header .brand"), "Second Shift") {
			t.Errorf("%s says %q", path, p.Text("main"))
		}
		if sheet := p.Attrs("link[rel=stylesheet][href*=accent]", "href"); len(sheet) != 1 || reader.Get(sheet[0]).Status != http.StatusOK {
			t.Errorf("%s: the owner's colour: %q", path, sheet)
		}
	}
	for _, feed := range []string{"/feed.atom", "/feed.json", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"} {
		reader.Get(feed).OK()
	}
}

const firstBody = "I was *paid* by nineteen people that year.[^1]\n\n## The first of them\n\n| who | what |\n| --- | --- |\n| a school | lamps |\n\n" +
	"```go\nfmt.Println(\"hi\")\n```\n\n<script>alert(1)</script>\n\n[^1]: I counted."

// firstStory writes, previews and publishes a story with a cover, a topic and a path.
func firstStory(t *testing.T, s *site.Site, owner *site.Visitor) string {
	t.Helper()
	form := owner.Get("/desk/stories/new").OK().Form("#editor")
	form.Set("title", "A year of gigs").Set("standfirst", "Nineteen people paid me.").Set("body", firstBody).Set("new_topics", "Gigs, Night work")
	form.Set("cover_alt", "A lamp on a stage").Attach("cover_file", "lamp.png", picture(t, 1600, 900))
	page := form.Press("step.add")
	page = page.OK().Form("#editor").Set("trail.steps.0.kind", "gig").Set("trail.steps.0.title", "Follow spot").Set("trail.steps.0.start", "2025-06").
		Set("trail.steps.0.end", "2026-04").Set("trail.steps.0.learned", "December pays for January").Press("step.add")
	page = page.OK().Form("#editor").Set("trail.steps.1.kind", "trial").Set("trail.steps.1.title", "Programmer").Set("trail.steps.1.start", "2026-05-11").Press("change.add")
	form = page.OK().Form("#editor").Set("trail.changes.0.date", "2026-06-19").Set("trail.changes.0.words", "One lamp from the side")
	form.Attach("cover_file", "lamp.png", picture(t, 1600, 900))
	saved := form.Press("save").OK()
	if !strings.HasPrefix(saved.Path, "/desk/stories/") || !strings.HasSuffix(saved.Path, "?done=saved") {
		t.Fatalf("saving leads to %s: %s", saved.Path, saved.Text("main"))
	}
	s.Reader().Get("/stories/a-year-of-gigs").Want(http.StatusNotFound)
	s.Work()

	editor := owner.Get(strings.TrimSuffix(saved.Path, "?done=saved")).OK()
	preview := previewOf(editor)
	if csp := preview.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'self'") || !strings.Contains(csp, "script-src 'none'") || !strings.Contains(csp, "sandbox") {
		t.Errorf("the preview's policy: %s", csp)
	}
	published := editor.Form("#editor").Press("publish").OK()
	if !published.Has(".done") {
		t.Fatalf("publishing leads to %s: %s", published.Path, published.Text("main"))
	}
	p := s.Reader().Get("/stories/a-year-of-gigs").OK()
	if a, b := preview.Find("article.story .body"), p.Find("article.story .body"); html(t, a) != html(t, b) {
		t.Errorf("the preview's text differs from what readers get:\n%s\n%s", html(t, a), html(t, b))
	}
	if a, b := preview.Find(".trail"), p.Find(".trail"); html(t, a) != html(t, b) {
		t.Error("the preview's path differs from what readers get")
	}
	return "/stories/a-year-of-gigs"
}

func previewOf(editor *site.Page) *site.Page {
	f := editor.Form("#editor")
	f.Action = "/desk/stories/preview"
	return f.Send("save").OK()
}

func firstReaders(t *testing.T, s *site.Site, address string) {
	t.Helper()
	reader := s.Reader()
	p := reader.Get(address).OK()
	if !p.Has(".body table") || !p.Has(".body pre code") || !p.Has(".body .footnotes") || p.Has(".body script") || !p.Has(".trail svg") || !p.Has(".cover img[alt='A lamp on a stage']") {
		t.Errorf("the story is not whole: %s", p.Text("main"))
	}
	for _, img := range p.Attrs("img[srcset]", "srcset") {
		for part := range strings.SplitSeq(img, ",") {
			reader.Get(strings.Fields(part)[0]).OK()
		}
	}
	etag := p.Header.Get("Etag")
	reader.Get(address, "If-None-Match", etag).Want(http.StatusNotModified)
	reader.Get(address, "If-None-Match", `"another", W/`+etag).Want(http.StatusNotModified)
	packed := reader.Get(address, "Accept-Encoding", "gzip").OK()
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" || !bytes.Equal(gunzip(t, packed.Body), p.Body) {
		t.Errorf("gzip: %v", packed.Header)
	}
	for _, list := range []string{"/", "/stories", "/topics/gigs", "/topics/night-work", "/authors/ann-lee", "/feed.atom", "/feed.json", "/topics/gigs/feed.atom", "/authors/ann-lee/feed.json", "/sitemap.xml"} {
		if !bytes.Contains(reader.Get(list).OK().Body, []byte(address)) {
			t.Errorf("%s does not name the story", list)
		}
	}
}

// change saves a published story: whoever did sees it at once, in every place. Then
// its address changes, and the old one leads on for ever.
func change(t *testing.T, s *site.Site, owner *site.Visitor, address string) string {
	t.Helper()
	reader := s.Reader()
	before := reader.Get(address).OK()
	owner.Get(deskOf(t, s, address)).Form("#editor").Set("title", "A year of odd gigs").Press("save").OK()
	after := reader.Get(address, "If-None-Match", before.Header.Get("Etag")).OK()
	if after.Text("h1") != "A year of odd gigs" {
		t.Errorf("after the change the title is %q", after.Text("h1"))
	}
	for _, list := range []string{"/", "/stories", "/topics/gigs", "/authors/ann-lee", "/feed.atom"} {
		if !bytes.Contains(reader.Get(list).OK().Body, []byte("A year of odd gigs")) {
			t.Errorf("%s still has the old title", list)
		}
	}
	owner.Get(deskOf(t, s, address)).Form("#editor").Set("slug", "odd-gigs").Press("save").OK()
	for _, old := range []string{address, address + "/", address + "?utm_source=x"} {
		p := reader.Get(old).Want(http.StatusPermanentRedirect)
		if to := p.Header.Get("Location"); to != "/stories/odd-gigs" {
			t.Errorf("%s leads to %q", old, to)
		}
	}
	reader.Get("/stories/odd-gigs").OK()
	owner.Get(deskOf(t, s, "/stories/odd-gigs")).Form("#editor").Set("slug", "very-odd-gigs").Press("save").OK()
	if to := reader.Get(address).Want(http.StatusPermanentRedirect).Header.Get("Location"); to != "/stories/very-odd-gigs" {
		t.Errorf("the first address leads to %q", to)
	}
	return "/stories/very-odd-gigs"
}

// deskOf is the address of a story's editor.
func deskOf(t *testing.T, s *site.Site, address string) string {
	t.Helper()
	ids := site.Rows[string](s, `SELECT id FROM stories WHERE slug = $1`, strings.TrimPrefix(address, "/stories/"))
	if len(ids) != 1 {
		t.Fatalf("%d stories at %s", len(ids), address)
	}
	return "/desk/stories/" + ids[0]
}

// twoTabs saves from two editors that were opened on the same version: the second is
// shown both texts, and neither is lost.
func twoTabs(t *testing.T, s *site.Site, owner *site.Visitor, address string) {
	t.Helper()
	desk := deskOf(t, s, address)
	one, other := owner.Get(desk).OK().Form("#editor"), owner.Get(desk).OK().Form("#editor")
	one.Set("body", firstBody+"\n\nWritten in the first tab.").Press("save").OK()
	conflict := other.Set("body", firstBody+"\n\nWritten in the other tab.").Set("standfirst", "Another standfirst").Press("save")
	if conflict.Status != http.StatusConflict {
		t.Fatalf("the second save answers %d", conflict.Status)
	}
	text := conflict.Text("main")
	for _, words := range []string{"Written in the first tab.", "Written in the other tab.", "Another standfirst"} {
		if !strings.Contains(text, words) {
			t.Errorf("the page of the conflict does not show %q", words)
		}
	}
	if body := s.Reader().Get(address).OK().Text(".body"); !strings.Contains(body, "first tab") || strings.Contains(body, "other tab") {
		t.Errorf("readers get %q", body)
	}
	conflict.Form(".merge form").Press("save").OK()
	if body := s.Reader().Get(address).OK().Text(".body"); !strings.Contains(body, "first tab") || !strings.Contains(body, "other tab") {
		t.Errorf("after both were kept readers get %q", body)
	}
	if n := owner.Get(desk + "/revisions").OK().Find("main li").Length(); n < 6 {
		t.Errorf("%d revisions", n)
	}
}

// scheduled publishes at its time and not before.
func scheduled(t *testing.T, s *site.Site, owner *site.Visitor) {
	t.Helper()
	form := owner.Get("/desk/stories/new").OK().Form("#editor").Set("title", "Tomorrow at nine").Set("body", "Not yet.")
	form.Press("save").OK()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := s.Clock.Now().In(berlin).Add(24 * time.Hour).Truncate(time.Minute)
	editor := owner.Get(deskOf(t, s, "/stories/tomorrow-at-nine")).OK()
	p := editor.Form("#editor").Set("at", at.Format("2006-01-02T15:04")).Press("schedule").OK()
	if !p.Has(".done") {
		t.Fatalf("scheduling: %s", p.Text("main"))
	}
	reader := s.Reader()
	s.Clock.Advance(23 * time.Hour)
	s.Work()
	reader.Get("/stories/tomorrow-at-nine").Want(http.StatusNotFound)
	s.Clock.Advance(time.Hour)
	s.Work()
	page := reader.Get("/stories/tomorrow-at-nine").OK()
	if got := page.Attrs(".dt-published", "datetime"); len(got) == 0 || got[0] != at.UTC().Format(time.RFC3339) {
		t.Errorf("published at %v, want %s", got, at.UTC().Format(time.RFC3339))
	}
	if first := reader.Get("/").OK().Text(".lead h2"); first != "Tomorrow at nine" {
		t.Errorf("the front page leads with %q", first)
	}
}

// ends archives a story, which stays at its address, and unpublishes it, which does not.
func ends(t *testing.T, s *site.Site, owner *site.Visitor, address string) {
	t.Helper()
	reader, desk := s.Reader(), deskOf(t, s, address)
	owner.Get(desk).Form("#editor").Press("archive").OK()
	if p := reader.Get(address).OK(); !p.Has(".notice") || len(p.Attrs("meta[name=robots]", "content")) != 1 {
		t.Error("an archived story does not say so")
	}
	named := func() (in []string) {
		for _, list := range []string{"/", "/stories", "/feed.atom", "/feed.json", "/sitemap.xml"} {
			if bytes.Contains(reader.Get(list).OK().Body, []byte(address+`"`)) || bytes.Contains(reader.Get(list).Body, []byte(address+`<`)) {
				in = append(in, list)
			}
		}
		return in
	}
	if in := named(); len(in) > 0 {
		t.Errorf("an archived story stands in %v", in)
	}
	owner.Get(desk).Form("#editor").Press("publish").OK()
	if in := named(); len(in) != 5 {
		t.Errorf("published again it stands only in %v", in)
	}
	owner.Get(desk).Form("#editor").Press("unpublish").OK()
	gone := reader.Get(address).Want(http.StatusGone)
	if gone.Header.Get("Cache-Control") != "private, no-store" || strings.Contains(gone.Text("body"), "odd gigs") {
		t.Errorf("what is left of it: %v %s", gone.Header, gone.Text("body"))
	}
	reader.Get(address + "/card.png").Want(http.StatusNotFound)
	reader.Get("/stories/a-year-of-gigs").Want(http.StatusGone)
	if in := named(); len(in) > 0 {
		t.Errorf("an unpublished story stands in %v", in)
	}
	record := owner.Get("/desk/record").OK().Text("main")
	for _, word := range []string{"published", "archived"} {
		if !strings.Contains(strings.ToLower(record), word) {
			t.Errorf("the record does not say %q: %.300s", word, record)
		}
	}
}

// picture is a PNG of some colours.
func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(i / 997)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPressingEveryButtonTwice(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	owner := s.SignIn()
	form := owner.Get("/desk/set-up").OK().Form("main form").Set("name", "Twice").Set("your_name", "Ann Lee")
	form.Press("").OK()
	form.Press("")
	if names := site.Rows[string](s, `SELECT name FROM profiles`); !slices.Equal(names, []string{"Ann Lee"}) {
		t.Errorf("after set-up was sent twice there are the authors %q", names)
	}
	draft := owner.Get("/desk/stories/new").OK().Form("#editor").Set("title", "Once").Set("body", "Text.")
	draft.Press("save").OK()
	editor := owner.Get(deskOf(t, s, "/stories/once")).Form("#editor")
	editor.Press("publish").OK()
	if p := editor.Press("publish"); p.Status >= 500 {
		t.Errorf("publishing twice answers %d", p.Status)
	}
	s.Reader().Get("/stories/once").OK()
	if got := fmt.Sprint(site.Rows[int64](s, `SELECT n FROM story_counts WHERE kind = 'month'`)); got != "[1]" {
		t.Errorf("stories counted: %s", got)
	}
}
