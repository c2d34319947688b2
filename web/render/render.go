package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"waypost/web/messages"
)

// Renderer executes templates in any of the interface's languages.
type Renderer struct {
	Catalogs map[string]*messages.Catalog
	Assets   *Assets
	Funcs    template.FuncMap // of which templates may call more; set before the first page

	files fs.FS
	live  bool // templates are read at each use, for development

	mu    sync.Mutex
	ready map[string]*template.Template // language + " " + layout + " " + page
	base  map[string]*template.Template // language + " " + layout
}

// New renders with the templates of a folder called templates.
func New(files fs.FS, catalogs map[string]*messages.Catalog, live bool) *Renderer {
	return &Renderer{Catalogs: catalogs, Assets: NewAssets(files, live), files: files, live: live,
		ready: map[string]*template.Template{}, base: map[string]*template.Template{}}
}

// Catalog is the words of a language, English if there is no such language.
func (r *Renderer) Catalog(language string) *messages.Catalog {
	if c := r.Catalogs[language]; c != nil {
		return c
	}
	return r.Catalogs["en"]
}

// Page executes a page, "public/story", in a language.
func (r *Renderer) Page(language, page string, data any) ([]byte, error) {
	return r.PageIn(language, folder(page), page, data)
}

// PageIn executes a page with the layout, and so with the parts, of another folder.
func (r *Renderer) PageIn(language, layout, page string, data any) ([]byte, error) {
	b, err := r.execute(language, layout, page, "layout", data)
	if err != nil {
		return nil, err
	}
	defer buffers.Put(b)
	return bytes.Clone(b.Bytes()), nil
}

// Draft is Page for those who tell by done when they do not read it any more.
func (r *Renderer) Draft(language, page string, data any) (body []byte, done func(), err error) {
	b, err := r.execute(language, folder(page), page, "layout", data)
	if err != nil {
		return nil, nil, err
	}
	return b.Bytes(), func() { buffers.Put(b) }, nil
}

// Part executes what a page calls by this name between its elements, such as a list.
func (r *Renderer) Part(language, page, part string, data any) (template.HTML, error) {
	b, err := r.execute(language, folder(page), page, part, data)
	if err != nil {
		return "", err
	}
	defer buffers.Put(b)
	return template.HTML(b.String()), nil
}

// execute fills one of the buffers.
func (r *Renderer) execute(language, layout, page, name string, data any) (*bytes.Buffer, error) {
	t, err := r.template(r.Catalog(language), layout, page)
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", page, err)
	}
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if err := t.ExecuteTemplate(b, name, data); err != nil {
		buffers.Put(b)
		return nil, fmt.Errorf("page %s: %w", page, err)
	}
	return b, nil
}

// buffers are for pages in the making: what one grew to is room for the next.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// template parses a page when it is first wanted: a layout, the parts, and the page
// itself, which defines "content".
func (r *Renderer) template(c *messages.Catalog, layout, page string) (*template.Template, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := c.Language + " " + layout + " " + page
	if t := r.ready[key]; t != nil && !r.live {
		return t, nil
	}
	base, err := r.layout(c, layout)
	if err != nil {
		return nil, err
	}
	t, err := base.Clone()
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(r.files, "templates/"+page+".html"); err != nil {
		return nil, err
	}
	r.constants(c).fold(t)
	r.ready[key] = t
	return t, nil
}

func (r *Renderer) layout(c *messages.Catalog, name string) (*template.Template, error) {
	key := c.Language + " " + name
	if t := r.base[key]; t != nil && !r.live {
		return t, nil
	}
	t, err := template.New(name).Option("missingkey=error").Funcs(r.funcs(c)).Funcs(r.Funcs).
		ParseFS(r.files, "templates/layout/"+name+".html", "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	r.base[key] = t
	return t, nil
}

// folder names the layout of a page: that of its folder, or the desk's for those that
// stand in the same shell.
func folder(page string) string {
	first, _, _ := strings.Cut(page, "/")
	if first == "join" || first == "letters" || first == "me" || first == "path" || first == "replies" {
		return "desk"
	}
	return first
}
