package public

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"waypost/internal/problem"
	"waypost/stories"
)

const (
	perPage    = 20
	perArchive = 50
)

// listPlace reads where in a list a request wants to begin, "?before=time-id", and
// its part of the key under which the page is kept. Other parameters mean nothing.
func listPlace(q url.Values) (stories.Key, string, error) {
	before := q.Get("before")
	if before == "" {
		return stories.Key{}, "", nil
	}
	cut := max(strings.LastIndexByte(before, '-'), 0) // times before 1970 begin with another one
	id := strings.TrimPrefix(before[cut:], "-")
	at, err := strconv.ParseInt(before[:cut], 36, 64)
	if err != nil || !listID(id) {
		return stories.Key{}, "", problem.New(problem.NotFound, "problem.not_found")
	}
	return stories.Key{Published: time.UnixMilli(at), ID: id}, "?before=" + formatPlace(stories.Key{Published: time.UnixMilli(at), ID: id}), nil
}

// real passes a place that is one and makes any other not found: pages are kept
// only for places that lists have.
func real(found bool, err error) error {
	if err == nil && !found {
		return errMissing()
	}
	return err
}

func formatPlace(k stories.Key) string {
	return strconv.FormatInt(k.Published.UnixMilli(), 36) + "-" + k.ID
}

// older cuts a list that was read with one entry too many and returns the place
// where its next page begins, or "".
func older(list []stories.Story, size int) ([]stories.Story, string) {
	if len(list) <= size {
		return list, ""
	}
	return list[:size], formatPlace(stories.KeyOf(list[size-1]))
}

// ArchiveView is the page of all stories, or of a year or month.
type ArchiveView struct {
	Stretches []Stretch // of this page
	Years     []Year
	Year      int // 0: all
	Month     int // 0: the whole year
	Older     string
	First     bool // the newest page of its kind
	Empty     bool // no story at all
}

// Stretch is a year and its stories on a page.
type Stretch struct {
	Year  int
	Items []Item
}

// Year is a year in the choice of years, with its months if it is chosen.
type Year struct {
	Year   int
	N      int
	Chosen bool
	Months []MonthChoice
}

// MonthChoice is a month in the choice of months.
type MonthChoice struct {
	Start  time.Time
	N      int
	Chosen bool
}

// Archive answers /stories: everything by key, or one year or month.
func (p *Public) Archive(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	key, place, err := listPlace(q)
	if err != nil {
		return err
	}
	year, month, err := yearAndMonth(q)
	if err != nil {
		return err
	}
	path := "/stories" + archiveQuery(year, month)
	full := path
	if place != "" {
		full = path + strings.Replace(place, "?", map[bool]string{true: "?", false: "&"}[path == "/stories"], 1)
	}
	return p.page(w, r, full, "public/stories", func(b *build) (Layout, error) {
		b.tag(stories.TagStories)
		view := ArchiveView{Year: year, Month: month, First: place == ""}
		if err := b.fillArchive(&view, key, path); err != nil {
			return Layout{}, err
		}
		layout := b.layout(full, b.archiveTitle(view), b.words.T("stories.about", "name", b.settings.Name))
		layout.Section, layout.Content = "stories", view
		layout.Data = []any{b.crumbs([2]string{b.words.T("nav.stories"), "/stories"})}
		return layout, nil
	})
}

func yearAndMonth(q url.Values) (year, month int, err error) {
	missing := problem.New(problem.NotFound, "problem.not_found")
	if y := q.Get("year"); y != "" {
		if year, err = strconv.Atoi(y); err != nil || year < 1 || year > 9999 {
			return 0, 0, missing
		}
	}
	if m := q.Get("month"); m != "" {
		if month, err = strconv.Atoi(m); err != nil || month < 1 || month > 12 || year == 0 {
			return 0, 0, missing
		}
	}
	return year, month, nil
}

func archiveQuery(year, month int) string {
	switch {
	case year == 0:
		return ""
	case month == 0:
		return "?year=" + strconv.Itoa(year)
	}
	return "?year=" + strconv.Itoa(year) + "&month=" + strconv.Itoa(month)
}

func (b *build) archiveTitle(v ArchiveView) string {
	switch {
	case v.Month != 0:
		return b.words.T("stories.of", "time", b.words.Month(time.Date(v.Year, time.Month(v.Month), 1, 0, 0, 0, 0, b.zone)))
	case v.Year != 0:
		return b.words.T("stories.of", "time", strconv.Itoa(v.Year))
	}
	return b.words.T("nav.stories")
}

// span is the stretch of time of a year or month in the community's zone.
func span(year, month int, zone *time.Location) (from, to time.Time) {
	if month == 0 {
		return time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone)
	}
	return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, zone), time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, zone)
}

func (b *build) fillArchive(v *ArchiveView, key stories.Key, path string) error {
	if err := real(b.Stories.InList(b.tx, key)); err != nil {
		return err
	}
	counts, err := b.Stories.MonthCounts(b.tx)
	if err != nil {
		return err
	}
	v.Years, v.Empty = years(counts, v.Year, v.Month, b.zone), len(counts) == 0
	var list []stories.Story
	if v.Year == 0 {
		list, err = b.Stories.Newest(b.tx, key, perArchive+1)
	} else {
		from, to := span(v.Year, v.Month, b.zone)
		if !v.First && (key.Published.Before(from) || !key.Published.Before(to)) {
			return errMissing() // a place of another list
		}
		list, err = b.Stories.Between(b.tx, from, to, key, perArchive+1)
	}
	if err != nil {
		return err
	}
	if len(list) == 0 && (v.Year != 0 || !v.First) {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	list, more := older(list, perArchive)
	if more != "" {
		v.Older = path + map[bool]string{true: "?before=", false: "&before="}[v.Year == 0] + more
	}
	items, err := b.items(list)
	for _, i := range items {
		if n := len(v.Stretches); n == 0 || v.Stretches[n-1].Year != i.Date.Year() {
			v.Stretches = append(v.Stretches, Stretch{Year: i.Date.Year()})
		}
		last := &v.Stretches[len(v.Stretches)-1]
		last.Items = append(last.Items, i)
	}
	return err
}

// years groups the counts of months, which come newest first.
func years(counts []stories.Count, year, month int, zone *time.Location) []Year {
	var list []Year
	for _, c := range counts {
		start, err := time.ParseInLocation("2006-01", c.Name, zone)
		if err != nil {
			continue
		}
		if n := len(list); n == 0 || list[n-1].Year != start.Year() {
			list = append(list, Year{Year: start.Year(), Chosen: start.Year() == year})
		}
		y := &list[len(list)-1]
		y.N += c.N
		y.Months = append(y.Months, MonthChoice{start, c.N, y.Chosen && int(start.Month()) == month})
	}
	return list
}
