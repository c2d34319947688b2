package public

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"waypost/members"
	"waypost/stories"
	"waypost/topics"
)

const (
	xmlType = "application/xml; charset=utf-8"
	// inOneSitemap is how many stories one file lists before it is cut by month.
	inOneSitemap = 5000
	// maxSitemap is the most addresses that the protocol allows in one file.
	maxSitemap = 50_000
)

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type sitemapSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapURL `xml:"sitemap"`
}

// Sitemap answers /sitemap.xml: everything in one file, or an index of months when
// there are many stories.
func (p *Public) Sitemap(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, "/sitemap.xml", xmlType, func(b *build) ([]byte, error) {
		b.tag(stories.TagStories, topics.TagTopics, members.TagProfiles)
		months, err := b.Stories.MonthCounts(b.tx)
		if err != nil {
			return nil, err
		}
		total := 0
		index := sitemapIndex{Parts: []sitemapURL{{Loc: b.abs("/sitemap-pages.xml")}}}
		for _, m := range months {
			total += m.N
			index.Parts = append(index.Parts, sitemapURL{Loc: b.abs("/sitemap-" + m.Name + ".xml")})
		}
		if total > inOneSitemap {
			return marshalXML(index)
		}
		set, err := b.standingURLs()
		if err != nil {
			return nil, err
		}
		list, err := b.Stories.Newest(b.tx, stories.Key{}, inOneSitemap)
		if err != nil {
			return nil, err
		}
		set.URLs = append(set.URLs, b.storyURLs(list)...)
		return marshalXML(set)
	})
}

// sitemapName is the part of a map of the site that an address names: "pages", or
// a month "2026-05".
func sitemapName(slug string) (string, bool) {
	name, isXML := strings.CutSuffix(slug, ".xml")
	part, isPart := strings.CutPrefix(name, "sitemap-")
	return part, isXML && isPart
}

// sitemapPart answers /sitemap-{part}.xml.
func (p *Public) sitemapPart(w http.ResponseWriter, r *http.Request, part string) error {
	return p.file(w, r, r.URL.Path, xmlType, func(b *build) ([]byte, error) {
		b.tag(stories.TagStories, topics.TagTopics, members.TagProfiles)
		if part == "pages" {
			set, err := b.standingURLs()
			if err != nil {
				return nil, err
			}
			return marshalXML(set)
		}
		month, err := time.ParseInLocation("2006-01", part, b.zone)
		if err != nil {
			return nil, errMissing()
		}
		list, err := b.Stories.Between(b.tx, month, month.AddDate(0, 1, 0), stories.Key{}, maxSitemap)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return nil, errMissing()
		}
		return marshalXML(sitemapSet{URLs: b.storyURLs(list)})
	})
}

func (b *build) storyURLs(list []stories.Story) []sitemapURL {
	urls := make([]sitemapURL, len(list))
	for i, s := range list {
		urls[i] = sitemapURL{b.abs(stories.Address(s.Slug)), s.Updated.UTC().Format(time.RFC3339)}
	}
	return urls
}

// standingURLs are the pages that are no stories; only those that show nothing but
// themselves have a date of their own.
func (b *build) standingURLs() (sitemapSet, error) {
	var set sitemapSet
	for _, path := range []string{"/", "/stories", "/topics", "/authors", "/resources"} {
		set.URLs = append(set.URLs, sitemapURL{Loc: b.abs(path)})
	}
	pages, err := b.Community.Pages(b.tx)
	if err != nil {
		return set, err
	}
	for _, p := range pages {
		if p.State == "published" {
			set.URLs = append(set.URLs, sitemapURL{b.abs("/" + p.Slug), p.Updated.UTC().Format(time.RFC3339)})
		}
	}
	counted, err := b.countedTopics()
	if err != nil {
		return set, err
	}
	for _, t := range counted {
		set.URLs = append(set.URLs, sitemapURL{Loc: b.abs("/topics/" + t.Slug)})
	}
	authors, err := b.Stories.AuthorCounts(b.tx)
	if err != nil {
		return set, err
	}
	ids, err := b.Members.PublicProfiles(b.tx)
	if err != nil {
		return set, err
	}
	for id := range authors {
		ids = append(ids, id)
	}
	handles, err := b.Members.Handles(b.tx, ids)
	for _, h := range handles {
		set.URLs = append(set.URLs, sitemapURL{Loc: b.abs("/authors/" + h)})
	}
	return set, err
}

func marshalXML(v any) ([]byte, error) {
	b := bytes.NewBufferString(xml.Header)
	err := xml.NewEncoder(b).Encode(v)
	return b.Bytes(), err
}
