package wxr_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"waypost/transfer/wxr"
)

// collector keeps all it is handed.
type collector struct {
	sites    []wxr.Site
	authors  []wxr.Author
	terms    []wxr.Term
	items    []wxr.Item
	problems []wxr.Problem
}

func (c *collector) Site(s wxr.Site) error       { c.sites = append(c.sites, s); return nil }
func (c *collector) Author(a wxr.Author) error   { c.authors = append(c.authors, a); return nil }
func (c *collector) Term(t wxr.Term) error       { c.terms = append(c.terms, t); return nil }
func (c *collector) Item(it wxr.Item) error      { c.items = append(c.items, it); return nil }
func (c *collector) Problem(p wxr.Problem) error { c.problems = append(c.problems, p); return nil }

// kinds counts the problems of each kind.
func (c *collector) kinds() map[wxr.ProblemKind]int {
	n := map[wxr.ProblemKind]int{}
	for _, p := range c.problems {
		n[p.Kind]++
	}
	return n
}

// readFile reads the export at path.
func readFile(t *testing.T, path string) (*collector, wxr.Summary, error) {
	t.Helper()
	c := &collector{}
	src, err := wxr.Open(path, wxr.Limits{})
	if err != nil {
		return c, wxr.Summary{}, err
	}
	defer src.Close()
	sum, err := src.Read(t.Context(), c)
	return c, sum, err
}

// outside is a folder of cases from outside the project, "" where there is none.
func outside(elem ...string) string {
	root := os.Getenv("WAYPOST_CASES")
	if root == "" {
		return ""
	}
	return filepath.Join(append([]string{root, "fixtures"}, elem...)...)
}

func decodeJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
