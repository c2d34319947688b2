package kit

import (
	"net/http"
	"net/url"
	"strings"
)

// SeeOther sends the browser on to a path of this site after a change (RFC 9110,
// section 15.4.4). Anything that is not such a path leads to the front page.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, Local(path), http.StatusSeeOther)
	return nil
}

// Moved says that a page has this address from now on.
func Moved(w http.ResponseWriter, r *http.Request, path string) error {
	w.Header().Set("Cache-Control", cacheControl[Redirects])
	http.Redirect(w, r, Local(path), http.StatusPermanentRedirect)
	return nil
}

// ToBase answers beside the site, such as on port 80 when it is served by https: it
// leads to the same address at the base URL, whatever host was asked for.
func ToBase(base *url.URL) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := url.URL{Scheme: base.Scheme, Host: base.Host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusPermanentRedirect)
	})
}

// Local returns an address only if every browser reads it as a path of this site:
// one slash first, no two slashes in a row and no backslash, not even after dots are
// taken out of it, no control bytes, no scheme or host. Otherwise it returns "/".
func Local(address string) string {
	for i := range len(address) {
		if c := address[i]; c < 0x20 || c == 0x7f || c == '\\' {
			return "/"
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(address, "/") || strings.Contains(u.Path, "//") || strings.ContainsAny(u.Path, "\\\r\n\t") {
		return "/"
	}
	return u.String()
}

// longestNext is how long a path may be that somebody is led on to.
const longestNext = 1000

// Next is where somebody wants to go on to after signing in: a path of this site, or ""
// for anything else. Signing in and out is nowhere to go on to.
func Next(address string) string {
	if len(address) > longestNext || Local(address) != address || address == "/" {
		return ""
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(address, "/"), "/")
	first, _, _ = strings.Cut(first, "?")
	if first == "sign-in" || first == "sign-out" || first == "join" {
		return ""
	}
	return address
}
