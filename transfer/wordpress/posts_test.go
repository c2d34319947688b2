package wordpress_test

import (
	"fmt"
	"strings"
)

// export writes a WXR 1.2 file around items, for a site of that name.
func export(site string, parts ...string) string {
	return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Quay Notes</title><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>` + site + `</wp:base_blog_url>
` + strings.Join(parts, "\n") + `
</channel></rss>
`
}

const site = "https://quay.example"

// post is an item with usual fields; others, such as "wp:post_password=x" or
// "wp:status=draft", take their place or come on top.
func post(id int, slug, title, content string, others ...string) string {
	fields := map[string]string{
		"title": title, "link": site + "/2019/05/" + slug + "/", "dc:creator": "ines", "wp:post_id": fmt.Sprint(id),
		"wp:post_date_gmt": "2019-05-01 08:00:00", "wp:post_name": slug, "wp:status": "publish", "wp:post_type": "post",
		"content:encoded": content, "excerpt:encoded": "",
	}
	more := ""
	for _, o := range others {
		if strings.HasPrefix(o, "<") {
			more += o
			continue
		}
		name, value, _ := strings.Cut(o, "=")
		fields[name] = value
	}
	var b strings.Builder
	b.WriteString("<item>")
	for _, name := range []string{"title", "link", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_id", "wp:post_date_gmt",
		"wp:post_name", "wp:status", "wp:post_parent", "wp:post_type", "wp:post_password", "wp:attachment_url"} {
		fmt.Fprintf(&b, "<%s><![CDATA[%s]]></%s>", name, fields[name], name)
	}
	return b.String() + more + "</item>"
}

func term(domain, slug, name string) string {
	return fmt.Sprintf(`<category domain="%s" nicename="%s"><![CDATA[%s]]></category>`, domain, slug, name)
}

func author(login, name string) string {
	return fmt.Sprintf(`<wp:author><wp:author_login>%s</wp:author_login><wp:author_email>%s@quay.example</wp:author_email><wp:author_display_name><![CDATA[%s]]></wp:author_display_name></wp:author>`,
		login, login, name)
}

func categoryDef(id int, slug, parent, name string) string {
	return fmt.Sprintf(`<wp:category><wp:term_id>%d</wp:term_id><wp:category_nicename>%s</wp:category_nicename><wp:category_parent>%s</wp:category_parent><wp:cat_name><![CDATA[%s]]></wp:cat_name></wp:category>`,
		id, slug, parent, name)
}

func comment(id, parent int, kind, approved, text string) string {
	return fmt.Sprintf(`<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_author_email>bo@readers.example</wp:comment_author_email><wp:comment_date_gmt>2019-05-02 08:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[%s]]></wp:comment_content><wp:comment_approved>%s</wp:comment_approved><wp:comment_type>%s</wp:comment_type><wp:comment_parent>%d</wp:comment_parent></wp:comment>`,
		id, text, approved, kind, parent)
}

func meta(key, value string) string {
	return fmt.Sprintf(`<wp:postmeta><wp:meta_key>%s</wp:meta_key><wp:meta_value><![CDATA[%s]]></wp:meta_value></wp:postmeta>`, key, value)
}
