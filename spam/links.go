package spam

import (
	"net/netip"
	"strings"
	"unicode"
)

// link is an address in a text.
type link struct {
	host string // small, without "www."
	rest string // path and query
}

const mostLinks = 50

// findLinks finds addresses with a scheme, those that begin with "www.", and bare names
// of hosts such as example.com.
func findLinks(text string, links []link) []link {
	for from := 0; from < len(text) && len(links) < mostLinks; {
		dot := strings.IndexByte(text[from:], '.')
		if dot < 0 {
			break
		}
		dot += from
		start, end := dot, dot
		for start > from && hostSign(text[start-1]) {
			start--
		}
		for end < len(text) && hostSign(text[end]) {
			end++
		}
		schemed := start >= 3 && text[start-3:start] == "://"
		mail := start > 0 && text[start-1] == '@'
		host := strings.ToLower(strings.Trim(text[start:end], ".-"))
		from = end
		if mail || !likeHost(host, schemed) {
			continue
		}
		stop := end
		if stop < len(text) && text[stop] == ':' {
			for stop++; stop < len(text) && text[stop] >= '0' && text[stop] <= '9'; stop++ {
			}
		}
		rest := stop
		if stop < len(text) && (text[stop] == '/' || text[stop] == '?' || text[stop] == '#') {
			for stop < len(text) && stop < end+300 && text[stop] > ' ' && !strings.ContainsRune("\"'<>)]", rune(text[stop])) {
				stop++
			}
		}
		links = append(links, link{strings.TrimPrefix(host, "www."), strings.ToLower(text[rest:stop])})
		from = stop
	}
	return links
}

func hostSign(c byte) bool {
	return asciiLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '.' || c >= 0x80
}

// likeHost tells names of hosts from the end of one sentence and the start of the next.
func likeHost(host string, schemed bool) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || strings.Contains(host, "..") {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	top := host[dot+1:]
	for i := 0; i < len(top); i++ {
		if !asciiLetter(top[i]) {
			return false
		}
	}
	if schemed || strings.HasPrefix(host, "www.") {
		return len(top) >= 2
	}
	return knownTops[top]
}

// knownTops are the ends of names that count without a scheme.
var knownTops = set("com net org info biz io co tv me ly de at ch eu uk us fr es it nl be ru su cn in id jp kr br pl cz ua tk ml ga cf gq xyz top site online shop store club live win bet casino vip link click space website app dev pro tech blog fun icu cc to gg ws mobi name example test invalid")

func set(words string) map[string]bool {
	s := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		s[word] = true
	}
	return s
}

// shorteners are hosts that hide where a link leads.
var shorteners = set("bit.ly tinyurl.com goo.gl t.co ow.ly is.gd buff.ly cutt.ly rb.gy shorturl.at adf.ly tiny.cc s.id linktr.ee wa.me t.me")

// siteOf is the part of a host's name that one can buy, as nearly as two rules tell.
func siteOf(host string) string {
	labels := strings.Split(host, ".")
	n := len(labels)
	keep := 2
	if n > 2 && len(labels[n-1]) == 2 && len(labels[n-2]) <= 3 {
		keep = 3
	}
	return strings.Join(labels[max(0, n-keep):], ".")
}

func hostID(host string) uint32 { return hashString(hashString(seedLink, "host"), host) }

func (r *reader) link(kind, value string, cause int) {
	r.add(groupLinks, hashString(hashString(seedLink, kind), value), cause)
}

// digit writes a small number as one sign.
func digit(n, most int) string { return string(rune('0' + min(n, most))) }

func (r *reader) readLinks(m Message) {
	if m.URL != "" {
		c := r.because(OwnSite, 0)
		r.link("own", "", c)
		from := len(r.links)
		r.links = findLinks(m.URL, r.links)
		for _, l := range r.links[from:] {
			r.link("own top", l.top(), c)
			r.link("own path", digit(strings.Count(l.rest, "/"), 4), c)
		}
	}
	for _, l := range r.links {
		c := r.because(Host, hostID(l.host))
		if c >= 0 {
			r.causes[c].Text = l.host
		}
		r.add(groupLinks, hostID(l.host), c)
		r.link("site", siteOf(l.host), c)
		r.link("top", l.top(), c)
		r.link("depth", digit(strings.Count(l.rest, "/"), 5), c)
		for part := range strings.FieldsFuncSeq(l.host, func(c rune) bool { return c == '.' || c == '-' }) {
			r.link("part", part, c)
		}
		const mostParts = 12
		parts := 0
		for part := range strings.FieldsFuncSeq(l.rest, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			if parts++; parts > mostParts {
				break
			}
			r.link("path", part, c)
		}
	}
}

func (l link) top() string { return l.host[strings.LastIndexByte(l.host, '.')+1:] }
