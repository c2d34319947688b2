package markdown_test

import (
	"strings"
	"testing"

	"waypost/internal/markdown"
)

// essay is a story of about 900 words with what stories have: headings, links, a picture, a quotation, a list.
func essay() string {
	paragraph := "I had worked the door, the till and the sound desk for \"about a year\" before anybody asked what I wanted " +
		"to do next, and I didn't have an answer. The *trial* began in May; three weeks later I knew the names of everyone " +
		"on the late shift, and [what they earned](https://example.com/pay), and that I would not stay -- not for that.\n\n"
	part := "## What the trial was like\n\n" + paragraph + paragraph + paragraph +
		"> You can always come back, she said, and meant it.\n\n- two nights a week\n- one **Sunday** in three\n\n" + paragraph
	return strings.Repeat(part, 2) + "![The desk](/media/desk.jpg \"The desk, in May\")\n\n" + part
}

func BenchmarkStory(b *testing.B) {
	source, o := essay(), site()
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		markdown.Story(source, o)
	}
	b.ReportMetric(float64(markdown.Story(source, o).Words), "words")
}

func BenchmarkImported(b *testing.B) {
	o := site()
	source := markdown.Story(essay(), o).HTML
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		markdown.Imported(source, o)
	}
}
