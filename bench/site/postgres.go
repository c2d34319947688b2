//go:build linux

package site

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// NewDatabase makes an empty database on a PostgreSQL server, given as a URL, and
// returns its URL and how to get rid of it.
func NewDatabase(ctx context.Context, server string) (string, func() error, error) {
	address, err := url.Parse(server)
	if err != nil {
		return "", nil, errors.New("the URL of the PostgreSQL server cannot be read")
	}
	name := "bench_" + strings.ToLower(rand.Text())
	if err := statement(ctx, server, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	address.Path = "/" + name
	return address.String(), func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		return statement(ctx, server, "DROP DATABASE "+name+" WITH (FORCE)")
	}, nil
}

func statement(ctx context.Context, server, text string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	_, err = conn.Exec(ctx, text)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}
