package app_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
	"waypost/replies"
)

// ownStrings are texts that break programs: of the project's own.
var ownStrings = []string{
	"", " ", ".", "0", "-1", "NaN", "null", "undefined", "true", "\\", "'", `"`, "`", "<", ">", "&", "&amp;", "&#60;b&#62;", "%00", "%s%n%x", "{{.}}", "{{template \"x\"}}", "${7*7}",
	`"><script>alert(1)</script>`, `' onfocus=alert(1) autofocus='`, `</textarea><img src=x onerror=alert(1)>`, `</title><svg onload=alert(1)>`, `<!--`, `]]>`, `<b>bold</b>`,
	"javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "'; DROP TABLE accounts; --", "1 OR 1=1", "%' AND '1'='1", "../../../etc/passwd", "C:\\CON", "http://[::1", "//elsewhere.example",
	"a\x00b", "a\x07b", "a\tb", "a\r\nb", "a\rb", "\u202egnp.exe", "\u2066x", "\ufeffx", "\u200b\u200b", "\u00ad", "\u2028", "\ufffd", "\U000e0041", "\u0301\u0301\u0301", "ﷺ", "👩‍👩‍👧‍👦", "🏴", "ｆｕｌｌ", "ß", "İi", "ς",
	"العربية", "עברית", "田中さん", "ᚠᛇᚻ", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", strings.Repeat("x", 5000), strings.Repeat("é", 300), strings.Repeat("a\n", 500),
}

// typing is a form that somebody fills, with each field for text at once.
type typing struct {
	what, path, form, button string
	by                       *site.Visitor
	only                     bool // with the project's own texts alone
	public                   bool
}

// TestHostileStrings types texts that break programs into forms: no answer is the
// program's fault, none has markup of what was typed, and what was refused stands in the
// form again.
func TestHostileStrings(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var outside []string
	for _, c := range hostile[struct{ Value string }](t, "strings.jsonl") {
		outside = append(outside, c.Value)
	}
	owner, ann := s.SignIn(), s.As(s.Account("ann").ID)
	written := ann.Get("/desk/stories/new").OK().Form("#editor").Set("title", "Mine").Send("save").Want(http.StatusSeeOther)
	draft, _, _ := strings.Cut(written.Header.Get("Location"), "?")
	s.Replies.Rates = replies.Rates{}
	reply := sendReply(s, ann, "Mine.").Path
	for n, f := range []typing{
		{"a name on joining", "/join/welcome", "main form", "", s.As(s.Account("ben").ID), false, false},
		{"a profile", "/me/profile", "form[action='/me/profile']", "", ann, false, false},
		{"a story", draft, "#editor", "save", ann, false, false},
		{"an address to join with", "/join", "main form", "", s.Reader(), true, true},
		{"an address to write to", "/subscribe", "main form", "", s.Reader(), true, true},
		{"an invitation", "/desk/joining", "form[action='/desk/invitations']", "", owner, true, false},
		{"a reply", story + "/reply", "form[data-reply]", "", s.Reader(), false, true},
		{"a reply that is changed", reply + "/edit", "form[action$='/edit']", "", ann, false, true},
		{"settings", "/desk/settings", "main form", "", owner, true, false},
		{"a topic", "/desk/topics/new", "main form", "", owner, true, false},
		{"a resource", "/desk/resources/new", "main form", "", owner, true, false},
		{"a page", "/desk/pages/new", "main form", "", owner, true, false},
		{"a mail server", "/desk/mail/servers/new", "main form", "", owner, true, false},
	} {
		known := tagsOf(s.Reader().Get("/nowhere").Want(http.StatusNotFound), nil)
		page := f.by.Get(f.path).OK()
		maps.Copy(known, tagsOf(page, nil))
		fields := f.fields(page)
		for i, text := range ownStrings {
			f.types(t, text, known, fields)
			if len(fields) > 1 && !f.only {
				f.types(t, text, known, fields[i%len(fields):][:1])
			}
		}
		if f.only {
			continue
		}
		for i, text := range outside { // each into one of the forms
			if i%3 == n%3 {
				f.types(t, text, known, fields)
			}
		}
	}
	cases.Count(t, len(ownStrings), len(outside))
}

// tagsOf are the elements of a page, beside those known.
func tagsOf(p *site.Page, known map[string]bool) map[string]bool {
	tags := map[string]bool{}
	for _, e := range p.Find("*").Nodes {
		if !known[e.Data] {
			tags[e.Data] = true
		}
	}
	return tags
}

var (
	markup = regexp.MustCompile(`<[a-zA-Z/!?]`)
	ours   = []string{"a", "li", "ul", "ol", "em", "strong", "time", "code", "p", "div", "span", "section", "h2", "h3", "details", "summary", "blockquote", "pre"} // what a fault or a saved text may bring
)

// fields are those of the form into which people type text.
func (f typing) fields(p *site.Page) (names []string) {
	p.Find(f.form).Find("textarea[name], input[name]").Each(func(_ int, e *goquery.Selection) {
		if kind := e.AttrOr("type", "text"); e.Is("textarea") || slices.Contains([]string{"text", "email", "url"}, kind) && e.AttrOr("tabindex", "") == "" {
			names = append(names, e.AttrOr("name", ""))
		}
	})
	return names
}

// types fills some fields and looks at what is answered.
func (f typing) types(t *testing.T, text string, known map[string]bool, fields []string) {
	t.Helper()
	form := f.by.Get(f.path).OK().Form(f.form)
	for _, name := range fields {
		form.Values.Set(name, text)
	}
	answer := form.Send(f.button)
	refused := answer.Status >= http.StatusBadRequest
	if answer.Status == http.StatusSeeOther {
		answer = answer.Follow()
	}
	if answer.Status >= 500 || !refused && answer.Status != http.StatusOK {
		t.Errorf("%s with %.60q answers %d", f.what, text, answer.Status)
		return
	}
	if markup.MatchString(text) && len(text) > 4 && strings.Contains(string(answer.Body), text) {
		t.Errorf("%s with %.60q has it in the page as it was typed", f.what, text)
	}
	for tag := range tagsOf(answer, known) {
		if !slices.Contains(ours, tag) {
			t.Errorf("%s with %.60q has an element %s in the page", f.what, text, tag)
		}
	}
	if answer.Has("[onerror], [onload], [onfocus], [onclick], [srcdoc], [href^='javascript:'], [href^='data:']") {
		t.Errorf("%s with %.60q has something in the page that runs", f.what, text)
	}
	if !refused || answer.Status != http.StatusUnprocessableEntity && f.public {
		return // what no browser sends is refused as a whole
	}
	for _, name := range fields {
		field := answer.Find("input[name='" + name + "'], textarea[name='" + name + "']").First()
		if got := asShown(field.AttrOr("value", field.Text())); got != asShown(text) {
			t.Errorf("%s with %.60q answers %d and keeps %.60q as %s", f.what, text, answer.Status, got, name)
		}
	}
}

// asShown is a text as a field of a page can have it.
func asShown(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(text)
}
