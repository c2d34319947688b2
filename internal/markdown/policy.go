package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

var (
	validPath   = regexp.MustCompile(`^/[^/\\\s,][^\\\s,]*$`)
	localSrcSet = regexp.MustCompile(`^/[^/\\\s,][^\\\s,]* [0-9]+w(?:, /[^/\\\s,][^\\\s,]* [0-9]+w)*$`)
	feedSrc     = regexp.MustCompile(`^https?://[^/\\\s,]+/[^\\\s,]*$`)
	feedSrcSet  = regexp.MustCompile(`^https?://[^\\\s,]+ [0-9]+w(?:, https?://[^\\\s,]+ [0-9]+w)*$`)
)

// The policy of everything that leaves this package. pagePolicy has pictures of this site only; feedPolicy writes the
// same pictures with their host, because a feed is read elsewhere.
var (
	pagePolicy = newPolicy(validPath, localSrcSet)
	feedPolicy = newPolicy(feedSrc, feedSrcSet)
)

func exactly(values string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + values + `)$`)
}

func newPolicy(src, srcSet *regexp.Regexp) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "br", "wbr", "ul", "ol", "li", "dl", "dt", "dd",
		"figure", "figcaption", "details", "summary", "section",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
		"abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
		"small", "strong", "sub", "sup", "time", "u", "var",
	)
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)

	p.AllowAttrs("id").Matching(validID).Globally()
	p.AllowAttrs("dir").Matching(validDir).Globally()
	p.AllowAttrs("lang").Matching(validLang).Globally()

	p.AllowAttrs("href", "title").OnElements("a")
	p.AllowAttrs("rel").Matching(exactly("noopener|nofollow ugc noopener")).OnElements("a")
	p.AllowAttrs("class").Matching(exactly("footnote-ref|footnote-back")).OnElements("a")
	p.AllowAttrs("role").Matching(exactly("doc-noteref|doc-backlink")).OnElements("a")
	p.AllowAttrs("aria-label").OnElements("a", "section", "div")

	p.AllowAttrs("class").Matching(exactly("footnotes")).OnElements("section")
	p.AllowAttrs("role").Matching(exactly("doc-endnotes")).OnElements("section")
	p.AllowAttrs("class").Matching(exactly("table")).OnElements("div")
	p.AllowAttrs("role").Matching(exactly("region")).OnElements("div")
	p.AllowAttrs("tabindex").Matching(exactly("0")).OnElements("div", "pre")
	p.AllowAttrs("class").Matching(exactly("card")).OnElements("p")
	p.AllowAttrs("class").Matching(exactly("card-kind|card-caption")).OnElements("span")
	p.AllowAttrs("class").Matching(validAlign).
		OnElements("p", "h2", "h3", "h4", "h5", "h6", "td", "th", "figure", "figcaption")

	p.AllowAttrs("src").Matching(src).OnElements("img")
	p.AllowAttrs("srcset").Matching(srcSet).OnElements("img")
	p.AllowAttrs("sizes").Matching(exactly(regexp.QuoteMeta(sizes))).OnElements("img")
	p.AllowAttrs("width", "height").Matching(validSize).OnElements("img")
	p.AllowAttrs("loading").Matching(exactly("lazy")).OnElements("img")
	p.AllowAttrs("decoding").Matching(exactly("async")).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")

	p.AllowAttrs("start").Matching(validInteger).OnElements("ol")
	p.AllowAttrs("reversed").Matching(exactly("")).OnElements("ol")
	p.AllowAttrs("value").Matching(validInteger).OnElements("li")
	p.AllowAttrs("colspan", "rowspan").Matching(validSpan).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(validScope).OnElements("th")
	p.AllowAttrs("title").OnElements("abbr", "dfn")
	p.AllowAttrs("datetime").Matching(validDateTime).OnElements("time")
	return p
}
