package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

var (
	validPrefix = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}-$`)
	validID     = regexp.MustCompile(`^[a-z][a-z0-9]*-[\pL\pN\pM:_-]+$`)
)

const maxSlug = 60 // runes

// ids gives out the ids of a text and mends the links that lead to them. An id of the source is kept, in our form,
// only if a link of the same text leads to it.
type ids struct {
	prefix  string
	taken   map[string]int
	offered map[string]*html.Node // by source id
	links   []*html.Node          // links to a place in the text
	bySlug  map[string]string     // heading ids by their slug
}

func newIDs(prefix string) ids {
	return ids{prefix: prefix, taken: map[string]int{}, offered: map[string]*html.Node{}, bySlug: map[string]string{}}
}

// offer remembers that the source called n id.
func (s *ids) offer(n *html.Node, id string) {
	if id != "" && s.offered[id] == nil {
		s.offered[id] = n
	}
}

// refer remembers n if it is a link to a place in the text.
func (s *ids) refer(n *html.Node) {
	if strings.HasPrefix(attr(n.Attr, "href"), "#") {
		s.links = append(s.links, n)
	}
}

// heading returns an id for a heading of that text.
func (s *ids) heading(text string) string {
	name := slug(text)
	id := s.unique(name)
	if _, have := s.bySlug[name]; !have {
		s.bySlug[name] = id
	}
	return id
}

// unique returns the prefixed name with a number if it is taken.
func (s *ids) unique(name string) string {
	if name == "" {
		name = "section"
	}
	s.taken[name]++
	if n := s.taken[name]; n > 1 {
		return s.unique(name + "-" + strconv.Itoa(n))
	}
	return s.prefix + name
}

// resolve gives ids to what the links of the text lead to, and leads them there.
func (s *ids) resolve() {
	given := map[*html.Node]string{}
	for _, link := range s.links {
		for i := range link.Attr {
			if link.Attr[i].Key != "href" {
				continue
			}
			name := fragment(link.Attr[i].Val)
			if n := s.offered[name]; n != nil && n.Parent != nil {
				if given[n] == "" {
					given[n] = s.identify(n, name)
				}
				link.Attr[i].Val = "#" + given[n]
			} else if id := s.bySlug[strings.ToLower(name)]; id != "" {
				link.Attr[i].Val = "#" + id
			}
		}
	}
}

// identify returns the id of n, a new one from name if it has none yet.
func (s *ids) identify(n *html.Node, name string) string {
	if id := attr(n.Attr, "id"); id != "" {
		return id
	}
	id := s.unique(slug(name))
	n.Attr = append(n.Attr, attribute("id", id))
	return id
}

// slug makes lower-case letters, digits, "_" and ":" with single hyphens between.
func slug(text string) string {
	var out strings.Builder
	runes, gap := 0, false
	for _, r := range text {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) && r != '_' && r != ':' {
			gap = runes > 0
			continue
		}
		if gap {
			out.WriteByte('-')
			gap = false
		}
		out.WriteRune(unicode.ToLower(r))
		if runes++; runes == maxSlug {
			break
		}
	}
	return out.String()
}
