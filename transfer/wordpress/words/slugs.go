package words

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"waypost/internal/slug"
)

// WishedSlug is a slug made of the first of some words that gives one: the old site's,
// then a title. What cannot stand alone, such as a year, gets the kind before it.
func WishedSlug(kind string, words ...string) string {
	for _, w := range words {
		made := slug.Make(Unescaped(w))
		if slug.Valid(made) {
			return made
		}
		if with := slug.Make(kind + "-" + made); made != "" && slug.Valid(with) {
			return with
		}
	}
	return kind
}

// Unescaped undoes the percent signs of an old slug. WordPress cuts long ones in the
// middle of a letter; what is left of it goes.
func Unescaped(s string) string {
	for end := len(s); end >= 0 && end > len(s)-3; end-- {
		if plain, err := url.PathUnescape(s[:end]); err == nil {
			return strings.ToValidUTF8(plain, "")
		}
	}
	return s
}

// FreeSlug is the wished slug, or the first numbered one, for which taken is false.
func FreeSlug(wish string, taken func(slug string) (bool, error)) (string, error) {
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

// OldPath makes an address of the old site, a path with its query, what requests are
// looked up by: percent signs undone, no slash at its end. It is "" for one that no
// browser would ask for.
func OldPath(address string) string {
	path, query, asks := strings.Cut(address, "?")
	plain, err := url.PathUnescape(path)
	if err != nil || !Askable(plain) {
		return ""
	}
	if asks {
		return plain + "?" + query
	}
	return strings.TrimRight(plain, "/")
}

// Askable reports a path that a request can have.
func Askable(path string) bool {
	return utf8.ValidString(path) && !strings.ContainsFunc(path, unicode.IsControl)
}
