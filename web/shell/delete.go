package shell

import (
	"net/http"

	"waypost/internal/problem"
	"waypost/web/kit"
)

// DeleteView asks once more before something is gone.
type DeleteView struct {
	Title   string // empty for a draft without one
	Note    string // a message key: what goes with it, or why it stays
	May     bool
	Back    string
	Version string
}

// DeletedVersion is the version of what somebody looked at before deleting it.
func DeletedVersion(r *http.Request) (int64, error) {
	if err := kit.ParseForm(r); err != nil {
		return 0, err
	}
	version, err := kit.Version(r)
	if err == nil && version == 0 {
		err = problem.New(problem.Malformed, "problem.malformed")
	}
	return version, err
}
