//go:build linux

package site

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"waypost/stories"
	"waypost/stories/trails"
)

// Length is how long the stories are.
type Length struct{ Paragraphs, Words int }

// TenBySeventyFive is an essay of ten paragraphs of 75 words.
var TenBySeventyFive = Length{10, 75}

// Writer puts new stories together from those of the sample community.
type Writer struct {
	Length
	next      int
	dice      *rand.Rand
	sentences []string
	sample    []stories.Content
}

func newWriter(l Length, sample []stories.Content) *Writer {
	w := &Writer{Length: l, dice: rand.New(rand.NewPCG(2016, 1)), sample: sample}
	for _, c := range sample {
		for line := range strings.Lines(c.Body) {
			if line = strings.TrimSpace(line); plain(line) {
				w.sentences = append(w.sentences, strings.SplitAfter(line, ". ")...)
			}
		}
	}
	return w
}

// plain reports that a line is the beginning of a paragraph and no heading, list or
// quotation.
func plain(line string) bool {
	return len(line) > 40 && !strings.ContainsAny(line[:1], "#>-*|[!0123456789") && !strings.ContainsAny(line, "[]_`")
}

// Next makes a story: a text of its own, and everything else as one of the sample's;
// every second one is without a path.
func (w *Writer) Next() stories.Content {
	n := w.next
	w.next++
	c := w.sample[n%len(w.sample)]
	title, _, _ := strings.Cut(c.Title, ", part ")
	c.Title = fmt.Sprintf("%s, part %d", title, n/len(w.sample)+2)
	c.Slug = fmt.Sprintf("%s-%d", c.Slug, n/len(w.sample)+2)
	c.Format, c.Body = stories.Markdown, w.body()
	c.Published = c.Published.AddDate(0, 0, -n)
	if len(c.Topics) > 2 {
		c.Topics = c.Topics[:2]
	}
	if n%2 == 1 {
		c.Trail = trails.Trail{}
	}
	return c
}

func (w *Writer) body() string {
	var b strings.Builder
	for range w.Paragraphs {
		for words := 0; words < w.Words; {
			sentence := strings.TrimSpace(w.sentences[w.dice.IntN(len(w.sentences))])
			b.WriteString(sentence + " ")
			words += len(strings.Fields(sentence))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}
