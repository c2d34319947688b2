package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/resources"
	"waypost/stories"
	"waypost/topics"
)

// attack is a text that somebody wrote to do harm.
type attack struct {
	Payload string
	Unit    string
	N       int
	Mid     string
	Close   string
}

// text is the attack in full. Those that only cost time are short here: what they
// cost is measured where texts are rendered.
func (a attack) text() string {
	if a.Unit == "" {
		return a.Payload
	}
	n := min(a.N, 50)
	return strings.Repeat(a.Unit, n) + a.Mid + strings.Repeat(a.Close, n)
}

// ownAttacks are the project's own.
func ownAttacks(t *testing.T) []attack {
	t.Helper()
	var list []attack
	for _, name := range []string{"attacks.jsonl", "markdown.jsonl"} {
		data, err := os.ReadFile(filepath.Join("../internal/markdown/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var a attack
			if err := json.Unmarshal(line, &a); err != nil {
				t.Fatal(err)
			}
			list = append(list, a)
		}
	}
	return list
}

// TestBrowserHostileTexts stores every attack in a story, as Markdown and as imported
// markup, and looks at it as a reader and in the preview: nothing runs, nobody else is
// asked, no forbidden element is there. Many attacks share a page; one that swallows
// what follows it gets a page of its own, if more than words is left of it.
func TestBrowserHostileTexts(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	all, own := allAttacks(t)
	reader, owner := browser.New(t, s.URL), browser.New(t, s.URL)
	signIn(t, s, owner)
	for _, format := range []stories.Format{stories.Markdown, stories.HTML} {
		const together = 500
		sociable, alone := apart(t, s, format, all)
		for chunk := range slices.Chunk(sociable, together) {
			alone = append(alone, look(t, s, reader, owner, format, chunk)...)
		}
		for _, a := range alone {
			look(t, s, reader, owner, format, []attack{a})
		}
		t.Logf("%s: %d attacks share pages, %d have one of their own", format, len(sociable), len(alone))
	}
	cases.Count(t, own, len(all)-own)
}

// allAttacks are the project's own, so many, and those from outside.
func allAttacks(t *testing.T) (all []attack, own int) {
	t.Helper()
	all = ownAttacks(t)
	own = len(all)
	for _, name := range []string{"markdown.jsonl", "xss-html5sec.jsonl", "xss-dompurify.jsonl", "xss-patt.jsonl", "xss-payloadbox.jsonl"} {
		all = append(all, hostile[attack](t, name)...)
	}
	return all, own
}

// apart tells attacks that leave what follows them alone from those that swallow it; of
// these it returns one for each markup that is left of them.
func apart(t *testing.T, s *site.Site, format stories.Format, all []attack) (sociable, alone []attack) {
	t.Helper()
	left := map[string]bool{}
	s.View(func(tx *db.Tx) error {
		for _, a := range all {
			r, err := s.Stories.Render(tx, format, fmt.Sprintf(marks[format], 0, a.text())+fmt.Sprintf(marks[format], 1, ""), "en", "x-")
			if err != nil {
				return err
			}
			switch _, rest, _ := strings.Cut(r.HTML, "</p>"); {
			case strings.Contains(r.Plain, "MARK1MARK"):
				sociable = append(sociable, a)
			case strings.Contains(rest, "<") && !left[rest]:
				left[rest] = true
				alone = append(alone, a)
			}
		}
		return nil
	})
	return sociable, alone
}

// look publishes a story of some attacks, views it as a reader and in the preview, and
// returns the attacks whose mark cannot be seen.
func look(t *testing.T, s *site.Site, reader, owner *browser.Tab, format stories.Format, list []attack) (hidden []attack) {
	t.Helper()
	var body strings.Builder
	for i, a := range list {
		fmt.Fprintf(&body, marks[format], i, a.text())
	}
	id, address := publish(t, s, stories.Content{Title: "Hostile texts", Format: format, Body: body.String()})
	reader.Open(address)
	check(t, reader, "document", address)
	shown := browser.Eval[string](reader, `document.querySelector('.body').textContent`)
	for i, a := range list {
		if !strings.Contains(shown, fmt.Sprintf("MARK%dMARK", i)) {
			hidden = append(hidden, a)
		}
	}
	owner.Open("/desk/stories/" + id)
	owner.Click("[data-preview]")
	frame := `document.querySelector('iframe[name=preview]').contentDocument`
	eventually(t, "the preview of "+address, func() bool {
		return browser.Eval[bool](owner, `!!(`+frame+` && `+frame+`.querySelector('.body') && `+frame+`.readyState === 'complete')`)
	})
	check(t, owner, frame, "the preview of "+address)
	return hidden
}

var marks = map[stories.Format]string{
	stories.Markdown: "\n\nMARK%dMARK\n\n%s\n\n",
	stories.HTML:     "\n<p>MARK%dMARK</p>\n%s\n",
}

// forbidden finds in a document what no text of a writer may bring in.
const forbidden = `(d => [...d.querySelectorAll('.body *, .standfirst *, h1 *, .bio *, .p-note *, .reply-head *, .said *')].filter(e =>
	e.matches('script, style, iframe, object, embed, form, input, button, textarea, select, link, meta, base, svg, math, template, noscript, frame, applet, video, audio') ||
	[...e.attributes].some(a => /^on/i.test(a.name) || a.name === 'style' || a.name === 'srcdoc' || a.name === 'formaction') ||
	['href', 'src'].some(a => e.hasAttribute(a) && !(URL.canParse(e.getAttribute(a), d.baseURI) && /^(https?|mailto):$/.test(new URL(e.getAttribute(a), d.baseURI).protocol)))
).map(e => e.outerHTML.slice(0, 200)))`

func check(t *testing.T, tab *browser.Tab, document, where string) {
	t.Helper()
	if found := browser.Eval[[]string](tab, forbidden+"("+document+")"); len(found) > 0 {
		t.Errorf("%s has %d forbidden elements: %q", where, len(found), found[:min(len(found), 5)])
	}
	for what, list := range map[string][]string{"asks another origin": tab.Outside(), "was refused": tab.Refused(), "has errors": tab.Errors()} {
		if len(list) > 0 {
			t.Errorf("%s %s: %q", where, what, list[:min(len(list), 5)])
		}
	}
}

// publish puts a story in front of readers and returns its id and address.
func publish(t *testing.T, s *site.Site, c stories.Content) (id, address string) {
	t.Helper()
	c.Language, c.Authors = "en", site.Rows[string](s, `SELECT id FROM profiles ORDER BY id LIMIT 1`)
	var saved stories.Story
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		draft, err := s.Stories.CreateIn(tx, members.Console(), c)
		if err != nil {
			return err
		}
		saved, err = s.Stories.DoIn(tx, members.Console(), stories.Publish, draft.ID, draft.Version, time.Time{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID, stories.Address(saved.Slug)
}

// fieldAttacks are for fields of one line.
var fieldAttacks = []string{"</script><script>alert(1)</script>", "</ScRiPt ><img src=x onerror=alert(1)>", "<!--<script>", "-->", "]]>", "\"}</script>",
	"\"><script>alert(1)</script>", "</title><script>alert(1)</script>", "' onmouseover='alert(1)", "{{constructor.constructor(\"alert(1)\")()}}", "\u2028alert(1)", "\\", "&lt;/script&gt;"}

// TestBrowserHostileFields puts attacks into every field of one line: names, titles,
// descriptions, places, addresses. Pages show them as they are, blocks of data end
// where they should, and feeds stay well formed.
func TestBrowserHostileFields(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	tab := browser.New(t, s.URL)
	list, outside := slices.Clone(fieldAttacks), 0
	for _, c := range hostile[struct{ Value string }](t, "jsonld.jsonl") {
		if !strings.ContainsRune(c.Value, 0) { // which no field takes
			list, outside = append(list, c.Value), outside+1
		}
	}
	var addresses []string
	for i, x := range list {
		made := fill(t, s, i, x)
		addresses = append(addresses, made[i%2], made[2+i%2]) // the other two show it as well
	}
	s.Work()
	for _, address := range append(addresses, "/", "/stories", "/authors", "/topics", "/resources") {
		tab.Open(address)
		check(t, tab, "document", address)
		linkedData(t, s.Reader().Get(address).OK())
	}
	feeds(t, s)
	cases.Count(t, len(fieldAttacks), outside)
}

// fill makes one of everything with an attack in each field, and returns the addresses.
func fill(t *testing.T, s *site.Site, i int, x string) (addresses []string) {
	t.Helper()
	seen := strings.Map(func(r rune) rune { // what lines and a profile take
		if looks.Misleading(r) {
			return ' '
		}
		return r
	}, x)
	name := fmt.Sprintf("%d %s", i, seen)
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		author, err := s.Members.SaveProfileIn(tx, "", members.Profile{Name: name, Pronouns: seen[:min(len(seen), 20)], Place: seen, Bio: seen + "\n\n" + seen,
			Links: []members.Link{{Label: name, URL: "https://example.org/?" + fmt.Sprint(i)}}})
		if err != nil {
			return err
		}
		topic, err := s.Topics.SaveIn(tx, "", topics.Topic{Name: name, Description: x})
		if err != nil {
			return err
		}
		_, err = s.Resources.SaveIn(tx, "", resources.Resource{URL: fmt.Sprintf("https://example.org/%d", i), Title: name, Note: x, Topics: []string{topic.ID}})
		if err != nil {
			return err
		}
		page, err := s.Community.SavePageIn(tx, "", community.Page{Title: name, State: community.PagePublished, Format: "markdown", Body: x, InMenu: i < 3})
		if err != nil {
			return err
		}
		c := stories.Content{Title: name, Standfirst: seen, Language: "en", Format: stories.Markdown, Body: x, Authors: []string{author.ID}, Topics: []string{topic.ID}}
		draft, err := s.Stories.CreateIn(tx, members.Console(), c)
		if err != nil {
			return err
		}
		st, err := s.Stories.DoIn(tx, members.Console(), stories.Publish, draft.ID, draft.Version, time.Time{})
		addresses = []string{"/authors/" + author.Handle, "/topics/" + topic.Slug, stories.Address(st.Slug), "/" + page.Slug}
		return err
	})
	if err != nil {
		t.Fatalf("%q: %v", x, err)
	}
	return addresses
}
