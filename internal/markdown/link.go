package markdown

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var validHost = regexp.MustCompile(`^[\pL\pN\pM._:%\[\]-]+$`)

// strayPercent finds the percent signs that begin no escape.
var strayPercent = regexp.MustCompile(`%(?:[0-9A-Fa-f]?(?:[^0-9A-Fa-f]|$))`)

// inAddress are the bytes that browsers leave out of an address.
var inAddress = strings.NewReplacer("\t", "", "\n", "", "\r", "")

// links collects the outgoing links of a text.
type links struct {
	list []string
	seen map[string]bool
}

func (l *links) add(href string) {
	if !l.seen[href] {
		l.seen[href] = true
		l.list = append(l.list, href)
	}
}

// target is where a link leads.
type target struct {
	href string
	host string // of http and https addresses
}

// outgoing tells whether the target is on another host than Base.
func (o *Options) outgoing(t target) bool {
	return t.host != "" && "//"+t.host != strings.TrimPrefix(strings.TrimPrefix(o.Base, "https:"), "http:")
}

// target reads an address as browsers do (WHATWG URL, section 4.4, as far as it matters here) and refuses every one
// that is not http, https, mailto or relative.
func (o *Options) target(raw string) (target, bool) {
	raw = strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	raw = inAddress.Replace(raw)
	if raw == "" {
		return target{}, false
	}
	if i := strings.IndexAny(raw+"?", "?#"); strings.Contains(raw[:i], `\`) {
		raw = strings.ReplaceAll(raw[:i], `\`, "/") + raw[i:]
	}
	if strings.HasPrefix(raw, "//") {
		raw = "https:" + raw
	}
	u, err := url.Parse(raw)
	if err != nil && strings.Contains(raw, "%") {
		u, err = url.Parse(strayPercent.ReplaceAllStringFunc(raw, func(s string) string { return "%25" + s[1:] }))
	}
	if err != nil {
		return target{}, false
	}
	return o.accept(u)
}

func (o *Options) accept(u *url.URL) (target, bool) {
	switch u.Scheme {
	case "http", "https":
		if !validHost.MatchString(u.Host) {
			return target{}, false
		}
		u.User = nil
		return target{href: u.String(), host: strings.ToLower(u.Host)}, true
	case "mailto":
		return target{href: u.String()}, strings.Contains(u.Opaque, "@")
	case "":
		if u.Host != "" || u.User != nil {
			return target{}, false
		}
		href := u.String()
		if o.Absolute && !strings.HasPrefix(href, "#") {
			href = o.Base + "/" + strings.TrimPrefix(href, "/")
		}
		return target{href: href}, href != ""
	}
	return target{}, false
}

// linkAttrs returns the attributes of a link, or false if it leads nowhere that is allowed.
func (b *builder) linkAttrs(attrs []html.Attribute) ([]html.Attribute, bool) {
	t, ok := b.options.target(attr(attrs, "href"))
	if !ok {
		return nil, false
	}
	list := []html.Attribute{attribute("href", t.href)}
	if b.options.outgoing(t) {
		b.links.add(t.href)
		list = append(list, b.rel())
	}
	if title := attr(attrs, "title"); title != "" {
		list = append(list, attribute("title", title))
	}
	if b.origin == fromStory {
		switch role := attr(attrs, "role"); role {
		case "doc-noteref":
			list = append(list, attribute("role", role), attribute("class", "footnote-ref"))
		case "doc-backlink":
			list = append(list, attribute("role", role), attribute("class", "footnote-back"),
				attribute("aria-label", b.options.Words.FootnoteBack))
		}
	}
	return list, true
}

func (b *builder) rel() html.Attribute {
	if b.options.UGC {
		return attribute("rel", "nofollow ugc noopener")
	}
	return attribute("rel", "noopener")
}
