package wxr_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"waypost/internal/testkit/growth"
	"waypost/transfer/wxr"
)

// endless makes an export of n items as it is read, and watches the heap meanwhile.
type endless struct {
	n, next int
	body    string
	rest    string
	bytes   int64
	peak    uint64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.next == 0:
			e.rest = `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>`
		case e.next <= e.n:
			e.rest = fmt.Sprintf("<item><title>Item %d</title><content:encoded><![CDATA[%s]]></content:encoded>"+
				"<wp:post_id>%d</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>\n", e.next, e.body, e.next)
		case e.next == e.n+1:
			e.rest = "</channel></rss>"
		default:
			return 0, io.EOF
		}
		if e.next%200 == 0 {
			e.peak = max(e.peak, growth.Live())
		}
		e.next++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.bytes += int64(n)
	return n, nil
}

// counter only counts.
type counter struct{ items int }

func (*counter) Site(wxr.Site) error       { return nil }
func (*counter) Author(wxr.Author) error   { return nil }
func (*counter) Term(wxr.Term) error       { return nil }
func (c *counter) Item(wxr.Item) error     { c.items++; return nil }
func (*counter) Problem(wxr.Problem) error { return nil }

// TestGrowthOfMemory streams 100 MB. It does not run beside other tests, whose memory
// would be counted.
func TestGrowthOfMemory(t *testing.T) {
	src := &endless{n: 2500, body: strings.Repeat("A day of work, and what came of it. ", 1120)}
	c := &counter{}
	sum, err := wxr.Read(t.Context(), src, c, wxr.Limits{})
	if err != nil || !sum.WellFormed || c.items != 2500 {
		t.Fatalf("%+v %v", sum, err)
	}
	if src.bytes < 100e6 || src.peak > 16<<20 {
		t.Errorf("%d bytes read, heap up to %d", src.bytes, src.peak)
	}
	t.Logf("%d MB read, heap up to %d MiB", src.bytes/1e6, src.peak>>20)
}
