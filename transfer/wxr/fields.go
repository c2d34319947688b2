package wxr

import (
	"strings"

	"waypost/transfer/wxr/loosexml"
)

// class says how an element's text is kept.
type class int

const (
	unknown class = iota
	short         // a name, date, number or address: trimmed, bounded by ShortBytes
	long          // a text of any size, in which tags without CDATA are kept as text
)

// channel is the record that stands for the site.
const channel = "channel"

// parents names the records of an export and what each lies in.
var parents = map[string][]string{
	"item":           {channel},
	"wp:author":      {channel},
	"wp:category":    {channel},
	"wp:tag":         {channel},
	"wp:term":        {channel},
	"wp:comment":     {"item"},
	"wp:postmeta":    {"item"},
	"wp:commentmeta": {"wp:comment"},
	"wp:termmeta":    {"wp:category", "wp:tag", "wp:term"},
}

// fields names, for each record, the elements whose text is read. They come before
// parents: inside an item, wp:author is a name.
var fields = map[string]map[string]class{
	channel: classes("title link description language generator wp:wxr_version wp:base_site_url wp:base_blog_url", ""),
	"item": classes("title link guid pubDate dc:creator wp:author category wp:post_id wp:post_date wp:post_date_gmt "+
		"wp:post_modified wp:post_modified_gmt wp:post_name wp:status wp:post_parent wp:menu_order wp:post_type "+
		"wp:post_password wp:is_sticky wp:attachment_url", "content:encoded excerpt:encoded"),
	"wp:author": classes("wp:author_id wp:author_login wp:author_email wp:author_display_name "+
		"wp:author_first_name wp:author_last_name", ""),
	"wp:category": classes("wp:term_id wp:category_nicename wp:category_parent wp:cat_name", "wp:category_description"),
	"wp:tag":      classes("wp:term_id wp:tag_slug wp:tag_name", "wp:tag_description"),
	"wp:term":     classes("wp:term_id wp:term_taxonomy wp:term_slug wp:term_parent wp:term_name", "wp:term_description"),
	"wp:comment": classes("wp:comment_id wp:comment_author wp:comment_author_email wp:comment_author_url "+
		"wp:comment_author_IP wp:comment_date wp:comment_date_gmt wp:comment_approved wp:comment_type "+
		"wp:comment_parent wp:comment_user_id", "wp:comment_content"),
	"wp:postmeta":    classes("wp:meta_key", "wp:meta_value"),
	"wp:commentmeta": classes("wp:meta_key", "wp:meta_value"),
	"wp:termmeta":    classes("wp:meta_key", "wp:meta_value"),
}

func classes(shorts, longs string) map[string]class {
	m := map[string]class{}
	for name := range strings.FieldsSeq(shorts) {
		m[name] = short
	}
	for name := range strings.FieldsSeq(longs) {
		m[name] = long
	}
	return m
}

// canonical is an element's name with the prefix that exports usually give to the
// address it is bound to. A prefix that is not declared, or bound to another
// address, is taken for what it looks like.
func canonical(dec *loosexml.Decoder, name string) string {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return name
	}
	usual := usualPrefix(dec.Space(prefix))
	if usual == "" || usual == prefix {
		return name
	}
	return usual + ":" + local
}

func usualPrefix(address string) string {
	switch {
	case strings.HasPrefix(address, "http://wordpress.org/export/"), strings.HasPrefix(address, "https://wordpress.org/export/"):
		if strings.HasSuffix(strings.TrimSuffix(address, "/"), "/excerpt") {
			return "excerpt"
		}
		return "wp"
	case address == "http://purl.org/rss/1.0/modules/content/":
		return "content"
	case address == "http://purl.org/dc/elements/1.1/":
		return "dc"
	}
	return ""
}
