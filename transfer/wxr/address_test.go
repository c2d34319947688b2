package wxr_test

import (
	"slices"
	"testing"

	"waypost/transfer/wxr"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	site := wxr.Site{BaseBlogURL: "https://www.old.example/blog", Link: "http://old.example/blog"}
	for _, c := range []struct {
		kind, link string
		id         int64
		want       []string
	}{
		{"post", "https://old.example/blog/2014/03/a-title/", 12, []string{"/blog/2014/03/a-title/", "/blog/2014/03/a-title", "/blog/?p=12"}},
		{"post", "http://WWW.OLD.example/blog/a.html#more", 12, []string{"/blog/a.html", "/blog/?p=12"}},
		{"post", "https://old.example/blog/?p=12", 12, []string{"/blog/?p=12"}},
		{"post", "https://old.example/blog/?p=12&lang=de", 12, []string{"/blog/?lang=de&p=12", "/blog/?p=12"}},
		{"post", "/archive/a/", 0, []string{"/archive/a/", "/archive/a"}},
		{"post", "https://old.example/blog/caf%C3%A9 au lait/", 0, []string{"/blog/caf%C3%A9%20au%20lait/", "/blog/caf%C3%A9%20au%20lait"}},
		{"post", "https://old.example/blog/../../x//y/", 0, []string{"/x/y/", "/x/y"}},
		{"page", "https://old.example/blog/about/", 3, []string{"/blog/about/", "/blog/about", "/blog/?p=3", "/blog/?page_id=3"}},
		{"page", "https://old.example/blog/", 3, []string{"/blog/?p=3", "/blog/?page_id=3"}},
		{"post", "https://elsewhere.example/a/", 12, []string{"/blog/?p=12"}},
		{"post", "javascript:alert(1)", 0, nil},
		{"post", "//elsewhere.example/a", 0, nil},
		{"post", "https://old.example:99/a", 0, nil},
		{"post", "a\x00b", 0, nil},
		{"post", "", 0, nil},
		{"attachment", "https://old.example/blog/lamp/", 12, nil},
		{"nav_menu_item", "https://old.example/blog/7/", 12, nil},
	} {
		got := wxr.Addresses(&wxr.Item{Type: c.kind, Link: c.link, ID: c.id}, site)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: got %q, want %q", c.kind, c.link, got, c.want)
		}
	}
	root := wxr.Site{Link: "https://old.example"}
	got := wxr.Addresses(&wxr.Item{Type: "post", Link: "https://old.example/", ID: 1}, root)
	if !slices.Equal(got, []string{"/?p=1"}) {
		t.Errorf("front page: %q", got)
	}
}
