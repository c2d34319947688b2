package wordpress

import (
	"net/url"
	"strings"

	"waypost/transfer/wxr"
)

// siteKey names the old site: its host without "www." and its path, in lower case.
// It is "?" for exports that do not say where they come from.
func siteKey(site wxr.Site) string {
	u := siteURL(site)
	if u == nil {
		return "?"
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(strings.ToLower(u.Path), "/")
}

// siteURL is the address of the old site's front page, or nil.
func siteURL(site wxr.Site) *url.URL {
	for _, address := range []string{site.BaseBlogURL, site.Link, site.BaseSiteURL} {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
			return u
		}
	}
	return nil
}

// base is the old site's address as markup.Clean takes it.
func base(site wxr.Site) string {
	if u := siteURL(site); u != nil {
		return u.String()
	}
	return ""
}

// below is a path of the old site, below its front page.
func below(site wxr.Site, parts ...string) string {
	path := "/"
	if u := siteURL(site); u != nil {
		path = "/" + strings.Trim(u.Path, "/")
	}
	return strings.TrimRight(path, "/") + "/" + strings.Join(parts, "/")
}
