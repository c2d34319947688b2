package kit

import (
	"errors"
	"net/http"
	"strings"

	"waypost/internal/problem"
)

// statuses is the one table from kinds of problems to HTTP.
var statuses = map[problem.Kind]int{
	problem.Invalid:         http.StatusUnprocessableEntity,
	problem.Unauthenticated: http.StatusUnauthorized,
	problem.Forbidden:       http.StatusForbidden,
	problem.NotFound:        http.StatusNotFound,
	problem.Gone:            http.StatusGone,
	problem.Conflict:        http.StatusConflict,
	problem.TooLarge:        http.StatusRequestEntityTooLarge,
	problem.Malformed:       http.StatusBadRequest,
	problem.TooMany:         http.StatusTooManyRequests,
	problem.Unavailable:     http.StatusServiceUnavailable,
}

// Status is the HTTP status of an error; 500 for what is no problem.
func Status(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	if s, ok := statuses[problem.KindOf(err)]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// Incident is a failure that a reader can name to those who run the site: its ID
// stands on the page and in the log.
type Incident struct {
	ID    string
	Cause error
}

// Error is the cause with the ID.
func (e *Incident) Error() string { return "incident " + e.ID + ": " + e.Cause.Error() }

// Unwrap gives the cause.
func (e *Incident) Unwrap() error { return e.Cause }

// RoleError is a request by somebody who has none of the roles that the route needs.
type RoleError struct{ Needed []string }

// Error names the roles of which one is needed.
func (e *RoleError) Error() string {
	return "needs one of these roles: " + strings.Join(e.Needed, ", ")
}

// MethodError is a request by a method that the route does not take.
type MethodError struct{ Allowed string }

// Error names the methods that would be taken.
func (e *MethodError) Error() string { return "method not allowed; use " + e.Allowed }
