package messages_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
)

const root = "../.."

// use is a place where a key stands, with the names of the values it is given there;
// nil where they cannot be told.
type use struct {
	where, key string
	given      []string
}

// shaped is what a key looks like.
var shaped = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)

// inTemplates finds the keys that templates name.
func inTemplates(t *testing.T) []use {
	t.Helper()
	var uses []use
	walkFiles(t, "web/templates", ".html", func(name string, text []byte) {
		trees := map[string]*parse.Tree{}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(string(text), "", "", trees); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		trees[name] = tree
		for _, tree := range trees {
			if tree.Root != nil {
				uses = append(uses, inNode(name, tree.Root)...)
			}
		}
	})
	return uses
}

// inNode finds the keys below a node of a template.
func inNode(name string, node parse.Node) []use {
	var uses []use
	var visit func(parse.Node)
	branch := func(b *parse.BranchNode) {
		visit(b.Pipe)
		visit(b.List)
		if b.ElseList != nil {
			visit(b.ElseList)
		}
	}
	visit = func(node parse.Node) {
		switch n := node.(type) {
		case *parse.ListNode:
			for _, x := range n.Nodes {
				visit(x)
			}
		case *parse.ActionNode:
			visit(n.Pipe)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				visit(n.Pipe)
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				visit(c)
			}
		case *parse.CommandNode:
			uses = append(uses, inCommand(name, n)...)
			for _, a := range n.Args {
				visit(a)
			}
		case *parse.ChainNode:
			visit(n.Node)
		}
	}
	visit(node)
	return uses
}

// inCommand is the key of a call such as t "story.minutes" "count" .Minutes.
func inCommand(name string, n *parse.CommandNode) []use {
	called, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok || called.Ident != "t" || len(n.Args) < 2 {
		return nil
	}
	key, ok := n.Args[1].(*parse.StringNode)
	if !ok {
		return nil
	}
	u := use{where: name, key: key.Text, given: []string{}}
	for i := 2; i < len(n.Args); i += 2 {
		if value, ok := n.Args[i].(*parse.StringNode); ok {
			u.given = append(u.given, value.Text)
		}
	}
	return []use{u}
}

// inGo finds what looks like a key in the program's Go files.
func inGo(t *testing.T) []use {
	t.Helper()
	var uses []use
	walkFiles(t, ".", ".go", func(name string, text []byte) {
		if strings.HasSuffix(name, "_test.go") || slices.ContainsFunc([]string{"internal/testkit/", "bench/", "scripts/"}, func(f string) bool { return strings.HasPrefix(name, f) }) {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for node := range ast.Preorder(file) {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, _ := strconv.Unquote(literal.Value)
				if shaped.MatchString(text) {
					uses = append(uses, use{where: files.Position(literal.Pos()).String(), key: text})
				}
			}
		}
	})
	return uses
}

// walkFiles calls fn with every file of the project below a folder that has this ending.
func walkFiles(t *testing.T, folder, ending string, fn func(name string, text []byte)) {
	t.Helper()
	files := os.DirFS(root)
	err := fs.WalkDir(files, path.Clean(folder), func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{"testdata", "node_modules", ".git", "waypost-data"}, entry.Name()) {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ending {
			return nil
		}
		text, err := fs.ReadFile(files, name)
		if err == nil {
			fn(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
