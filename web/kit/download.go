package kit

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// patience is how long one piece of a download may take to be read; the whole takes as
// long as it takes.
const patience = time.Minute

// piece is how much of a download is sent at a time.
const piece = 256 << 10

// Download answers with a file that a browser saves under a name, of which every byte
// fits into a quoted string.
func Download(w http.ResponseWriter, r *http.Request, name string, size int64, file io.Reader) error {
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	control := http.NewResponseController(w)
	for {
		_ = control.SetWriteDeadline(time.Now().Add(patience)) // a connection that cannot be given more keeps what it has
		if n, err := io.CopyN(w, file, piece); n < piece || err != nil {
			return nil // that was all, or whoever read it went away
		}
	}
}
