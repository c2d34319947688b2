package render

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"

	"waypost/community"
)

// Assets are the static files, each under an address with a hash of its content.
type Assets struct {
	files fs.FS // static/…
	live  bool  // read anew each time, for development

	mu     sync.Mutex
	byName map[string]*Asset // "waypost.css"
	byPath map[string]*Asset // "waypost.3f2a….css"
}

// Asset is a static file in every encoding.
type Asset struct {
	Path        string // below /static/
	ContentType string
	Body        []byte

	once       sync.Once
	gzip, brot []byte
}

// NewAssets serves the files of a folder called static.
func NewAssets(files fs.FS, live bool) *Assets {
	return &Assets{files: files, live: live, byName: map[string]*Asset{}, byPath: map[string]*Asset{}}
}

// URL is the address of a static file by its name. A name without a file gives an
// address that answers 404; a test walks them all.
func (a *Assets) URL(name string) string {
	x, err := a.load(name)
	if err != nil {
		return "/static/" + name
	}
	return "/static/" + x.Path
}

func (a *Assets) load(name string) (*Asset, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.loaded(name)
}

// imported is where a module names another that lies beside it.
var imported = regexp.MustCompile(`from "\./([a-z-]+\.js)"`)

// loaded is load under the lock. A module imports others by the addresses that name
// their content, so its own address changes with theirs; none imports in a circle.
func (a *Assets) loaded(name string) (*Asset, error) {
	if x := a.byName[name]; x != nil && !a.live {
		return x, nil
	}
	body, err := fs.ReadFile(a.files, path.Join("static", name))
	if err != nil {
		return nil, fmt.Errorf("static file: %w", err)
	}
	ext := path.Ext(name)
	if ext == ".js" {
		for _, found := range imported.FindAllSubmatch(body, -1) {
			other, err := a.loaded(string(found[1]))
			if err != nil {
				return nil, fmt.Errorf("imported by %s: %w", name, err)
			}
			body = bytes.ReplaceAll(body, found[0], []byte(`from "./`+other.Path+`"`))
		}
	}
	sum := sha256.Sum256(body)
	x := &Asset{
		Path:        strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		ContentType: mime.TypeByExtension(ext),
		Body:        body,
	}
	a.byName[name], a.byPath[x.Path] = x, x
	return x, nil
}

// Find is the file at an address below /static/. All files are loaded at the first
// address that is not known yet, since a browser may ask before any page did.
func (a *Assets) Find(address string) (*Asset, bool) {
	a.mu.Lock()
	x := a.byPath[address]
	a.mu.Unlock()
	if x != nil {
		return x, true
	}
	names, err := fs.Glob(a.files, "static/*")
	if err != nil {
		return nil, false
	}
	for _, name := range names {
		if _, err := a.load(path.Base(name)); err != nil {
			return nil, false
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	x = a.byPath[address]
	return x, x != nil
}

// Encodings are the file compressed by gzip and brotli, made once; nil where that
// is no gain.
func (x *Asset) Encodings() (gz, br []byte) {
	x.once.Do(func() {
		if strings.HasPrefix(x.ContentType, "image/png") {
			return
		}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
		_, _ = w.Write(x.Body)                                // a buffer takes everything
		_ = w.Close()
		x.gzip = bytes.Clone(b.Bytes())
		b.Reset()
		bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
		_, _ = bw.Write(x.Body)
		_ = bw.Close()
		x.brot = bytes.Clone(b.Bytes())
	})
	return x.gzip, x.brot
}

// AccentSheet is the address of the stylesheet for an owner's colour, or "" for the
// design's own. Its name says both forms of the colour, so it never changes.
func AccentSheet(accent string) string {
	if accent == community.DefaultAccent {
		return ""
	}
	a := community.AccentsOf(accent)
	return "/static/accent-" + a.Light[1:] + "-" + a.Dark[1:] + ".css"
}
