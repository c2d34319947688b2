package waypost_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// One place for each danger: a name of the standard library that may be used
// in the listed folders and nowhere else. bench/ speaks to servers of its own
// and is exempt; so are tests.
var dangers = []struct {
	pkg   string
	names []string
	only  []string
	why   string
}{
	{"html/template", []string{"HTML", "HTMLAttr", "JS", "JSStr", "CSS", "URL", "Srcset"}, []string{"web/render"},
		"text becomes trusted HTML in web/render alone, after the sanitiser"},
	{"net/http", []string{"Get", "Head", "Post", "PostForm", "DefaultClient", "DefaultTransport", "Client", "Transport"}, []string{"internal/outbound"},
		"internal/outbound is the one client: it knows which addresses are ours to ask"},
	{"net", []string{"Dial", "DialTimeout", "DialTCP", "Dialer"}, []string{"internal/outbound", "internal/mail", "app"},
		"connections out are made by internal/outbound"},
	{"net/http", []string{"Redirect", "RedirectHandler"}, []string{"web/kit"},
		"web/kit sends on, and only within the community"},
	{"net/http", []string{"Handle", "HandleFunc", "DefaultServeMux", "ListenAndServe", "ListenAndServeTLS"}, nil,
		"routes are in the one table; servers are made with their limits"},
	{"encoding/csv", []string{"NewWriter"}, []string{"transfer"},
		"one writer knows which cells a spreadsheet would run"},
	{"os", []string{"Open", "OpenFile", "Create", "ReadFile", "WriteFile", "Remove", "RemoveAll", "Rename", "Mkdir", "MkdirAll", "ReadDir", "DirFS"},
		[]string{"app", "cmd/waypost", "demo", "internal", "scripts", "transfer"},
		"features and pages reach files through an os.Root they are given"},
	{"os", []string{"Getenv", "LookupEnv", "Environ", "Exit"}, []string{"cmd/waypost", "demo/drawcovers", "internal/settings", "scripts"},
		"settings are read once and handed down; only a command ends the program"},
	{"time", []string{"Now", "Since", "Until"}, []string{"app", "cmd/waypost", "internal", "scripts", "web/kit", "web/wire"},
		"a feature is given its clock, so that a test can move it"},
}

func TestOnePlaceForEachDanger(t *testing.T) {
	t.Parallel()
	for _, s := range programSources(t) {
		if under(s.name, "bench") {
			continue
		}
		for _, fault := range dangerFaults(s) {
			t.Error(fault)
		}
	}
}

// dangerFaults names the uses of dangerous names in a file. Of html/template
// only the conversions count: a view may have a field of such a type, and a
// constant given to it holds no visitor's text.
func dangerFaults(s source) []string {
	var faults []string
	names := importNames(s)
	called := map[ast.Expr]bool{}
	for node := range ast.Preorder(s.syntax) {
		if call, ok := node.(*ast.CallExpr); ok {
			called[call.Fun] = true
		}
		used, ok := node.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		holder, ok := used.X.(*ast.Ident)
		if !ok || names[holder.Name] == "html/template" && !called[used] {
			continue
		}
		if why := dangerOf(s.pkg(), names[holder.Name], used.Sel.Name); why != "" {
			faults = append(faults, fmt.Sprintf("%s:%d uses %s.%s: %s",
				s.name, s.line(used.Pos()), names[holder.Name], used.Sel.Name, why))
		}
	}
	return faults
}

// dangerOf says why pkg may not use a name of a standard package, or nothing.
func dangerOf(pkg, imported, name string) string {
	for _, d := range dangers {
		if d.pkg == imported && slices.Contains(d.names, name) && !among(pkg, d.only) {
			return d.why
		}
	}
	return ""
}

// TestDangersAreSeen plants faults in a file that is not there.
func TestDangersAreSeen(t *testing.T) {
	t.Parallel()
	const text = `package stories
import (
	"html/template"
	web "net/http"
	"os"
)
type view struct { Body template.HTML }
func f(s string) (any, error) {
	v := view{Body: template.HTML(s)}
	_, err := web.Get(s)
	_, err = os.Open(s)
	var os fake
	return v, err
}
`
	s, err := parseSource("stories/planted.go", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	faults := dangerFaults(s)
	if len(faults) != 3 {
		t.Errorf("found %d faults, planted 3: %q", len(faults), faults)
	}
}

// importNames maps the names a file uses for packages to their paths.
func importNames(s source) map[string]string {
	names := map[string]string{}
	for _, spec := range s.syntax.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = imported
	}
	return names
}

// TestNothingAtImport looks for init functions: a package that is imported
// does nothing until it is asked.
func TestNothingAtImport(t *testing.T) {
	t.Parallel()
	for _, s := range programSources(t) {
		for _, decl := range s.syntax.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s:%d has an init function; make it a constructor that is called", s.name, s.line(f.Pos()))
			}
		}
	}
}

// TestNothingSkipped looks for tests that leave themselves out.
func TestNothingSkipped(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if !s.test() {
			continue
		}
		for node := range ast.Preorder(s.syntax) {
			used, ok := node.(*ast.SelectorExpr)
			if ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, used.Sel.Name) {
				t.Errorf("%s:%d leaves a test out; what it needs is installed by scripts/test-deps", s.name, s.line(used.Pos()))
			}
		}
	}
}

// TestEveryPackageSaysWhatItIsFor asks for a package comment where a reader
// looks first: in doc.go, in a command's main.go, or in the one file of a
// small package that has its name.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, s := range sources(t) {
		if strings.HasSuffix(s.name, "_test.go") {
			continue
		}
		places := []string{"doc.go", "main.go", path.Base(s.pkg()) + ".go"}
		found := slices.Contains(places, path.Base(s.name)) && s.syntax.Doc != nil
		said[s.pkg()] = said[s.pkg()] || found
	}
	for pkg, ok := range said {
		if !ok {
			t.Errorf("%s has no doc.go that says what it is for and what it must never do", pkg)
		}
	}
}

// TestPagesRunNoStatements holds the other half of the layers' rule on web and
// internal/db: a page opens a View, and only features run statements in it.
func TestPagesRunNoStatements(t *testing.T) {
	t.Parallel()
	statements := []string{"Exec", "Query", "QueryRow"}
	for _, s := range programSources(t) {
		if !under(s.name, "web") {
			continue
		}
		for node := range ast.Preorder(s.syntax) {
			call, ok := node.(*ast.SelectorExpr)
			if !ok || !slices.Contains(statements, call.Sel.Name) {
				continue
			}
			if holder, ok := call.X.(*ast.Ident); ok && holder.Name == "tx" {
				t.Errorf("%s:%d runs a statement: SQL is in the store.go of a feature", s.name, s.line(call.Pos()))
			}
		}
	}
}
