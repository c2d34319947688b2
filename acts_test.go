package waypost_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// recorders are the functions that write a line of the record.
var recorders = map[string]bool{"Record": true, "RecordSome": true, "RecordSomeBy": true, "record": true, "written": true}

// actForm is what the name of an act looks like.
var actForm = regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)

// TestEveryActHasWords walks all that is recorded anywhere, and asks that the desk's page
// of the record has words for it and lists it under one of its kinds.
func TestEveryActHasWords(t *testing.T) {
	t.Parallel()
	words, kinds := recordWords(t)
	found := map[string]bool{}
	for _, s := range programSources(t) {
		for _, declaration := range s.syntax.Decls {
			f, ok := declaration.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			for _, act := range actsIn(f) {
				found[act] = true
				prefix, open := strings.CutSuffix(act, ".*")
				first, _, _ := strings.Cut(act, ".")
				switch {
				case open && !begins(words, prefix+"."), !open && !words[act]:
					t.Errorf("%s records %s, for which web/desk/record.go has no words", s.name, act)
				case !kinds[first]:
					t.Errorf("%s records %s, which web/desk/record.go lists under no kind", s.name, act)
				}
			}
		}
	}
	if len(found) < 40 {
		t.Errorf("only %d acts are found: how they are recorded has changed", len(found))
	}
}

func begins(words map[string]bool, prefix string) bool {
	for word := range words {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// actsIn are the acts that a function records: those it names where it records, or gives
// to a variable of that name. "story.*" is one whose end is computed.
func actsIn(f *ast.FuncDecl) (list []string) {
	named := map[string][]string{}
	text := func(e ast.Expr) string {
		whole, ok := "", false
		if sum, isSum := e.(*ast.BinaryExpr); isSum && sum.Op == token.ADD {
			if whole, ok = literal(sum.X); ok && strings.HasSuffix(whole, ".") {
				return whole + "*"
			}
			return ""
		}
		if whole, ok = literal(e); ok && actForm.MatchString(whole) {
			return whole
		}
		return ""
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for i, to := range a.Lhs {
				if name, isName := to.(*ast.Ident); isName && i < len(a.Rhs) {
					if act := text(a.Rhs[i]); act != "" {
						named[name.Name] = append(named[name.Name], act)
					}
				}
			}
		}
		return true
	})
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !recorders[called(call)] {
			return true
		}
		for _, argument := range call.Args {
			if name, isName := argument.(*ast.Ident); isName {
				list = append(list, named[name.Name]...)
			} else if act := text(argument); act != "" {
				list = append(list, act)
			}
		}
		return true
	})
	return list
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	basic, ok := e.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// recordWords reads the acts that have words, and the first parts of acts that are
// listed under a kind, out of the page of the record.
func recordWords(t *testing.T) (words, kinds map[string]bool) {
	t.Helper()
	s, err := parseSource("web/desk/record.go", readFile(t, "web/desk/record.go"))
	if err != nil {
		t.Fatal(err)
	}
	words, kinds = map[string]bool{}, map[string]bool{}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || len(v.Values) != 1 {
			return true
		}
		into := map[string]map[string]bool{"acts": words, "kinds": kinds}[v.Names[0].Name]
		if into == nil {
			return true
		}
		ast.Inspect(v.Values[0], func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := literal(x.Key); ok {
					into[key] = true
				}
			case *ast.CompositeLit:
				for _, e := range x.Elts {
					if of, ok := literal(e); ok {
						into[of] = true
					}
				}
			}
			return true
		})
		return false
	})
	return words, kinds
}
