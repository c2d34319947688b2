package kit

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Handler answers a request or returns why it cannot; nothing has been written then.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Cache is what may be kept of an answer, and by whom.
type Cache string

// The cache rules.
const (
	Kept      Cache = "kept"      // the same for everybody, kept ready in memory; clients ask whether it is still good
	Forever   Cache = "forever"   // its address names its content
	Private   Cache = "private"   // one visitor's; kept by nobody
	Unstored  Cache = "unstored"  // true only now, such as health
	Redirects Cache = "redirects" // an old address
)

var cacheControl = map[Cache]string{
	Kept: "public, no-cache", Forever: "public, max-age=31536000, immutable", Private: "private, no-store", Unstored: "no-store",
	Redirects: "public, no-cache",
}

// Anyone is the role of a route that needs none.
const Anyone = "anyone"

// Route is one line of the site map. A route without all of its rules stops the start.
type Route struct {
	Path    string   // a pattern of http.ServeMux, without method and host
	Methods []string // GET includes HEAD
	Roles   []string // Anyone, or the roles of which one is needed
	Body    int64    // most bytes of a request's body; 0: none is read
	Cache   Cache
	AnyHost bool // answers under every host name
	Handler Handler
}

// check returns which rule is missing.
func (r Route) check() error {
	var faults []string
	if !strings.HasPrefix(r.Path, "/") {
		faults = append(faults, "a path")
	}
	if len(r.Methods) == 0 {
		faults = append(faults, "methods")
	}
	if len(r.Roles) == 0 {
		faults = append(faults, "roles")
	}
	if cacheControl[r.Cache] == "" {
		faults = append(faults, "a cache rule")
	}
	if r.Handler == nil {
		faults = append(faults, "a handler")
	}
	if r.writes() && r.Body == 0 {
		faults = append(faults, "a body cap")
	}
	if r.Cache == Kept && (!slices.Equal(r.Roles, []string{Anyone}) || r.writes()) {
		faults = append(faults, "the right to be kept: only public pages that change nothing")
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("route %q lacks %s", r.Path, strings.Join(faults, ", "))
}

func (r Route) writes() bool {
	return slices.ContainsFunc(r.Methods, func(m string) bool { return m != http.MethodGet && m != http.MethodHead })
}

// CheckRoutes returns everything that is wrong with a table of routes.
func CheckRoutes(routes []Route) error {
	var errs []error
	seen := map[string]bool{}
	for _, r := range routes {
		errs = append(errs, r.check())
		for _, m := range r.Methods {
			if seen[m+" "+r.Path] {
				errs = append(errs, fmt.Errorf("route %s %s stands twice", m, r.Path))
			}
			seen[m+" "+r.Path] = true
		}
	}
	return errors.Join(errs...)
}
