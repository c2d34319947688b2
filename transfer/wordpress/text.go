package wordpress

import (
	"fmt"
	"strings"
	"waypost/transfer/wordpress/words"
)

// Text names this many entries of one reason, and of each so many letters of what is
// particular to it.
const (
	mostExamples = 5
	mostDetail   = 160
)

// Text is the report in plain English for a console: counts first, then what was left
// out and what changed, by reason. The reasons themselves are in the community's language.
func (r Report) Text() string {
	var b strings.Builder
	if r.DryRun {
		b.WriteString("This was a dry run: nothing was written.\n")
	}
	if r.Continued {
		b.WriteString("An earlier import of this site was cut off; this one went on with it.\n")
	}
	fmt.Fprintf(&b, "Read:    %s, %s, %s, %s.\n", counted(r.Read.Items, "item", "items"), counted(r.Read.Authors, "author", "authors"),
		counted(r.Read.CategoryDefs+r.Read.TagDefs+r.Read.TermDefs, "category or tag", "categories and tags"), counted(r.Read.Comments, "reply", "replies"))
	fmt.Fprintf(&b, "Made:    %s.\n", r.Made)
	if r.Updated != (Counts{}) {
		fmt.Fprintf(&b, "Updated: %s.\n", r.Updated)
	}
	if r.Kept != (Counts{}) {
		fmt.Fprintf(&b, "Kept:    %s.\n", r.Kept)
	}
	listed(&b, "Skipped", r.Skipped)
	listed(&b, "Notes", r.Notes)
	if r.MoreNotes > 0 {
		fmt.Fprintf(&b, "  and %d more notes\n", r.MoreNotes)
	}
	return b.String()
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Nothing says why there was nothing to read in a file that is no error of its own,
// or "".
func (r Report) Nothing() string {
	if r.Read.Items+r.Read.Authors+r.Read.CategoryDefs+r.Read.TagDefs+r.Read.TermDefs+r.Read.Comments > 0 {
		return ""
	}
	for _, n := range r.Notes {
		if n.Kind == File {
			return fmt.Sprintf("%s (line %d)", n.Why, n.Line)
		}
	}
	return "it is an export without content"
}

// String names the numbers that are not zero.
func (c Counts) String() string {
	var parts []string
	for _, n := range [...]struct {
		n         int
		one, many string
	}{
		{c.Stories, "story", "stories"}, {c.Pages, "page", "pages"}, {c.Authors, "author", "authors"}, {c.Topics, "topic", "topics"},
		{c.Replies, "reply", "replies"}, {c.Media, "attachment noted", "attachments noted"}, {c.Redirects, "redirect", "redirects"},
	} {
		if n.n != 0 {
			parts = append(parts, counted(n.n, n.one, n.many))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// listed writes entries by reason, in the order in which the reasons come up.
func listed(b *strings.Builder, title string, entries []Entry) {
	if len(entries) == 0 {
		return
	}
	total := 0
	var reasons []string
	byReason := map[string][]Entry{}
	for _, e := range entries {
		if byReason[e.Why] == nil {
			reasons = append(reasons, e.Why)
		}
		byReason[e.Why] = append(byReason[e.Why], e)
		total += e.things()
	}
	fmt.Fprintf(b, "%s: %d.\n", title, total)
	for _, why := range reasons {
		of, n := byReason[why], 0
		for _, e := range of {
			n += e.things()
		}
		fmt.Fprintf(b, "  %d × %s\n", n, why)
		for _, e := range of[:min(len(of), mostExamples)] {
			fmt.Fprintf(b, "      %s\n", e.place())
		}
		if n > mostExamples {
			fmt.Fprintf(b, "      …\n")
		}
	}
}

// place is what an entry is about, where it stands and what is particular to it.
func (e Entry) place() string {
	place := e.What
	switch {
	case e.Line > 0 && e.What == "":
		place = fmt.Sprintf("line %d", e.Line)
	case e.Line > 0:
		place = fmt.Sprintf("%s (line %d)", e.What, e.Line)
	}
	if e.More != "" {
		place += ": " + words.Shorten(e.More, mostDetail)
	}
	return place
}
