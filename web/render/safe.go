package render

import (
	"html"
	"html/template"
	"strings"

	"waypost/internal/markdown"
	"waypost/internal/partdate"
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/messages"
	"waypost/web/trail"
)

// Body is a story's or a page's text, which the sanitiser has passed last.
func Body(sanitised string) template.HTML { return template.HTML(sanitised) }

// Href is the attribute of a link within the site, "" for none. A template escapes an
// address in three steps; where a page has a hundred links that is a quarter of its cost.
func Href(path string) template.HTMLAttr {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return ""
	}
	return template.HTMLAttr(`href="` + html.EscapeString(path) + `"`)
}

// Figure is a drawn trail for a template.
type Figure struct {
	Wide, Tall template.HTML
	Trail      trail.Figure // the same in words
	Goal       string
}

// Draw draws the path behind a story up to a day.
func Draw(t trails.Trail, asOf partdate.Days, c *messages.Catalog) stories.Drawing {
	f := trail.Draw(t, trail.Options{AsOf: asOf, IDPrefix: "trail-", Dir: c.Direction, Words: TrailWords(c)})
	return stories.Drawing{Wide: string(f.Wide), Tall: string(f.Tall)}
}

// Trail shows a drawing that Draw made, or returns nil if the story has no path.
func Trail(t trails.Trail, d stories.Drawing, c *messages.Catalog) *Figure {
	if len(t.Steps) == 0 {
		return nil
	}
	f := trail.Describe(t, TrailWords(c))
	return &Figure{Wide: template.HTML(d.Wide), Tall: template.HTML(d.Tall), Trail: f, Goal: t.Goal}
}

// TrailWords are the words of the figure in one language.
func TrailWords(c *messages.Catalog) trail.Words {
	say := func(key string) string { return c.T(key) }
	w := trail.NewWords(say, func(key string, n int) string { return c.T(key, "count", n) })
	for i := range 12 {
		w.Months[i], w.MonthsShort[i] = c.MonthName(i+1), c.ShortMonth(i+1)
	}
	return w
}

// MarkdownWords are the words that a rendered text adds, in one language.
func MarkdownWords(c *messages.Catalog) markdown.Words {
	return markdown.Words{
		Footnotes: c.T("markdown.footnotes"), FootnoteBack: c.T("markdown.footnote_back"), Table: c.T("markdown.table"),
		Picture: c.T("markdown.picture"), Video: c.T("markdown.video"), Sound: c.T("markdown.sound"),
		Post: c.T("markdown.post"), Page: c.T("markdown.page"),
		Pictures: func(n int, host string) string { return c.T("markdown.pictures", "count", n, "host", host) },
	}
}
