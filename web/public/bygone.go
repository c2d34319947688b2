package public

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"waypost/community"
	"waypost/internal/db"
)

// bygone is an address as WordPress made them, taken apart: what it is about, and
// which view of that.
type bygone struct {
	of          []string // paths, with queries, under which the thing may be known
	asks        bool     // by a query, and so for nothing else
	feed, talk  bool     // of all comments, if both
	year, month int      // of an archive
}

// bygoneQueries are the words by which WordPress asks its front page for something
// else.
var bygoneQueries = []string{"p", "page_id", "cat", "tag", "author", "author_name", "category_name", "m", "feed"}

// bygoneViews are the endings that WordPress puts to the address of a thing or of
// the whole site.
var bygoneViews = regexp.MustCompile(`/(?:(feed)(?:/(?:rss2?|atom|rdf))?|amp|page/[0-9]{1,5}|comment-page-[0-9]{1,5})$`)

var bygoneDate = regexp.MustCompile(`/([0-9]{4})(?:/([0-9]{2})(?:/[0-9]{2})?)?$`)

// asksForBygone reports a query of the front page that an old blog answered with
// something else.
func asksForBygone(q url.Values) bool {
	for _, name := range bygoneQueries {
		if q.Has(name) {
			return true
		}
	}
	return false
}

func takeApart(path string, q url.Values) bygone {
	var b bygone
	for _, name := range []string{"p", "page_id", "cat", "author"} { // by number
		if v := q.Get(name); v != "" {
			b.of = append(b.of, path+"/?"+name+"="+v)
		}
	}
	for _, by := range [][2]string{{"tag", "tag"}, {"author_name", "author"}, {"category_name", "category"}} { // by name
		if v := strings.Trim(q.Get(by[0]), "/"); v != "" {
			b.of = append(b.of, path+"/"+by[1]+"/"+v)
		}
	}
	b.asks, b.feed = len(b.of) > 0, q.Has("feed")
	if b.asks {
		return b
	}
	for range 2 { // a second page may have a feed
		cut := bygoneViews.FindStringSubmatch(path)
		if cut == nil {
			break
		}
		path = strings.TrimSuffix(path, cut[0])
		b.feed = b.feed || cut[1] != ""
	}
	b.of = append(b.of, path)
	if of, ok := strings.CutSuffix(path, "/comments"); ok && b.feed {
		b.of, b.talk = append(b.of, of), true
	}
	if date := bygoneDate.FindStringSubmatch(path); date != nil {
		b.of = append(b.of, strings.TrimSuffix(path, date[0]))
		b.date(date[1], date[2])
	} else if m := q.Get("m"); len(m) >= 4 {
		b.date(m[:4], m[4:min(len(m), 6)])
	}
	return b
}

func (b *bygone) date(year, month string) {
	b.year, _ = strconv.Atoi(year)
	b.month, _ = strconv.Atoi(month)
}

// bygone is today's address of what an old blog showed under this one, or "".
func (p *Public) bygone(tx *db.Tx, path string, q url.Values) (string, error) {
	b := takeApart(path, q)
	for _, of := range b.of {
		t, found, err := p.Community.Find(tx, of)
		if err != nil {
			return "", err
		}
		if of == "" || found && t.Kind == community.FormerHome {
			if to, err := p.bygoneList(tx, b, path); to != "" || err != nil {
				return to, err
			}
			continue
		}
		if !found {
			continue
		}
		now, err := p.reachable(tx, t)
		if err != nil {
			return "", err
		}
		if now != "" && b.feed && (t.Kind == "topic" || t.Kind == "author") {
			now += "/feed.atom"
		}
		if now != "" && now != path {
			return now, nil
		}
	}
	return "", nil
}

// bygoneList is where a view of the whole old site is now. A month without stories
// is none.
func (p *Public) bygoneList(tx *db.Tx, b bygone, path string) (string, error) {
	switch {
	case b.year != 0:
		counts, err := p.Stories.MonthCounts(tx)
		for _, c := range counts {
			if strings.HasPrefix(c.Name, archiveMonth(b.year, b.month)) {
				return "/stories" + archiveQuery(b.year, b.month), nil
			}
		}
		return "", err
	case b.feed && b.talk:
		return repliesBelow + "/feed.atom", nil
	case b.feed:
		return "/feed.atom", nil
	case strings.Contains(path, "/page/"):
		return "/stories", nil
	case path == "":
		return "", nil // a query that means nothing
	}
	return "/", nil
}

// archiveMonth begins the names of the months of a year, or is that of one.
func archiveMonth(year, month int) string {
	name := strconv.Itoa(year) + "-"
	if month == 0 {
		return name
	}
	return name + strconv.Itoa(100 + month)[1:]
}
