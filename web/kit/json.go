package kit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"waypost/internal/problem"
)

// ParseJSON reads what a script of this site sent, within the route's body cap. What
// cannot be read is a Malformed problem.
func ParseJSON(r *http.Request, into any) error {
	text, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &problem.Problem{Kind: problem.TooLarge, Message: problem.Message{Key: "problem.too_large"}, Cause: err}
	}
	if err != nil {
		return malformed(err)
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return malformed(fmt.Errorf("%q is no JSON", r.Header.Get("Content-Type")))
	}
	if err := json.Unmarshal(text, into); err != nil {
		return malformed(err)
	}
	return nil
}
