package offered_test

import (
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/paths/exchange/occupations"
	"waypost/paths/offered"
)

const head = "uri,isco,code,label,alt_labels\n"

// TestOffered: a list is there for every node once it was added, another takes its
// place, and what cannot be read changes nothing.
func TestOffered(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		one, other := &offered.Service{DB: g.DB, Clock: g.Clock.Now}, &offered.Service{DB: g.DB, Clock: g.Clock.Now}
		list := func(s *offered.Service) (list occupations.List) {
			t.Helper()
			g.View(t, func(tx *db.Tx) (err error) {
				list, err = s.List(tx)
				return err
			})
			return list
		}
		if n := list(one).Len(); n != 0 {
			t.Errorf("%d before one was added", n)
		}
		if n, err := one.Add(t.Context(), []byte(head+"http://example.org/1,2641,1,author,writer|novelist\nhttp://example.org/2,2642,2,journalist,\n")); n != 2 || err != nil {
			t.Fatalf("%d added: %v", n, err)
		}
		for _, s := range []*offered.Service{one, other} {
			if found := list(s).Find("wri", 5); len(found) != 1 || found[0].Label != "author" {
				t.Errorf("found %+v", found)
			}
		}
		if _, err := one.Add(t.Context(), []byte("no table")); problem.KindOf(err) == 0 || list(one).Len() != 2 {
			t.Errorf("no table: %v", err)
		}
		g.Clock.Advance(time.Second)
		if _, err := other.Add(t.Context(), []byte(head+"http://example.org/3,2654,3,lighting designer,\n")); err != nil {
			t.Fatal(err)
		}
		if list(one).Len() != 1 {
			t.Error("another node has the old list")
		}
		if err := one.Remove(t.Context()); err != nil || list(other).Len() != 0 {
			t.Errorf("removed: %v", err)
		}
	})
}
