package gallery_test

import (
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"text/template/parse"

	"waypost/web"
	"waypost/web/gallery"
)

// TestEveryBranchIsShown asks that each condition of each template is so in some scene
// and not so in another, and that each list has something in it. What a template tells
// apart has a scene then.
func TestEveryBranchIsShown(t *testing.T) {
	t.Parallel()
	watched := newBranches()
	g := opened(t, watched.files(t))
	g.Renderer.Funcs = template.FuncMap{"branch": watched.branch}
	for _, s := range gallery.Scenes() {
		if _, err := g.Show(s, "en"); err != nil {
			t.Errorf("%s: %v", s.Path(), err)
		}
	}
	for _, fault := range watched.unseen() {
		t.Error(fault)
	}
	t.Logf("%d branches", len(watched.at))
}

// branches are the conditions of all templates, and what each was.
type branches struct {
	mu sync.Mutex
	at map[string]*branch
}

type branch struct {
	yes, no bool
	list    bool // one that says nothing of its own where it is empty
	whole   bool // a struct, which is always so
}

func newBranches() *branches { return &branches{at: map[string]*branch{}} }

// branch stands behind each condition and hands its value on.
func (b *branches) branch(place string, value reflect.Value) reflect.Value {
	truth := false
	if value.IsValid() {
		truth, _ = template.IsTrue(value.Interface())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.at[place]
	for value.IsValid() && value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	at.whole = at.whole || value.IsValid() && value.Kind() == reflect.Struct
	at.yes, at.no = at.yes || truth, at.no || !truth
	return value
}

// always are conditions that are so wherever they stand, and why.
var always = map[string]string{"public/home.html:11: .Lead": "it stands where there is one, and is short for it"}

func (b *branches) unseen() []string {
	var list []string
	for place, at := range b.at {
		switch {
		case always[place] != "":
		case !at.yes && !at.no:
			list = append(list, place+": no scene comes here")
		case !at.yes:
			list = append(list, place+": no scene in which this is so")
		case !at.no && !at.list && !at.whole:
			list = append(list, place+": no scene in which this is not so")
		}
	}
	slices.Sort(list)
	return list
}

// files are those of the program with every condition of the templates watched. The
// templates that are there for the gallery alone stay as they are.
func (b *branches) files(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(web.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(web.Files(), name)
		if strings.HasSuffix(name, ".html") && !strings.Contains(name, "/dev/") && !strings.HasSuffix(name, "/dev.html") {
			text = b.watch(t, strings.TrimPrefix(name, "templates/"), text)
		}
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// watch writes a template anew with a call of branch behind each condition.
func (b *branches) watch(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	trees := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(text), "", "", trees); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var out strings.Builder
	for define, tree := range trees {
		if tree.Root == nil || define == name {
			continue
		}
		b.visit(name, string(text), tree.Root)
		fmt.Fprintf(&out, "{{define %q}}%s{{end}}\n", define, tree.Root)
	}
	return []byte(out.String())
}

func (b *branches) visit(name, text string, list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		var n *parse.BranchNode
		switch x := node.(type) {
		case *parse.IfNode:
			n = &x.BranchNode
		case *parse.WithNode:
			n = &x.BranchNode
		case *parse.RangeNode:
			n = &x.BranchNode
		default:
			continue
		}
		line := 1 + strings.Count(text[:n.Position()], "\n")
		place := fmt.Sprintf("%s:%d: %s", name, line, strings.TrimPrefix(n.Pipe.String(), ":"))
		b.at[place] = &branch{list: n.NodeType == parse.NodeRange && n.ElseList == nil}
		b.visit(name, text, n.List)
		b.visit(name, text, n.ElseList)
		call := parse.NewIdentifier("branch").SetTree(nil)
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand,
			Args: []parse.Node{call, &parse.StringNode{NodeType: parse.NodeString, Quoted: fmt.Sprintf("%q", place), Text: place}}})
	}
}
