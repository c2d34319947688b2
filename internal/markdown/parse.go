package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// quotes are the marks of a language, written as goldmark puts them out.
type quotes map[extension.TypographicPunctuation]string

var (
	notes        = newMarkdown()
	englishStory = newStory(quotes{})
	germanStory  = newStory(quotes{
		extension.LeftDoubleQuote: "&bdquo;", extension.RightDoubleQuote: "&ldquo;",
		extension.LeftSingleQuote: "&sbquo;", extension.RightSingleQuote: "&lsquo;",
	})
)

func storyHTML(src, language string) []byte {
	if language == "de" {
		return convert(germanStory, src)
	}
	return convert(englishStory, src)
}

func noteHTML(src string) []byte {
	return convert(notes, src)
}

// convert renders to memory, where writing cannot fail.
func convert(md goldmark.Markdown, src string) []byte {
	var out bytes.Buffer
	out.Grow(len(src) + len(src)/2)
	if err := md.Convert([]byte(src), &out); err != nil {
		return nil
	}
	return out.Bytes()
}

func newStory(q quotes) goldmark.Markdown {
	// << and >> are left alone: in running text they are arrows and shifts more often than quotation marks.
	marks := map[extension.TypographicPunctuation][]byte{extension.LeftAngleQuote: nil, extension.RightAngleQuote: nil}
	for mark, entity := range q {
		marks[mark] = []byte(entity)
	}
	md := newMarkdown(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
	)
	md.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(shallow{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(
			util.Prioritized(sparing{extension.NewFootnoteParser(), noteMarksKey, maxNoteMarks, true}, 101),
			util.Prioritized(shortRuns{extension.NewTypographerParser(extension.WithTypographicSubstitutions(marks))}, 9999),
		),
		parser.WithParagraphTransformers(util.Prioritized(smallTables{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
	table := extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))
	md.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(table, 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
	))
	return md
}

// newMarkdown is CommonMark with strikethrough and links from bare addresses; without headings, unless given in more,
// and without HTML, which is therefore plain text.
func newMarkdown(more ...util.PrioritizedValue) goldmark.Markdown {
	blocks := append([]util.PrioritizedValue{
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}, more...)
	md := goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(
			util.Prioritized(sparing{parser.NewCodeSpanParser(), codeSpansKey, maxCodeSpans, false}, 100),
			util.Prioritized(sparing{parser.NewLinkParser(), bracketsKey, maxBrackets, false}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(sparing{parser.NewEmphasisParser(), delimitersKey, maxDelimiters, false}, 500),
			util.Prioritized(sparing{extension.NewStrikethroughParser(), delimitersKey, maxDelimiters, false}, 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(fewDefinitions{parser.LinkReferenceParagraphTransformer}, 100)),
		parser.WithASTTransformers(util.Prioritized(referenceBudget{}, 1000)),
	)))
	md.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)))
	return md
}
