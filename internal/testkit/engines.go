package testkit

import (
	"os"
	"path/filepath"
	"testing"
)

// Place says where a database is: one of the two is set.
type Place struct {
	URL  string // postgres://…
	Path string // of a SQLite file, which does not exist yet
}

// Engine is a database engine that a test runs on.
type Engine struct {
	Name  string // "sqlite" or "postgres", good as the name of a subtest
	fresh func(testing.TB) Place
}

// Fresh makes an empty database that is gone when the test has ended.
func (e Engine) Fresh(t testing.TB) Place {
	t.Helper()
	return e.fresh(t)
}

// Engines lists SQLite, and PostgreSQL when WAYPOST_TEST_POSTGRES is set.
func Engines() []Engine {
	engines := []Engine{{"sqlite", func(t testing.TB) Place {
		return Place{Path: filepath.Join(t.TempDir(), "waypost.db")}
	}}}
	if server := os.Getenv(serverVariable); server != "" {
		engines = append(engines, Engine{"postgres", func(t testing.TB) Place {
			return Place{URL: freshDatabase(t, server)}
		}})
	}
	return engines
}

// OnEach runs a test once on each engine, as parallel subtests named after
// them.
func OnEach(t *testing.T, test func(t *testing.T, e Engine)) {
	t.Helper()
	for _, e := range Engines() {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			test(t, e)
		})
	}
}

// After is the engine that a site moves to: the other one, or the only one. So each
// is left once and reached once.
func (e Engine) After() Engine {
	all := Engines()
	for i, other := range all {
		if other.Name == e.Name {
			return all[(i+1)%len(all)]
		}
	}
	return e
}
