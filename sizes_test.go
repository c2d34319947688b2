package waypost_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What docs/architecture.md promises about sizes. Small is not the aim, one
// idea in one place is: what grows over a limit is split by noun.
const (
	mostLinesOfAFile     = 600
	linesOfNineFilesOf10 = 350
	linesOfHalfTheFiles  = 120

	mostLinesOfAFunction = 80
	linesOfMostFunctions = 45
	mostFilesOfAPackage  = 25
	mostLinesOfAPackage  = 3000
	mostDependencies     = 28
	mostBytesOfStyle     = 30_000
	mostLinesOfOneScript = 300
)

// measured is a thing with a size.
type measured struct {
	name string
	size int
}

func largest(all []measured) measured {
	return slices.MaxFunc(all, func(a, b measured) int { return cmp.Compare(a.size, b.size) })
}

// quantile is the size that the given share of all stays within.
func quantile(all []measured, share float64) int {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b measured) int { return cmp.Compare(a.size, b.size) })
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)].size
}

func checkMost(t *testing.T, unit string, limit int, all []measured) {
	t.Helper()
	for _, m := range all {
		if m.size > limit {
			t.Errorf("%s has %d %s; at most %d", m.name, m.size, unit, limit)
		}
	}
}

func checkShare(t *testing.T, what string, share float64, limit int, all []measured) {
	t.Helper()
	if got := quantile(all, share); got > limit {
		t.Errorf("%.0f of 100 %s shall have at most %d lines, but it takes %d to hold so many", 100*share, what, limit, got)
	}
}

func TestSizesOfFiles(t *testing.T) {
	t.Parallel()
	var files []measured
	for _, s := range programSources(t) {
		if !ast.IsGenerated(s.syntax) {
			files = append(files, measured{s.name, s.lines()})
		}
	}
	checkMost(t, "lines", mostLinesOfAFile, files)
	checkShare(t, "files", 0.9, linesOfNineFilesOf10, files)
	checkShare(t, "files", 0.5, linesOfHalfTheFiles, files)
	top := largest(files)
	t.Logf("largest of %d files: %s, %d lines; half have at most %d", len(files), top.name, top.size, quantile(files, 0.5))
}

func TestSizesOfFunctions(t *testing.T) {
	t.Parallel()
	var functions []measured
	for _, s := range programSources(t) {
		if ast.IsGenerated(s.syntax) {
			continue
		}
		for _, decl := range s.syntax.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				name := fmt.Sprintf("%s:%d %s", s.name, s.line(f.Pos()), f.Name.Name)
				functions = append(functions, measured{name, s.line(f.End()) - s.line(f.Pos()) + 1})
			}
		}
	}
	checkMost(t, "lines", mostLinesOfAFunction, functions)
	checkShare(t, "functions", 0.9, linesOfMostFunctions, functions)
	top := largest(functions)
	t.Logf("largest of %d functions: %s, %d lines; nine of ten have at most %d", len(functions), top.name, top.size, quantile(functions, 0.9))
}

func TestSizesOfPackages(t *testing.T) {
	t.Parallel()
	files, lines := map[string]int{}, map[string]int{}
	for _, s := range programSources(t) {
		files[s.pkg()]++
		lines[s.pkg()] += s.lines()
	}
	byFiles, byLines := measures(files), measures(lines)
	checkMost(t, "files", mostFilesOfAPackage, byFiles)
	checkMost(t, "lines", mostLinesOfAPackage, byLines)
	t.Logf("largest of %d packages: %s, %d files; %s, %d lines", len(files),
		largest(byFiles).name, largest(byFiles).size, largest(byLines).name, largest(byLines).size)
}

func measures(sizes map[string]int) []measured {
	var all []measured
	for name, size := range sizes {
		all = append(all, measured{name, size})
	}
	return all
}

// TestSizesOfStylesAndScripts: what one page loads of styles, and how long a script is.
func TestSizesOfStylesAndScripts(t *testing.T) {
	t.Parallel()
	sheets, layouts, pages := map[string]int{}, map[string]string{}, map[string]string{}
	for _, name := range projectFiles(t) {
		if !under(name, "web/static") && !under(name, "web/templates") {
			continue
		}
		switch text := readFile(t, name); {
		case under(name, "web/static") && path.Ext(name) == ".css":
			sheets[path.Base(name)] = len(text)
		case under(name, "web/static") && path.Ext(name) == ".js":
			if lines := bytes.Count(text, []byte("\n")); lines > mostLinesOfOneScript {
				t.Errorf("%s has %d lines; a script has at most %d", name, lines, mostLinesOfOneScript)
			}
		case under(name, "web/templates/layout"):
			layouts[name] = string(text)
		case under(name, "web/templates"):
			pages[name] = string(text)
		}
	}
	loaded := func(text string) (bytes int) {
		counted := map[string]bool{}
		for _, found := range stylesheet.FindAllStringSubmatch(text, -1) {
			if !counted[found[1]] {
				bytes += sheets[found[1]]
			}
			counted[found[1]] = true
		}
		return bytes
	}
	most := 0
	for name, page := range pages {
		layout, ok := layouts[path.Join("web/templates/layout", path.Base(path.Dir(name))+".html")]
		if !ok { // most folders have that of the desk
			layout = layouts["web/templates/layout/desk.html"]
		}
		n := loaded(layout + page)
		if most = max(most, n); n > mostBytesOfStyle {
			t.Errorf("%s loads %d bytes of styles; at most %d", name, n, mostBytesOfStyle)
		}
	}
	t.Logf("stylesheets: a page loads at most %d bytes", most)
}

// stylesheet finds the stylesheets that a template names.
var stylesheet = regexp.MustCompile(`asset "([a-z-]+\.css)"`)

// TestSizesOfDependencies counts the modules that the program itself imports,
// whatever go.mod calls direct: those of tests and of bench do not count.
func TestSizesOfDependencies(t *testing.T) {
	t.Parallel()
	required := requiredModules(t)
	direct := map[string]bool{}
	for _, s := range programSources(t) {
		if under(s.name, "bench") {
			continue
		}
		for _, imported := range s.imports {
			if m := moduleOf(imported, required); m != "" {
				direct[m] = true
			}
		}
	}
	if len(direct) > mostDependencies {
		t.Errorf("the program imports %d modules; at most %d", len(direct), mostDependencies)
	}
	t.Logf("direct dependencies of the program: %d", len(direct))
}

// requiredModules reads the paths that go.mod requires.
func requiredModules(t *testing.T) []string {
	t.Helper()
	var modules []string
	for line := range strings.Lines(string(readFile(t, "go.mod"))) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) >= 2 && strings.HasPrefix(fields[1], "v") {
			modules = append(modules, fields[0])
		}
	}
	return modules
}

// moduleOf finds the module that holds a package: the longest that fits.
func moduleOf(imported string, modules []string) string {
	found := ""
	for _, m := range modules {
		if under(imported, m) && len(m) > len(found) {
			found = m
		}
	}
	return found
}
