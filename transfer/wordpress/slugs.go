package wordpress

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"waypost/internal/slug"
)

// wishedSlug is a slug made of the first of some words that gives one: the old site's,
// then a title. What cannot stand alone, such as a year, gets the kind before it.
func wishedSlug(kind string, words ...string) string {
	for _, w := range words {
		made := slug.Make(unescaped(w))
		if slug.Valid(made) {
			return made
		}
		if with := slug.Make(kind + "-" + made); made != "" && slug.Valid(with) {
			return with
		}
	}
	return kind
}

// unescaped undoes the percent signs of an old slug. WordPress cuts long ones in the
// middle of a letter; what is left of it goes.
func unescaped(s string) string {
	for end := len(s); end >= 0 && end > len(s)-3; end-- {
		if plain, err := url.PathUnescape(s[:end]); err == nil {
			return strings.ToValidUTF8(plain, "")
		}
	}
	return s
}

// freeSlug is the wished slug, or the first numbered one, for which taken is false.
func freeSlug(wish string, taken func(slug string) (bool, error)) (string, error) {
	for n := 1; ; n++ {
		candidate := wish
		if n > 1 {
			candidate = slug.Numbered(wish, n)
		}
		if used, err := taken(candidate); err != nil || !used {
			return candidate, err
		}
	}
}

// oldPath makes an address of the old site, a path with its query, what requests are
// looked up by: percent signs undone, no slash at its end. It is "" for one that no
// browser would ask for.
func oldPath(address string) string {
	path, query, asks := strings.Cut(address, "?")
	plain, err := url.PathUnescape(path)
	if err != nil || !askable(plain) {
		return ""
	}
	if asks {
		return plain + "?" + query
	}
	return strings.TrimRight(plain, "/")
}

// askable reports a path that a request can have.
func askable(path string) bool {
	return utf8.ValidString(path) && !strings.ContainsFunc(path, unicode.IsControl)
}
