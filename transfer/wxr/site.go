package wxr

import (
	"net/url"
	"strings"
)

// Key names the old site: its host without "www." and its path, in lower case.
// It is "?" for exports that do not say where they come from.
func (s Site) Key() string {
	u := s.URL()
	if u == nil {
		return "?"
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(strings.ToLower(u.Path), "/")
}

// URL is the address of the old site's front page, or nil.
func (s Site) URL() *url.URL {
	for _, address := range []string{s.BaseBlogURL, s.Link, s.BaseSiteURL} {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
			return u
		}
	}
	return nil
}

// Address is the old site's address as markup.Clean takes it.
func (s Site) Address() string {
	if u := s.URL(); u != nil {
		return u.String()
	}
	return ""
}

// Below is a path of the old site, below its front page.
func (s Site) Below(parts ...string) string {
	path := "/"
	if u := s.URL(); u != nil {
		path = "/" + strings.Trim(u.Path, "/")
	}
	return strings.TrimRight(path, "/") + "/" + strings.Join(parts, "/")
}
