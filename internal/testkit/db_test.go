package testkit_test

import (
	"context"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

func TestEachEngineHasTheLatestSchema(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		s, err := d.Schema(context.Background())
		if err != nil || s.Pending() || s.Current == 0 {
			t.Fatalf("schema %+v, error %v", s, err)
		}
		var tags int
		err = d.View(context.Background(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT count(*) FROM kept_tags").Scan(&tags)
		})
		if err != nil || tags != 0 {
			t.Errorf("%d tags in a fresh database, error %v", tags, err)
		}
	})
}

func TestDBIsOnesOwn(t *testing.T) {
	t.Parallel()
	one, other := testkit.DB(t), testkit.DB(t)
	ctx := context.Background()
	if err := one.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO instance (name, value) VALUES ('a', 'b')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := other.View(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM instance").Scan(&n)
	}); err != nil || n != 0 {
		t.Errorf("%d rows of another test's database, error %v", n, err)
	}
}
