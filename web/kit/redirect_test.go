package kit_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"waypost/web/kit"
)

func TestToBase(t *testing.T) {
	t.Parallel()
	h := kit.ToBase(&url.URL{Scheme: "https", Host: "stories.example.org"})
	for target, want := range map[string]string{
		"/":                              "https://stories.example.org/",
		"/stories/a%2Fb?page=2":          "https://stories.example.org/stories/a%2Fb?page=2",
		"//evil.example/":                "https://stories.example.org//evil.example/",
		"http://evil.example/x?y=//z":    "https://stories.example.org/x?y=//z",
		"http://stories.example.org/a;b": "https://stories.example.org/a;b",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		if to := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || to != want {
			t.Errorf("%s leads with %d to %q, not %q", target, w.Code, to, want)
		}
	}
}
