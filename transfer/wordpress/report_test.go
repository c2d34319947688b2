package wordpress_test

import (
	"encoding/json"
	"strings"
	"testing"

	"waypost/transfer/wordpress"
)

// TestReportShape holds the JSON that other programs read.
func TestReportShape(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.bring(t, export(site, author("ines", "Ines"), post(1, "one", "One", "Text."), post(2, "menu", "Menu", "", "wp:post_type=nav_menu_item")))
		var got map[string]json.RawMessage
		if err := json.Unmarshal([]byte(asJSON(t, r)), &got); err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{
			"made":    `{"stories":1,"pages":0,"authors":1,"topics":0,"replies":0,"media":0,"redirects":3}`,
			"skipped": `[{"what":"nav_menu_item 2 “Menu”","why":"import.skip_menu","line":6,"kind":"item"}]`,
			"notes":   `[]`,
			"dry_run": `false`,
		} {
			if string(got[key]) != want {
				t.Errorf("%s is %s, want %s", key, got[key], want)
			}
		}
		var read struct{ Items, Authors int }
		if err := json.Unmarshal(got["read"], &read); err != nil || read.Items != 2 || read.Authors != 1 {
			t.Errorf("read %s: %v", got["read"], err)
		}
	})
}

func TestReportText(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		text := export(site, post(1, "one", "One", "Text.", "wp:status=private"), post(2, "menu", "Menu", "", "wp:post_type=nav_menu_item"))
		want := `This was a dry run: nothing was written.
Read:    2 items, 0 authors, 0 categories and tags, 0 replies.
Made:    1 story, 1 author, 1 redirect.
Skipped: 1.
  1 × import.skip_menu
      nav_menu_item 2 “Menu” (line 5)
Notes: 1.
  1 × import.note_private
      post 1 “One” (line 4)
`
		if got := k.dry(t, text).Text(); got != want {
			t.Errorf("text\n%s\nwant\n%s", got, want)
		}
	})
}

// TestUnbalanced keeps the check of the numbers honest.
func TestUnbalanced(t *testing.T) {
	t.Parallel()
	var r wordpress.Report
	r.Read.Items, r.Read.Comments, r.Read.TagDefs = 3, 1, 1
	r.Made = wordpress.Counts{Stories: 1, Media: 1, Topics: 2}
	r.Implied.Topics = 1
	r.Skipped = []wordpress.Entry{{Kind: wordpress.Reply, Count: 1}}
	if got := strings.Join(r.Unbalanced(), "; "); got != "item: 3 read, 2 made, updated or kept, 0 skipped" {
		t.Errorf("got %s", got)
	}
}
