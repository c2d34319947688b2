package testkit

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strings"
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

func freshDatabase(t testing.TB, server string) string {
	t.Helper()
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s is not a URL: %v", serverVariable, err)
	}
	name := "waypost_" + strings.ToLower(rand.Text())
	run(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() {
		// FORCE ends connections that the test's last goroutines still hold.
		run(t, server, "DROP DATABASE "+name+" WITH (FORCE)")
	})
	address.Path = "/" + name
	return address.String()
}

// run sends one statement over a connection of its own: a test's cleanup may
// come long after its start.
func run(t testing.TB, server, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("connect to the PostgreSQL of the tests: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
