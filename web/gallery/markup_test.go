package gallery_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// void are the elements that have no end tag.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// markupFaults names what is wrong with a page: a tag that closes nothing or is not
// closed, an id that stands twice, a reference within the page that leads nowhere.
func markupFaults(page []byte) []string {
	var faults []string
	var open []string
	ids, wanted := map[string]int{}, map[string]string{}
	z := html.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		tok := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			if kind == html.StartTagToken && !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
			for _, a := range tok.Attr {
				refer(a, ids, wanted)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				faults = append(faults, fmt.Sprintf("</%s> closes none of %v", tok.Data, open))
				return faults
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		faults = append(faults, fmt.Sprintf("not closed: %v", open))
	}
	for id, n := range ids {
		if n > 1 {
			faults = append(faults, fmt.Sprintf("the id %q stands %d times", id, n))
		}
	}
	for id, by := range wanted {
		if ids[id] == 0 {
			faults = append(faults, fmt.Sprintf("%s refers to %q, which is not there", by, id))
		}
	}
	slices.Sort(faults)
	return faults
}

// refer notes the id that an attribute gives, or the ids that it wants to be there.
func refer(a html.Attribute, ids map[string]int, wanted map[string]string) {
	switch a.Key {
	case "id":
		ids[a.Val]++
	case "for", "aria-describedby", "aria-labelledby", "aria-controls", "list":
		for _, id := range strings.Fields(a.Val) {
			wanted[id] = a.Key
		}
	case "href":
		if id, here := strings.CutPrefix(a.Val, "#"); here {
			name, err := url.PathUnescape(id)
			if err != nil {
				name = id
			}
			wanted[name] = "a link"
		}
	}
}

func TestMarkupFaults(t *testing.T) {
	t.Parallel()
	for page, n := range map[string]int{
		`<p id="a"><a href="#a">x<br></a></p>`: 0, `<p><b></p>`: 1, `<ul><li></li>`: 1, `<p id="a"></p><p id="a"></p>`: 1, `<label for="x"></label>`: 1,
		`<svg><path d="M0 0"/></svg>`: 0,
	} {
		if faults := markupFaults([]byte(page)); len(faults) != n {
			t.Errorf("%s: %v, want %d faults", page, faults, n)
		}
	}
}
