package kit

import (
	"net/http"
	"strings"

	"waypost/internal/keeper"
)

// policy is the content security policy of every page. A route may widen it by
// what Policy takes.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Headers are the security headers of every answer.
type Headers struct {
	TLS bool // the site is served by https only
}

// list is every header that all answers share, with a cache rule's own.
func (h Headers) list(c Cache) []keeper.Header {
	list := []keeper.Header{
		{Name: "Content-Security-Policy", Value: []string{policy}},
		{Name: "X-Content-Type-Options", Value: []string{"nosniff"}},
		{Name: "Referrer-Policy", Value: []string{"same-origin"}},
		{Name: "Cross-Origin-Opener-Policy", Value: []string{"same-origin"}},
		{Name: "Cross-Origin-Resource-Policy", Value: []string{"same-origin"}},
		{Name: "Cache-Control", Value: []string{cacheControl[c]}},
	}
	if h.TLS {
		list = append(list, keeper.Header{Name: "Strict-Transport-Security", Value: []string{"max-age=63072000"}})
	}
	return list
}

// ForKept are the headers of kept pages, ready made.
func (h Headers) ForKept() []keeper.Header {
	return append(h.list(Kept), keeper.Header{Name: "Vary", Value: []string{"Accept-Encoding"}})
}

func (h Headers) set(w http.ResponseWriter, c Cache) {
	for _, x := range h.list(c) {
		w.Header()[x.Name] = x.Value
	}
}

// Policy replaces directives of this answer's content security policy: each
// argument is a whole directive, such as "frame-src 'self'".
func Policy(w http.ResponseWriter, directives ...string) {
	parts := strings.Split(policy, "; ")
	for _, d := range directives {
		name, _, _ := strings.Cut(d, " ")
		replaced := false
		for i, p := range parts {
			if strings.HasPrefix(p, name+" ") {
				parts[i], replaced = d, true
			}
		}
		if !replaced {
			parts = append(parts, d)
		}
	}
	w.Header().Set("Content-Security-Policy", strings.Join(parts, "; "))
}

// Sandbox locks an answer in that may be anything, such as a file somebody sent.
func Sandbox(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
}

// LetterPolicy locks an answer in that is a letter's page: shown in a frame of ours, with
// its own style and nothing else.
func LetterPolicy(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'; sandbox")
}
