//go:build linux

package soak

import (
	"context"
	"io"
)

func Run(ctx context.Context, out io.Writer, folder string, quick bool) error { return nil }
