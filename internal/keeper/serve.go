package keeper

import (
	"net/http"
	"strings"
)

// Fast answers a GET or HEAD of an address whose fresh page is in memory and
// reports whether it did. Only routes declared as kept ever put a page there, and
// an address with a query, or written in an unusual way such as with %2F, is left to
// its route, which knows what that means.
func (k *Keeper) Fast(w http.ResponseWriter, r *http.Request) bool {
	if k.config.Off || r.URL.RawQuery != "" || r.URL.RawPath != "" || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		return false
	}
	c := k.fresh(r.URL.Path)
	if c == nil {
		return false
	}
	if c.serve(w, r) != nil {
		return false // its route says what is wrong
	}
	k.stats.hits.Add(1)
	return true
}

// Serve answers with the page of a key, rendering it if need be. On error nothing
// has been written.
func (k *Keeper) Serve(w http.ResponseWriter, r *http.Request, key string, render Render) error {
	c, err := k.Get(r.Context(), key, render)
	if err != nil {
		return err
	}
	return c.serve(w, r)
}

// serve writes headers and body. The header slices are shared and never changed. On
// error nothing has been written.
func (c *ready) serve(w http.ResponseWriter, r *http.Request) error {
	e := c.pick(r.Header["Accept-Encoding"])
	if match := r.Header["If-None-Match"]; len(match) > 0 {
		if etag, ok := c.matches(match, e); ok {
			h := c.setHeaders(w)
			h["Etag"] = []string{etag}
			delete(h, "Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	body, err := c.bytes(e)
	if err != nil {
		return err
	}
	h := c.setHeaders(w)
	h["Etag"] = e.etag
	h["Content-Length"] = e.length
	if e.encoding != nil {
		h["Content-Encoding"] = e.encoding
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who went away needs no answer
	}
	return nil
}

func (c *ready) setHeaders(w http.ResponseWriter) http.Header {
	h := w.Header()
	for _, x := range c.header {
		h[x.Name] = x.Value
	}
	return h
}

// pick chooses the smallest representation that the client takes.
func (c *ready) pick(accept []string) *encoded {
	gz := c.gzip.Load()
	if len(accept) == 0 || gz == nil {
		return c.identity
	}
	if br := c.brotli.Load(); br != nil && Accepts(accept, "br") {
		return br
	}
	if Accepts(accept, "gzip") {
		return gz
	}
	return c.identity
}

// Accepts reports whether Accept-Encoding names a coding, or "*", with a weight above
// zero (RFC 9110, section 12.5.3). Several lines are one list.
func Accepts(lines []string, coding string) bool {
	others := false
	for _, line := range lines {
		for line != "" {
			item, rest, _ := strings.Cut(line, ",")
			line = rest
			name, weight, _ := strings.Cut(item, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, coding):
				return weighs(weight)
			case name == "*":
				others = weighs(weight)
			}
		}
	}
	return others
}

func weighs(parameter string) bool {
	name, value, found := strings.Cut(strings.TrimSpace(parameter), "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return true
	}
	return strings.Trim(strings.TrimSpace(value), "0.") != ""
}

// matches finds the client's copy of this content in an If-None-Match (RFC 9110,
// section 13.1.2). A copy in any encoding is as good as new, so its own tag is
// sent back; for "*" that of the representation picked.
func (c *ready) matches(lines []string, picked *encoded) (string, bool) {
	for _, line := range lines {
		for line != "" {
			item, rest, _ := strings.Cut(line, ",")
			line = rest
			item = strings.TrimSpace(item)
			if item == "*" {
				return picked.etag[0], true
			}
			if tag := strings.TrimPrefix(item, "W/"); c.names(tag) {
				return tag, true
			}
		}
	}
	return "", false
}

// names reports whether an entity tag stands for this content in some encoding, be
// it one that was replaced by a better one since.
func (c *ready) names(tag string) bool {
	inner, quoted := strings.CutPrefix(tag, `"`+c.hash)
	if !quoted {
		return false
	}
	inner, quoted = strings.CutSuffix(inner, `"`)
	suffix, encoded := strings.CutPrefix(inner, "-")
	return quoted && (inner == "" || encoded && codings[suffix] != "")
}
