package wordpress_test

import (
	"strings"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
	"waypost/transfer/wordpress"
)

func TestStates(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.bring(t, export(site,
			post(1, "out", "Out", "Text."),
			post(2, "draft", "Draft", "Text.", "wp:status=draft"),
			post(3, "waiting", "Waiting", "Text.", "wp:status=pending"),
			post(4, "private", "Private", "Text.", "wp:status=private"),
			post(5, "secret", "Secret", "Text.", "wp:post_password=open"),
			post(6, "soon", "Soon", "Text.", "wp:status=future", "wp:post_date_gmt=2030-01-02 03:04:05"),
			post(7, "missed", "Missed", "Text.", "wp:status=future", "wp:post_date_gmt=2020-01-02 03:04:05"),
			post(8, "odd", "Odd", "Text.", "wp:status=in-progress"),
			post(9, "bare", "Bare", "  "),
			post(10, "thrown", "Thrown away", "Text.", "wp:status=trash"),
			post(11, "old", "Old", "Text.", "wp:status=inherit", "wp:post_type=revision"),
			post(12, "menu", "Menu", "", "wp:post_type=nav_menu_item"),
			post(13, "shop", "Lamp", "Text.", "wp:post_type=product"),
			post(14, "void", "", "", "wp:status=auto-draft"),
		))
		want := map[string]struct {
			state stories.State
			note  string
		}{
			"out": {stories.Published, ""}, "draft": {stories.Draft, ""}, "waiting": {stories.InReview, ""},
			"private": {stories.Draft, "import.note_private"}, "secret": {stories.Draft, "import.note_password"},
			"soon": {stories.Scheduled, ""}, "missed": {stories.Published, "import.note_was_due date 2020-01-02"},
			"odd": {stories.Draft, "import.note_state state in-progress"}, "bare": {stories.Draft, "import.note_no_text"},
		}
		for slug, w := range want {
			if st := k.story(t, slug); st.State != w.state || st.Note != w.note {
				t.Errorf("%s is %s with note %q, want %s, %q", slug, st.State, st.Note, w.state, w.note)
			}
		}
		if r.Made.Stories != len(want) {
			t.Errorf("%d stories made, want %d", r.Made.Stories, len(want))
		}
		if at := k.story(t, "out").Published; !at.Equal(time.Date(2019, 5, 1, 8, 0, 0, 0, time.UTC)) {
			t.Errorf("published %s", at)
		}
		if at := k.story(t, "soon").Scheduled; !at.Equal(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)) {
			t.Errorf("scheduled for %s", at)
		}
		for what, why := range map[string]string{"post 10": "import.skip_trash", "revision 11": "import.skip_revision",
			"nav_menu_item 12": "import.skip_menu", "product 13": "import.skip_type type product", "post 14": "import.skip_empty"} {
			if got := whys(r.Skipped, what); got != why {
				t.Errorf("%s was skipped because %q, want %q", what, got, why)
			}
		}
		paths := strings.Join(k.rows(t, 1, `SELECT path FROM redirects ORDER BY path`), " ")
		for _, hidden := range []string{"private", "p=4", "draft", "soon"} {
			if strings.Contains(paths, hidden) {
				t.Errorf("an address that readers never had leads here: %s in %s", hidden, paths)
			}
		}
	})
}

func TestTexts(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		long := strings.Repeat("word ", 120)
		r := k.bring(t, export(site,
			post(1, "caf%c3%a9-am-k%c3%bc%", "Café &amp; <em>Küste</em>", "First line\nsecond line\n\n[gallery ids=\"1\"]Next.", "excerpt:encoded=<p>Two</p><p>parts</p>"),
			post(2, "same", "Same", "Text."),
			post(3, "same", "Same", "Text."),
			post(4, "2016", "2016", "Text."),
			post(5, "", "", "<p>No title but words, and then some more of them.</p>"),
			post(6, "long", long, "Text.", "excerpt:encoded="+long),
			post(7, "", "", "<img src=x>", "excerpt:encoded=x", "wp:status=draft"),
			post(8, "cut", "Cut", strings.Repeat("<p>Long.</p>\n", 100_000)),
		))
		st := k.story(t, "cafe-am-ku")
		if st.Title != "Café & Küste" || st.Standfirst != "Two parts" || st.Language != "en-GB" {
			t.Errorf("%q, %q, %q", st.Title, st.Standfirst, st.Language)
		}
		if body := k.content(t, st); body.Format != stories.HTML || !strings.Contains(body.Body, "<p>First line<br") {
			t.Errorf("body %q", body.Body)
		}
		for slug, title := range map[string]string{"same": "Same", "same-2": "Same", "story-2016": "2016",
			"no-title-but-words-and-then-some-more": "No title but words, and then some more …", "import-untitled": "import.untitled"} {
			if got := k.story(t, slug).Title; got != title {
				t.Errorf("%s has title %q, want %q", slug, got, title)
			}
		}
		if st := k.story(t, "long"); len([]rune(st.Title)) > 160 || len([]rune(st.Standfirst)) > 400 || !strings.Contains(st.Note, "note_title_cut word word") {
			t.Errorf("title %q, note %.60q", st.Title, st.Note)
		}
		if st := k.story(t, "cut"); st.State != stories.Draft || st.Note != "import.note_body_cut" {
			t.Errorf("%s with note %q", st.State, st.Note)
		}
		if got := whys(r.Notes, "post 3"); !strings.Contains(got, "import.note_slug_taken") {
			t.Errorf("notes of the second: %q", got)
		}
	})
}

func TestPeople(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.bring(t, export(site,
			author("ines", "Ines Falk"), author("ines", "Ines again"), author("idle", "Never Wrote"), author("kim.o", "kim@quay.example"),
			post(1, "one", "One", "Text."),
			post(2, "two", "Two", "Text.", term("author", "cap-kim-o", "Kim"), term("author", "cap-guest", "A Guest")),
			post(3, "three", "Three", "Text.", "dc:creator=walk@in.example"),
			post(4, "four", "Four", "Text.", "dc:creator="),
			post(5, "page", "Page", "Text.", "dc:creator=idle", "wp:post_type=page"),
		))
		got := strings.Join(k.rows(t, 2, `SELECT handle, name FROM profiles ORDER BY handle`), ", ")
		if want := "a-guest A Guest, ines-falk Ines Falk, kim kim, quay-notes Quay Notes, walk walk"; got != want {
			t.Errorf("profiles %s, want %s", got, want)
		}
		if r.Made.Authors != 5 || r.Implied.Authors != 3 || whys(r.Skipped, "author") != "import.skip_twice; import.skip_author" {
			t.Errorf("made %d, implied %d, skipped %s", r.Made.Authors, r.Implied.Authors, whys(r.Skipped, "author"))
		}
		var names []string
		k.View(t, func(tx *db.Tx) (err error) {
			names, err = k.Members.Handles(tx, k.story(t, "two").Authors)
			return err
		})
		if strings.Join(names, " ") != "a-guest kim" {
			t.Errorf("the byline of two is %v", names)
		}
		for _, table := range []string{"accounts", "account_roles"} {
			if n := k.rows(t, 1, "SELECT count(*) FROM "+table); n[0] != "0" {
				t.Errorf("%s rows in %s", n[0], table)
			}
		}
		for _, row := range append(k.rows(t, 4, `SELECT name, bio, links, handle FROM profiles`), k.rows(t, 2, `SELECT source_id, subject_id FROM imported`)...) {
			if strings.Contains(row, "@") {
				t.Errorf("an address in %s", row)
			}
		}
	})
}

func TestTopics(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		if _, err := k.Topics.Save(t.Context(), "", topic("Leaving")); err != nil {
			t.Fatal(err)
		}
		r := k.bring(t, export(site,
			categoryDef(1, "allgemein", "", "Allgemein"), categoryDef(2, "work", "", "Work"), categoryDef(3, "gigs", "work", "Gigs &amp; more"),
			categoryDef(4, "empty", "", "Empty"),
			post(1, "one", "One", "Text.", term("category", "allgemein", "Allgemein"), term("category", "gigs", "Gigs &amp; more"), term("post_tag", "gigs", "gigs")),
			post(2, "two", "Two", "Text.", term("category", "uncategorized", "Uncategorized"), term("post_tag", "leaving", "leaving"), term("post_tag", "2016", "2016")),
		))
		got := strings.Join(k.rows(t, 2, `SELECT slug, name FROM topics ORDER BY slug`), ", ")
		if want := "gigs Gigs & more, leaving Leaving, topic-2016 2016"; got != want {
			t.Errorf("topics %s, want %s", got, want)
		}
		if n := len(k.story(t, "one").Topics); n != 1 {
			t.Errorf("one has %d topics", n)
		}
		if r.Made.Topics != 2 || r.Kept.Topics != 2 || r.Implied.Topics != 3 {
			t.Errorf("made %d, kept %d, implied %d", r.Made.Topics, r.Kept.Topics, r.Implied.Topics)
		}
		if got := whys(r.Skipped, "category"); got != "import.skip_default_category; import.skip_topic; import.skip_topic" {
			t.Errorf("skipped %s", got)
		}
		k.leads(t, "/category/work/gigs", "topic", "gigs")
		k.leads(t, "/tag/2016", "topic", "topic-2016")
	})
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		page := func(id int, slug, title string, others ...string) string {
			return post(id, slug, title, "Text.", append([]string{"wp:post_type=page", "link=" + site + "/" + slug + "/"}, others...)...)
		}
		r := k.bring(t, export(site,
			page(1, "about", "About"),
			page(2, "team", "Team"),
			page(3, "team", "Team", "wp:post_parent=1", "link="+site+"/about/team/"),
			page(4, "events", "Events"),
			page(5, "later", "Later", "wp:status=future", "wp:post_date_gmt=2030-01-02 03:04:05"),
			page(6, "board", "Board", "wp:status=private"),
			page(7, "empty", "Empty", "content:encoded="),
		))
		for slug, state := range map[string]string{"about": community.PagePublished, "about-team": community.PagePublished,
			"events-page": community.PagePublished, "later": community.PageDraft, "board": community.PageDraft, "empty": community.PageDraft} {
			if p := k.page(t, slug); p.State != state || p.Format != "html" {
				t.Errorf("%s is %s, %s", slug, p.State, p.Format)
			}
		}
		k.leads(t, "/about/team", "page", "about-team")
		k.leads(t, "/events", "page", "events-page")
		k.leads(t, "/?page_id=1", "page", "about")
		k.leads(t, "/about", "", "")
		if got := whys(r.Notes, "page 6"); got != "import.note_private" {
			t.Errorf("notes %q", got)
		}
	})
}

func TestRedirects(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.bring(t, export(site+"/blog",
			post(1, "first", "First", "Text.", "link="+site+"/blog/k%c3%bcste/first/"),
			post(2, "second", "Second", "Text.", "link="+site+"/stories/first"),
			post(3, "third", "Third", "Text.", "link=https://elsewhere.example/third/"),
			post(4, "fourth", "Fourth", "Text.", "link="+site+"/blog/küste/first"),
			post(5, "fifth", "Fifth", "Text.", "link="+site+"/a%00b/"),
		))
		k.leads(t, "/blog/küste/first", "story", "first")
		k.leads(t, "/blog/?p=1", "story", "first")
		k.leads(t, "/stories/first", "", "")
		k.leads(t, "/third", "", "")
		k.leads(t, "/blog/author/ines", "author", "ines")
		other := k.bring(t, export("https://other.example/blog", post(1, "another", "Another", "Text.", "link=https://other.example/blog/another/")))
		k.leads(t, "/blog/?p=1", "story", "first")
		k.leads(t, "/blog/another", "story", "another")
		if got := whys(other.Notes, "post 1"); got != "import.note_address_taken" {
			t.Errorf("notes %q", got)
		}
	})
}

// TestNumbersLeadOn brings a blog that lay in a folder: its front page, and the
// numbers of what it lists, lead on.
func TestNumbersLeadOn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		old := export(site+"/blog", author("ines", "Ines Falk"), categoryDef(7, "works", "", "Works"), categoryDef(8, "unused", "", "Unused"),
			post(1, "first", "First", "Text.", term("category", "works", "Works"), term("post_tag", "gigs", "Gigs")))
		k.bring(t, old)
		k.leads(t, "/blog/?cat=7", "topic", "works")
		k.leads(t, "/blog/category/works", "topic", "works")
		k.leads(t, "/blog/tag/gigs", "topic", "gigs")
		k.leads(t, "/blog/?cat=8", "", "")
		var home community.Target
		k.View(t, func(tx *db.Tx) (err error) {
			home, _, err = k.Community.Find(tx, "/blog")
			return err
		})
		if home.Kind != community.FormerHome {
			t.Errorf("the old front page leads to %+v", home)
		}
		if again := k.bring(t, old); again.Made.Redirects != 0 || len(again.Notes) != 0 {
			t.Errorf("the second time: %d redirects, notes %v", again.Made.Redirects, again.Notes)
		}
	})
}

func TestRepliesAndMedia(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		file := post(20, "lamp", "Lamp", "", "wp:post_type=attachment", "wp:status=inherit", "wp:post_parent=1",
			"wp:attachment_url="+site+"/files/lamp.jpg", "excerpt:encoded=<b>Two</b> lamps", meta("_wp_attachment_image_alt", "A lamp"))
		text := export(site,
			post(1, "one", "One", "Text.", meta("_thumbnail_id", "20"),
				comment(1, 0, "", "1", "<p>First</p>"), comment(2, 1, "comment", "1", "Answer"), comment(3, 2, "comment", "0", "Waiting"),
				comment(4, 0, "pingback", "1", "Ping"), comment(5, 0, "trackback", "spam", "Track"), comment(6, 0, "comment", "post-trashed", "Gone"),
				comment(7, 0, "order_note", "1", "Paid"), comment(2, 0, "comment", "1", "Double")),
			post(2, "two", "Two", "Text.", comment(1, 0, "comment", "1", "A number of the first")),
			post(3, "", "", "", comment(9, 0, "comment", "1", "Under nothing")),
			file, post(21, "ghost", "Ghost", "", "wp:post_type=attachment"))
		r := k.bring(t, text)
		got := strings.Join(k.rows(t, 5, `SELECT source_id, item_id, parent_id, kind, state FROM imported_replies ORDER BY source_id`), ", ")
		want := "4 1  pingback published, 5 1  trackback spam"
		if got != want {
			t.Errorf("replies\n%s, want\n%s", got, want)
		}
		if r.Made.Replies != 6 || whys(r.Skipped, "order_note 7") != "import.skip_reply_kind kind order_note" || whys(r.Skipped, "comment 9") != "import.skip_reply_item" {
			t.Errorf("made %d, skipped %+v", r.Made.Replies, r.Skipped)
		}
		got = strings.Join(k.rows(t, 7, `SELECT i.source_id, r.place, r.state, r.name, c.email, r.body, r.written_at FROM replies r JOIN reply_checks c ON c.reply_id = r.id
			JOIN imported i ON i.subject_id = r.id WHERE c.held = 'import' ORDER BY i.source_id`), "\n")
		want = "1 11 published Bo bo@readers.example First 1556784000000\n2 1111 published Bo bo@readers.example Answer 1556784000000\n" +
			"3 111111 pending Bo bo@readers.example Waiting 1556784000000\n6 12 trash Bo bo@readers.example Gone 1556784000000"
		if got != want {
			t.Errorf("replies\n%s, want\n%s", got, want)
		}
		if rows := k.rows(t, 6, `SELECT source_id, parent_id, url, title, alt, caption FROM imported_media`); len(rows) != 1 ||
			rows[0] != "20 1 https://quay.example/files/lamp.jpg Lamp A lamp Two lamps" {
			t.Errorf("media %q", rows)
		}
		if cover := k.rows(t, 2, `SELECT source_id, subject_id FROM imported WHERE kind = 'cover'`); len(cover) != 1 || cover[0] != "1 20" {
			t.Errorf("covers %q", cover)
		}
		changed := k.bring(t, strings.NewReplacer("Waiting", "Waited", "A lamp", "Two lamps").Replace(text))
		if changed.Updated != (wordpress.Counts{Replies: 1, Media: 1}) || changed.Made != (wordpress.Counts{}) {
			t.Errorf("updated %s, made %s", changed.Updated, changed.Made)
		}
	})
}

func TestWhoMayImport(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, role := range []members.Role{members.Editor, members.Organizer, members.Moderator, members.Member} {
			_, err := k.try(t, export(site, post(1, "one", "One", "Text.")), wordpress.Options{By: members.Actor{Roles: []members.Role{role}}})
			if !problem.Is(err, problem.Forbidden) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}
