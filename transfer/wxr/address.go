package wxr

import (
	"fmt"
	"net/url"
	gopath "path"
	"strings"
)

// longestAddress is the most bytes of an address that is worth a redirect.
const longestAddress = 2048

// Addresses are the paths, with their queries, under which the old site showed an
// item: that of its link, with and without a slash at its end, and the short
// ones ("/?p=12") that WordPress keeps working for ever. There are none for
// attachments and for what has no page of its own, none for another host than the
// site's, and never the site's front page.
func Addresses(it *Item, site Site) []string {
	switch it.Type {
	case "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "wp_block",
		"wp_template", "wp_template_part", "wp_global_styles", "wp_navigation":
		return nil
	}
	home := homePath(site)
	var all []string
	add := func(address string) {
		for _, have := range all {
			if have == address {
				return
			}
		}
		if len(address) <= longestAddress && address != home && address+"/" != home {
			all = append(all, address)
		}
	}
	if path, query, ok := ownPath(it.Link, site); ok {
		add(path + query)
		if bare := strings.TrimRight(path, "/"); query == "" && bare != "" {
			add(bare)
		}
	}
	if it.ID > 0 {
		add(fmt.Sprintf("%s?p=%d", home, it.ID))
		if it.Type == "page" {
			add(fmt.Sprintf("%s?page_id=%d", home, it.ID))
		}
	}
	return all
}

// ownPath takes an address of the site apart: the path, escaped as a browser sends
// it, and the query with its "?".
func ownPath(address string, site Site) (path, query string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Opaque != "" || u.Host != "" && !sameHost(u.Host, site) {
		return "", "", false
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", "", false
	}
	if u.Host == "" && !strings.HasPrefix(u.Path, "/") {
		return "", "", false
	}
	clean := gopath.Clean("/" + u.Path)
	if strings.HasSuffix(u.Path, "/") && clean != "/" {
		clean += "/"
	}
	if q := u.Query().Encode(); q != "" {
		query = "?" + q
	}
	return (&url.URL{Path: clean}).EscapedPath(), query, true
}

// homePath is the path of the old site's front page, with a slash at its end.
func homePath(site Site) string {
	for _, address := range []string{site.BaseBlogURL, site.Link, site.BaseSiteURL} {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
			return u.JoinPath("/").EscapedPath()
		}
	}
	return "/"
}

// sameHost compares hosts as people do: "www." and letter case do not count.
func sameHost(host string, site Site) bool {
	for _, address := range []string{site.BaseBlogURL, site.Link, site.BaseSiteURL} {
		u, err := url.Parse(strings.TrimSpace(address))
		if err == nil && u.Host != "" && plainHost(u.Host) == plainHost(host) {
			return true
		}
	}
	return false
}

func plainHost(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }
