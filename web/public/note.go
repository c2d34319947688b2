package public

import (
	"html/template"
	"sync"

	"waypost/internal/markdown"
	"waypost/web/render"
)

// mostNotes bounds how many rendered notes are held.
const mostNotes = 1000

// notes holds the short texts that many pages show, such as who an author is, as they
// were rendered. What a note becomes depends on nothing but its words and the language.
type notes struct {
	mu   sync.Mutex
	html map[noteKey]template.HTML
}

type noteKey struct{ language, source string }

func (n *notes) get(k noteKey) (template.HTML, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	html, ok := n.html[k]
	return html, ok
}

// put starts over when there are too many: the notes in use are soon back.
func (n *notes) put(k noteKey, html template.HTML) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.html == nil || len(n.html) >= mostNotes {
		n.html = map[noteKey]template.HTML{}
	}
	n.html[k] = html
}

// note renders a short text: the biography of an author, the note on a resource.
func (b *build) note(source string) template.HTML {
	if source == "" {
		return ""
	}
	key := noteKey{b.words.Language, source}
	html, ok := b.notes.get(key)
	if !ok {
		html = render.Body(markdown.Note(source, markdown.Options{IDPrefix: "note-", Base: b.Base.String(), UGC: true, Words: render.MarkdownWords(b.words)}).HTML)
		b.notes.put(key, html)
	}
	return html
}
