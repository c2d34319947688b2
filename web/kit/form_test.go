package kit_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/problem"
	"waypost/web/kit"
)

// upload is a form with a file of so many bytes.
func upload(t *testing.T, size int) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	file, err := w.CreateFormFile("file", "a.bin")
	if err == nil {
		_, err = file.Write(bytes.Repeat([]byte{'x'}, size))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

// TestParseFormWithoutRoom has no folder for the temporary file of a large upload: it
// is the machine's fault and not the sender's. It sets a variable of the process, so
// it runs alone.
func TestParseFormWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "absent"))
	if err := kit.ParseForm(upload(t, 3<<20)); !problem.Is(err, problem.Unavailable) || kit.Status(err) != http.StatusServiceUnavailable {
		t.Errorf("a file that finds no room: %v", err)
	}
	if err := kit.ParseForm(upload(t, 100)); err != nil {
		t.Errorf("a file that needs no room: %v", err)
	}
	r := upload(t, 3<<20)
	r.Body = http.MaxBytesReader(nil, r.Body, 100)
	if err := kit.ParseForm(r); !problem.Is(err, problem.TooLarge) {
		t.Errorf("a file over the cap: %v", err)
	}
	r = upload(t, 100)
	r.Body = http.NoBody
	if err := kit.ParseForm(r); !problem.Is(err, problem.Malformed) {
		t.Errorf("a form cut off: %v", err)
	}
	r = httptest.NewRequest(http.MethodPost, "/", strings.NewReader("a=%ff"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := kit.ParseForm(r); !problem.Is(err, problem.Malformed) {
		t.Errorf("a form that is no text: %v", err)
	}
}
