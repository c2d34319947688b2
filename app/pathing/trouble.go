package pathing

import (
	"net/http"

	"waypost/internal/problem"
)

// Trouble is what an owner has to know at once: paths whose key is not here, else what
// else there is.
func (k *Pathing) Trouble(other func(*http.Request) (*problem.Message, string, error)) func(*http.Request) (*problem.Message, string, error) {
	return func(r *http.Request) (*problem.Message, string, error) {
		if n := k.Paths.Lost(); n > 0 {
			return &problem.Message{Key: "path.keys_lost", Args: []any{"count", n}}, "/desk/backups", nil
		}
		return other(r)
	}
}
