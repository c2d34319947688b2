package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Some constructs of Markdown let a short text ask for work or output that grows with its square: containers in one
// another, tables padded to the width of their header, reference links that repeat a long address, and marks that are
// compared with all marks before them in their paragraph. Beyond these bounds, far above what people write, a mark is
// read as the text it is.
const (
	maxContainers     = 24        // quotations, lists and footnotes in one another
	maxTableCells     = 20_000    // columns × rows
	maxDefinitions    = 500       // lines of a paragraph that may define links
	maxBrackets       = 300       // "[" in a paragraph
	maxDelimiters     = 1000      // marks of emphasis in a paragraph
	maxCodeSpans      = 500       // runs of "`" in a paragraph
	maxNoteMarks      = 1000      // references to footnotes in a text
	maxQuotesRun      = 8         // quotation marks in a row
	referenceBudgetBy = 256 << 10 // bytes of addresses beyond the length of the source
)

// Where the bounded parsers keep their counts while a text is parsed.
var (
	bracketsKey   = parser.NewContextKey()
	delimitersKey = parser.NewContextKey()
	codeSpansKey  = parser.NewContextKey()
	noteMarksKey  = parser.NewContextKey()
)

// sparing lets an inline parser try only so often in a paragraph, or in the whole text if it does not start again.
type sparing struct {
	parser.InlineParser
	key   parser.ContextKey
	limit int
	whole bool
}

func (s sparing) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	// "]" closes what a counted "[" opened.
	if block.Peek() != ']' {
		tries, _ := pc.Get(s.key).(int)
		if tries >= s.limit {
			return nil
		}
		pc.Set(s.key, tries+1)
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements parser.CloseBlocker.
func (s sparing) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if !s.whole {
		pc.Set(s.key, nil)
	}
	if inner, ok := s.InlineParser.(parser.CloseBlocker); ok {
		inner.CloseBlock(parent, block, pc)
	}
}

// shortRuns reads a long row of quotation marks as text, because the typographer measures the row at each of them.
type shortRuns struct{ parser.InlineParser }

func (s shortRuns) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if line[0] == '"' || line[0] == '\'' {
		run := len(line) - len(bytes.TrimLeft(line, string(line[0])))
		if run > maxQuotesRun {
			block.Advance(run)
			return ast.NewTextSegment(segment.WithStop(segment.Start + run))
		}
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// fewDefinitions looks for definitions of links only in paragraphs of reasonable length.
type fewDefinitions struct{ parser.ParagraphTransformer }

func (f fewDefinitions) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if p.Lines().Len() <= maxDefinitions {
		f.ParagraphTransformer.Transform(p, reader, pc)
	}
}

// shallow keeps a container block from opening too deep; its line is then read as a paragraph.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() != ast.KindListItem {
			depth++
		}
		if depth > maxContainers {
			return nil, parser.NoChildren
		}
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// smallTables leaves a paragraph alone that would be a table of more than maxTableCells.
type smallTables struct{ parser.ParagraphTransformer }

func (s smallTables) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := p.Lines()
	columns := 0
	for i := range lines.Len() {
		line := lines.At(i)
		columns = max(columns, bytes.Count(line.Value(reader.Source()), []byte{'|'})+1)
	}
	if columns*lines.Len() <= maxTableCells {
		s.ParagraphTransformer.Transform(p, reader, pc)
	}
}

// referenceBudget takes the address from links once all of them together are longer than the text could have written
// out, as cmark does.
type referenceBudget struct{}

func (referenceBudget) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	left := len(reader.Source()) + referenceBudgetBy
	spend := func(destination, title *[]byte) {
		if left -= len(*destination) + len(*title); left < 0 {
			*destination, *title = nil, nil
		}
	}
	// The walker returns no error of its own.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Link:
				spend(&n.Destination, &n.Title)
			case *ast.Image:
				spend(&n.Destination, &n.Title)
			}
		}
		return ast.WalkContinue, nil
	})
}
