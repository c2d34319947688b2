package waypost_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of this module, as imports begin with it.
const module = "waypost"

// source is a Go file of the module.
type source struct {
	name    string // with slashes, from the root of the module
	text    []byte
	syntax  *ast.File
	files   *token.FileSet
	imports []string
}

// pkg is the folder of the file; the root of the module is ".".
func (s source) pkg() string { return path.Dir(s.name) }

// test reports whether only tests compile the file.
func (s source) test() bool {
	return strings.HasSuffix(s.name, "_test.go") || under(s.name, "internal/testkit")
}

func (s source) lines() int { return bytes.Count(s.text, []byte("\n")) }

func (s source) line(pos token.Pos) int { return s.files.Position(pos).Line }

// under reports whether name is folder or lies in it.
func under(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// among reports whether name lies in one of the folders.
func among(name string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return under(name, f) })
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, name := range projectFiles(t) {
		if !strings.HasSuffix(name, ".go") || strings.Contains(name, "testdata/") {
			continue
		}
		s, err := parseSource(name, readFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		t.Fatal("no Go file found: the test does not run in the root of the module")
	}
	return all
}

func parseSource(name string, text []byte) (source, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	s := source{name: name, text: text, syntax: syntax, files: files}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// programSources leaves out what only tests compile.
func programSources(t *testing.T) []source {
	t.Helper()
	return slices.DeleteFunc(sources(t), source.test)
}

// notOurs is what git ignores or keeps for itself.
var notOurs = []string{".git", "bin", "waypost", "waypost-data", "testdata/axe/node_modules"}

// projectFiles names every file of the project, with slashes.
func projectFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case slices.Contains(notOurs, name):
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case entry.Type().IsRegular():
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
