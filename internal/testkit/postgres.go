package testkit

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// serverVariable names the PostgreSQL server whose user may make databases, as
// a URL.
const serverVariable = "WAYPOST_TEST_POSTGRES"

// Postgres makes an empty PostgreSQL database and returns its URL. It is for
// tests that need that engine by nature, such as two nodes on one database;
// false says that there is no server, and then the test proves what it can on
// SQLite.
func Postgres(t testing.TB) (address string, ok bool) {
	t.Helper()
	server := os.Getenv(serverVariable)
	if server == "" {
		return "", false
	}
	return freshDatabase(t, server), true
}

// Template is a PostgreSQL database that tests get copies of, which is many times
// faster than to fill each anew. It is made once in a process and stays until its
// server goes, as that of scripts/with-postgres does when the command ends.
type Template struct {
	name func() (string, error)
}

// NewTemplate says how the database is filled, by its URL. Nothing may be connected to
// it any more when fill returns.
func NewTemplate(fill func(address string) error) *Template {
	return &Template{sync.OnceValues(func() (string, error) {
		server, name := os.Getenv(serverVariable), newName()
		if err := run(server, "CREATE DATABASE "+name); err != nil {
			return "", err
		}
		address, err := addressOf(server, name)
		if err == nil {
			err = fill(address)
		}
		if err != nil {
			return "", fmt.Errorf("make the database that tests copy: %w", err)
		}
		return name, nil
	})}
}

// Copy makes a database with what the template has, and returns its URL. It is gone
// when the test has ended.
func (p *Template) Copy(t testing.TB) string {
	t.Helper()
	name, err := p.name()
	if err != nil {
		t.Fatal(err)
	}
	return database(t, os.Getenv(serverVariable), "TEMPLATE "+name)
}

func freshDatabase(t testing.TB, server string) string {
	t.Helper()
	return database(t, server, "")
}

func database(t testing.TB, server, how string) string {
	t.Helper()
	name := newName()
	if err := run(server, "CREATE DATABASE "+name+" "+how); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// FORCE ends connections that the test's last goroutines still hold.
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	address, err := addressOf(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func newName() string { return "waypost_" + strings.ToLower(rand.Text()) }

func addressOf(server, name string) (string, error) {
	address, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("%s is not a URL: %w", serverVariable, err)
	}
	address.Path = "/" + name
	return address.String(), nil
}

// run sends one statement over a connection of its own: a test's cleanup may
// come long after its start.
func run(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to the PostgreSQL of the tests: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
