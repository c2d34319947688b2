package kit

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/problem"
	"waypost/internal/slug"
)

// formMemory is how much of an uploaded file is held in memory; more goes to a
// temporary file, which is removed with the request.
const formMemory = 1 << 20

// ParseForm reads a form within the route's body cap. What cannot be read is a
// Malformed problem, never an empty form; Unavailable when there is no room for it.
func ParseForm(r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return malformed(err)
	}
	switch kind {
	case "multipart/form-data":
		err = r.ParseMultipartForm(formMemory)
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	default: // which net/http would take for a form with nothing in it
		err = fmt.Errorf("%s is no form", kind)
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &problem.Problem{Kind: problem.TooLarge, Message: problem.Message{Key: "problem.too_large"}, Cause: err}
	}
	var spool *fs.PathError // the temporary file, such as on a full disk: not the sender's fault
	if errors.As(err, &spool) {
		return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
	}
	if err != nil {
		return malformed(err)
	}
	for name, values := range r.PostForm {
		for _, v := range append(values, name) {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return malformed(errors.New("form is not text in UTF-8"))
			}
		}
	}
	return nil
}

func malformed(err error) error {
	return &problem.Problem{Kind: problem.Malformed, Message: problem.Message{Key: "problem.malformed"}, Cause: err}
}

// Version is the version that a form was read at; 0 for something new.
func Version(r *http.Request) (int64, error) {
	v := r.PostForm.Get("version")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, malformed(err)
	}
	return n, nil
}

// Slug is an address as somebody typed it, in the form that addresses have if it can be
// brought into it.
func Slug(r *http.Request, name string) string {
	typed := Line(r, name)
	if made := slug.Make(strings.ReplaceAll(typed, "&", " ")); !slug.Valid(typed) && slug.Valid(made) {
		return made
	}
	return typed
}

// Line is a form field of one line, trimmed.
func Line(r *http.Request, name string) string {
	return strings.Join(strings.Fields(r.PostForm.Get(name)), " ")
}

// Block is a form field of several lines; browsers send CRLF.
func Block(r *http.Request, name string) string {
	return strings.ReplaceAll(r.PostForm.Get(name), "\r\n", "\n")
}

// dateTimeLocal is the form of an input of type datetime-local.
const dateTimeLocal = "2006-01-02T15:04"

// LocalTime reads a datetime-local field in a zone; the zero time if it is empty.
func LocalTime(r *http.Request, name string, zone *time.Location) (time.Time, error) {
	v := Line(r, name)
	if v == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(dateTimeLocal, v[:min(len(v), len(dateTimeLocal))], zone)
	if err != nil {
		var f problem.Fields
		f.Add(name, "field.not_a_time")
		return t, f.Err()
	}
	return t, nil
}

// FormatLocal is a time as a datetime-local field holds it; "" for the zero time.
func FormatLocal(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(dateTimeLocal)
}
