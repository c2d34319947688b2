package render

import (
	"fmt"
	"html"
	"html/template"
	"net/url"
	"strings"
	"time"

	"waypost/internal/markdown"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/messages"
)

// funcs are what templates may call, in one language.
func (r *Renderer) funcs(c *messages.Catalog) template.FuncMap {
	return template.FuncMap{
		"t":       c.T,
		"number":  c.Number,
		"day":     c.Day,
		"month":   c.Month,
		"decimal": func(figure string) string { return strings.Replace(figure, ".", c.T("trail.decimal"), 1) },
		"date":    func(d partdate.Date) string { return dateText(c, d) },
		"moment":  c.Moment,
		"exact":   c.Exact,
		"say":     func(m problem.Message) string { return c.T(m.Key, m.Args...) },
		"remarks": func(list []Remark) template.HTML { return remarks(c, list) },
		"acts":    func(list []Act) template.HTML { return acts(c, list) },
		"asset":   r.Assets.URL,
		"iso":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"local":   func(t time.Time) string { return kit.FormatLocal(t, t.Location()) },
		"icon":    icon,
		"host":    host,
		"join":    strings.Join,
		"pairs":   pairs,
		"add":     func(a, b int) int { return a + b },
		"lang":    func() string { return c.Language },
		"dir":     func() string { return c.Direction },
		"flow":    messages.Flow,
		"quotes":  markdown.Quotes,
	}
}

// Remark is a message, with another behind it in brackets if there is one.
type Remark struct {
	problem.Message
	Beside *problem.Message
}

// remarks says several beside each other. It is called once where a list of lists is long:
// what a template calls costs more than what is said.
func remarks(c *messages.Catalog, list []Remark) template.HTML {
	var b strings.Builder
	for i, r := range list {
		if i > 0 {
			b.WriteString(" · ")
		}
		b.WriteString(`<span dir="auto">` + html.EscapeString(c.T(r.Key, r.Args...)))
		if r.Beside != nil {
			b.WriteString(" (" + html.EscapeString(c.T(r.Beside.Key, r.Beside.Args...)) + ")")
		}
		b.WriteString("</span>")
	}
	return Body(b.String())
}

// Act is what can be done about one of a list: a button named do, or a link.
type Act struct {
	Label string // a message key
	Do    string // what the button sends
	Path  string // where the link leads
	Key   string // by which a script finds the link
	Class string
}

// acts are buttons and links beside each other, made in one call as remarks are.
func acts(c *messages.Catalog, list []Act) template.HTML {
	var b strings.Builder
	b.Grow(160 * len(list))
	write := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(part)
		}
	}
	for _, a := range list {
		element := "button"
		if a.Do != "" {
			write(`<button name="do" value="`, html.EscapeString(a.Do), `"`)
		} else {
			element = "a"
			write(`<a `, string(Href(a.Path)), ` data-go="`, html.EscapeString(a.Key), `"`)
		}
		if a.Class != "" {
			write(` class="`, html.EscapeString(a.Class), `"`)
		}
		write(">", html.EscapeString(c.T(a.Label)), "</", element, "> ")
	}
	return Body(b.String())
}

// pairs makes a map of names and values, so that a part can be given several things.
func pairs(list ...any) (map[string]any, error) {
	if len(list)%2 != 0 {
		return nil, fmt.Errorf("pairs: %d arguments", len(list))
	}
	m := make(map[string]any, len(list)/2)
	for i := 0; i < len(list); i += 2 {
		name, ok := list[i].(string)
		if !ok {
			return nil, fmt.Errorf("pairs: %v is no name", list[i])
		}
		m[name] = list[i+1]
	}
	return m, nil
}

// host is the name of the site that a link leads to, without "www.".
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
