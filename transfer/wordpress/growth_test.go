package wordpress_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/growth"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// TestGrowthOfMemory brings 3,000 posts: the memory in use while it runs does not
// grow with their texts. It does not run beside other tests, whose memory would be
// counted.
func TestGrowthOfMemory(t *testing.T) {
	k := newKit(ground.On(testkit.DB(t)))
	const posts, words = 3000, 400
	body := strings.Repeat("<p>What a year of lamps and cables taught.</p>\n", words/8)
	var b strings.Builder
	for i := 1; i <= posts; i++ {
		b.WriteString(post(i, fmt.Sprintf("post-%d", i), fmt.Sprintf("Post %d", i), body, term("post_tag", fmt.Sprintf("t-%d", i%50), fmt.Sprintf("T %d", i%50))))
	}
	text := export(site, b.String())
	source, err := wxr.NewSource(strings.NewReader(text), int64(len(text)), wxr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var early, late uint64
	r, err := k.Import.Import(t.Context(), source, wordpress.Options{By: owner(), Progress: func(read, total int64) {
		switch at := read * 100 / total; {
		case early == 0 && at > 60:
			early = growth.Live()
		case at > 95:
			late = max(late, growth.Live())
		}
	}})
	if err != nil || r.Made.Stories != posts {
		t.Fatalf("made %s: %v", r.Made, err)
	}
	t.Logf("%d MiB in use early, %d late", early>>20, late>>20)
	if late > early+16<<20 {
		t.Errorf("memory grew from %d to %d bytes", early, late)
	}
}
