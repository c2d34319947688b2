package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// fields are what a page's form would send.
func (a answer) fields(selector string) url.Values {
	v := url.Values{}
	a.page.Find(selector).Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		_, checked := field.Attr("checked")
		if kind := field.AttrOr("type", ""); kind == "file" || (kind == "radio" || kind == "checkbox") && !checked {
			return
		}
		value := field.AttrOr("value", "")
		if field.Is("textarea") {
			value = strings.TrimPrefix(field.Text(), "\n")
		}
		if field.Is("select") {
			value = field.Find("option[selected]").AttrOr("value", "")
		}
		v.Add(field.AttrOr("name", ""), value)
	})
	return v
}

// TestConflictsShowBothTexts saves each kind of thing from two pages that were opened on
// the same version. The second sees what the first saved beside what was typed, and can
// save then.
func TestConflictsShowBothTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, path string
		first      url.Values
		form       string
		field      string
	}{
		{"topic", "/desk/topics", url.Values{"name": {"Pay"}, "slug": {"pay"}}, "main form", "description"},
		{"page", "/desk/pages", url.Values{"title": {"About"}, "state": {"draft"}, "format": {"markdown"}, "body": {"Here."}}, "#editor", "body"},
		{"resource", "/desk/resources", url.Values{"title": {"Union"}, "url": {"https://union.example/"}}, "main form:not(.away)", "note"},
		{"author", "/desk/authors", url.Values{"name": {"Bo Marsh"}}, "main form", "bio"},
		{"settings", "", nil, "main form", "tagline"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()
			s := signedIn(t)
			where := "/desk/settings"
			if c.path != "" {
				s.postForm(c.path+"/new", c.first).sees(303)
				link := s.get(c.path).page.Find(".rows a[href^='" + c.path + "/']")
				where = link.First().AttrOr("href", "")
				if c.kind == "author" {
					where = link.Last().AttrOr("href", "")
				}
			}
			form := c.form
			if c.kind == "settings" {
				form = "main form:has([name=tagline])"
			}
			mine, theirs := s.get(where).fields(form), s.get(where).fields(form)
			theirs.Set(c.field, "What they wrote")
			mine.Set(c.field, "What I wrote")
			s.postForm(where, theirs).sees(303)
			a := s.postForm(where, mine).sees(409, ".meanwhile .only", "[role=alert]")
			if !strings.Contains(a.page.Find(".meanwhile").Text(), "What they wrote") || strings.TrimSpace(a.value(c.field)) != "What I wrote" {
				t.Errorf("beside %q the page shows %q", a.value(c.field), a.page.Find(".meanwhile").Text())
			}
			if n := a.page.Find(".meanwhile .label").Length(); n != 1 {
				t.Errorf("%d fields are said to differ: %s", n, a.page.Find(".meanwhile").Text())
			}
			s.postForm(where, a.fields(form)).sees(303)
			if got := strings.TrimSpace(s.get(where).value(c.field)); got != "What I wrote" {
				t.Errorf("after the second save it is %q", got)
			}
		})
	}
}
