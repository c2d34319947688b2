package wxr_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"waypost/transfer/wxr"
)

// mustRead reads one of the project's own exports.
func mustRead(t *testing.T, name string) *collector {
	t.Helper()
	c, _, err := readFile(t, "testdata/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestVersion12(t *testing.T) {
	t.Parallel()
	c := mustRead(t, "v12.xml")
	site := wxr.Site{
		Title: "Night Shift", Link: "https://nightshift.example/notes", Description: "Work, mostly after dark",
		BaseSiteURL: "https://nightshift.example/", BaseBlogURL: "https://nightshift.example/notes",
		Language: "en", Version: "1.2",
	}
	if c.sites[0] != site {
		t.Errorf("site %+v", c.sites[0])
	}
	author := wxr.Author{
		Line: 13, ID: 3, Login: "mara", Email: "mara@nightshift.example",
		DisplayName: "Mara Lindqvist", FirstName: "Mara", LastName: "Lindqvist",
	}
	if c.authors[0] != author {
		t.Errorf("author %+v", c.authors[0])
	}
	terms := []wxr.Term{
		{Line: 14, ID: 4, Taxonomy: "category", Slug: "stage", Name: "On stage", Description: "Lights & cables"},
		{Line: 15, ID: 5, Taxonomy: "category", Slug: "touring", Parent: "stage", Name: "Touring"},
		{Line: 16, ID: 6, Taxonomy: "post_tag", Slug: "first-job", Name: "First job"},
		{Line: 17, ID: 7, Taxonomy: "nav_menu", Slug: "top", Name: "Top"},
	}
	if !slices.Equal(c.terms, terms) {
		t.Errorf("terms %+v", c.terms)
	}
	it := c.items[0]
	if it.Line != 18 || it.ID != 40 || it.Title != "Linköping & back" || it.Creator != "mara" || it.Slug != "a-title" {
		t.Errorf("item %+v", it)
	}
	if want := time.Date(2014, 3, 2, 9, 30, 0, 0, time.UTC); !it.Date.Equal(want) || it.Date.Local {
		t.Errorf("date %+v", it.Date)
	}
	if !strings.HasPrefix(it.Content, "<!-- wp:paragraph -->\n<p>The van") {
		t.Errorf("content %q", it.Content)
	}
	if got := it.Bylines(); !slices.Equal(got, []string{"mara", "tomas"}) {
		t.Errorf("bylines %q", got)
	}
	if c.items[1].Password != "open" || !slices.Equal(c.items[1].Bylines(), []string{"mara"}) {
		t.Errorf("second item %+v", c.items[1])
	}
	comment := wxr.Comment{
		Line: it.Comments[0].Line, ID: 41, Author: "Ira", Email: "ira@readers.example", URL: "https://ira.example/",
		IP: "192.0.2.7", Date: wxr.Time{Time: time.Date(2014, 3, 3, 7, 0, 0, 0, time.UTC)}, Content: "Good to read.",
		Approved: "1", Type: "comment", Meta: []wxr.Meta{{Key: "rating", Value: "5"}},
	}
	if !reflect.DeepEqual(it.Comments[0], comment) || comment.Line < it.Line {
		t.Errorf("comment %+v", it.Comments[0])
	}
}

func TestOlderVersions(t *testing.T) {
	t.Parallel()
	c := mustRead(t, "v10.xml")
	terms := []wxr.TermRef{
		{Domain: "category", Nicename: "stage", Name: "On stage"},
		{Domain: "post_tag", Nicename: "first-job", Name: "First job"},
	}
	if !slices.Equal(c.items[0].Terms, terms) {
		t.Errorf("terms %+v", c.items[0].Terms)
	}
	if got := c.items[0].MetaValue("_edit_last"); got != "3" {
		t.Errorf("meta %q", got)
	}
	if d := c.items[1].Date; !d.Local || !d.Equal(time.Date(2014, 3, 2, 10, 30, 0, 0, time.UTC)) {
		t.Errorf("local date %+v", d)
	}
	c = mustRead(t, "v11.xml")
	if c.items[0].Title != "The rigger’s year" || c.items[0].Comments[2].Parent != 21 {
		t.Errorf("item %+v", c.items[0])
	}
	if got := c.items[2].MetaValue("_wp_attachment_metadata"); !strings.HasPrefix(got, `a:2:{s:5:"width"`) {
		t.Errorf("serialised value %q", got)
	}
	if got := c.items[2].AttachmentURL; got != "https://nightshift.example/notes/files/lamp.jpg" {
		t.Errorf("attachment %q", got)
	}
}

// TestRepairs looks at what broken files still give.
func TestRepairs(t *testing.T) {
	t.Parallel()
	content := func(it wxr.Item) string { return it.Content }
	title := func(it wxr.Item) string { return it.Title }
	for _, c := range []struct {
		file string
		item int
		get  func(wxr.Item) string
		want string
	}{
		{"ampersands.xml", 0, title, "Bed & breakfast\u00A0… R&D;"},
		{"ampersands.xml", 0, func(it wxr.Item) string { return it.Link }, "https://nightshift.example/notes/?a=1&b=2"},
		{"nested-cdata.xml", 0, content, "How to write <![CDATA[ this ]]> and go on"},
		{"nested-cdata.xml", 1, content, "]]>"},
		{"controls.xml", 0, title, "Tabor not"},
		{"controls.xml", 0, content, "ab"},
		{"not-utf8.xml", 0, title, "Caf\uFFFD"},
		{"latin1.xml", 0, title, "Café"},
		{"utf16.xml", 0, title, "Café"},
		{"bom.xml", 0, title, "Café"},
		{"no-cdata.xml", 0, content, "<p>Not in <b>CDATA</b>,<br>but here</p>"},
		{"texts-not-ended.xml", 0, title, "A title"},
		{"texts-not-ended.xml", 0, func(it wxr.Item) string { return it.Link }, "https://nightshift.example/notes/a-title/"},
		{"undeclared.xml", 0, func(it wxr.Item) string { return it.Type }, "post"},
	} {
		items := mustRead(t, c.file).items
		if got := c.get(items[c.item]); got != c.want {
			t.Errorf("%s: got %q, want %q", c.file, got, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]map[wxr.ProblemKind]int{
		"v12.xml":             {},
		"controls.xml":        {wxr.NotWellFormed: 2, wxr.Repaired: 1},
		"not-utf8.xml":        {wxr.NotWellFormed: 1, wxr.Repaired: 1},
		"truncated.xml":       {wxr.NotWellFormed: 1, wxr.Incomplete: 1},
		"items-not-ended.xml": {wxr.NotWellFormed: 1, wxr.Repaired: 3},
	} {
		if got := mustRead(t, file).kinds(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
	}
}

func TestItemLimits(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("x", 4000)
	export := "<rss><channel>" +
		"<item><content:encoded><![CDATA[" + big + "]]></content:encoded><wp:post_id>1</wp:post_id></item>" +
		"<item><title>" + big + "</title><wp:post_id>2</wp:post_id></item>" +
		"<item>" + strings.Repeat("<wp:comment></wp:comment>", 50) + "<wp:post_id>3</wp:post_id></item>" +
		"<item><wp:post_id>4</wp:post_id></item></channel></rss>"
	c := &collector{}
	sum, err := wxr.Read(t.Context(), strings.NewReader(export), c, wxr.Limits{ItemBytes: 3000, ShortBytes: 100})
	if err != nil || sum.Items != 4 {
		t.Fatal(sum, err)
	}
	if c.items[0].Content != "" || len(c.items[1].Title) != 100 || len(c.items[2].Comments) != 11 || c.items[3].ID != 4 {
		t.Errorf("%d, %d, %d", len(c.items[0].Content), len(c.items[1].Title), len(c.items[2].Comments))
	}
	for i, want := range []bool{true, true, true, false} {
		if c.items[i].Cut != want {
			t.Errorf("item %d: cut %v", i+1, c.items[i].Cut)
		}
	}
	if c.kinds()[wxr.TooLarge] != 3 {
		t.Errorf("problems %v", c.problems)
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	t.Parallel()
	export := "<rss><channel>" + strings.Repeat("<title>a & b</title>\n", 300) + "</channel></rss>"
	c := &collector{}
	if _, err := wxr.Read(t.Context(), strings.NewReader(export), c, wxr.Limits{Problems: 20}); err != nil {
		t.Fatal(err)
	}
	if n := len(c.problems); n != 22 || !strings.Contains(c.problems[20].What, "250 more") {
		t.Errorf("%d problems: %v", n, c.problems[n-2:])
	}
}

// stopper ends the reading at the first item.
type stopper struct{ collector }

var errStop = errors.New("enough")

func (*stopper) Item(wxr.Item) error { return errStop }

func TestReadingEndsEarly(t *testing.T) {
	t.Parallel()
	export := "<rss><channel><item><title>a</title></item></channel></rss>"
	if _, err := wxr.Read(t.Context(), strings.NewReader(export), &stopper{}, wxr.Limits{}); !errors.Is(err, errStop) {
		t.Errorf("handler's error: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := wxr.Read(ctx, strings.NewReader(export), &collector{}, wxr.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	broken := iotest.ErrReader(errStop)
	if _, err := wxr.Read(t.Context(), broken, &collector{}, wxr.Limits{}); !errors.Is(err, errStop) || wxr.Refused(err) {
		t.Errorf("reader's error: %v", err)
	}
}

func TestOneByteAtATime(t *testing.T) {
	t.Parallel()
	src, err := wxr.Open("testdata/v11.xml", wxr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	want := &collector{}
	if _, err := src.Read(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got := &collector{}
	if _, err := wxr.Read(t.Context(), iotest.OneByteReader(open(t, "testdata/v11.xml")), got, wxr.Limits{}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("differs from reading at once")
	}
}
