package pathing

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"waypost/internal/adminsock"
	"waypost/paths/exchange/occupations"
	"waypost/paths/offered"
)

// The calls about paths that commands make.
const (
	CallRotate = "paths.rotate-key"
	CallAdd    = "occupations.import"
	CallRemove = "occupations.remove"
)

// Calls are what commands may ask.
func (k *Pathing) Calls(s *offered.Service) map[string]adminsock.Handler {
	return map[string]adminsock.Handler{
		CallRotate: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return k.Rotate(ctx)
		},
		CallAdd: func(ctx context.Context, request json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			var file struct{ Path string }
			if err := json.Unmarshal(request, &file); err != nil {
				return nil, fmt.Errorf("read the request: %w", err)
			}
			return addFile(ctx, s, file.Path)
		},
		CallRemove: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return true, s.Remove(ctx)
		},
	}
}

// addFile makes a file the list of occupations, and tells how many it has.
func addFile(ctx context.Context, s *offered.Service, path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open the list of occupations: %w", err)
	}
	defer file.Close()
	table, err := io.ReadAll(io.LimitReader(file, occupations.MostBytes+1))
	if err != nil {
		return 0, fmt.Errorf("read the list of occupations: %w", err)
	}
	return s.Add(ctx, table)
}
