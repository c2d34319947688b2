//go:build linux

package growth

import (
	"context"
	"io"
)

func Run(ctx context.Context, out io.Writer, folder, server string, sizes []int) error { return nil }
