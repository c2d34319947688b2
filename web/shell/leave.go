package shell

import "net/http"

// LeaveView leads on to another site.
type LeaveView struct{ Name, URL string }

// Leave answers with a page that leads on to another site at once, and has the link for
// browsers that do not. It is no redirect: a form's must stay on this site, which the
// content security policy sees to.
func (h *Shell) Leave(w http.ResponseWriter, r *http.Request, name, address string) error {
	w.Header().Set("Refresh", "0; url="+address)
	w.Header().Set("Referrer-Policy", "no-referrer")
	return h.Show(w, r, http.StatusOK, "join/leave", "", LeaveView{name, address})
}
