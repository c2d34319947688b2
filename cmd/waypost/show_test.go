package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/adminsock"
	"waypost/web"
	"waypost/web/desk"
	"waypost/web/desk/people"
	"waypost/web/join"
	"waypost/web/me"
	"waypost/web/paths"
	"waypost/web/public"
	"waypost/web/replies"
	"waypost/web/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRoutesAsJSON compares the site map with the reviewed one. The shape is read by
// other programs: a list of objects with path, methods, roles, body and cache.
func TestRoutesAsJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	var list []shownRoute
	for _, r := range web.Routes(&public.Public{}, &desk.Desk{People: &people.Desk{}}, &join.Join{}, web.Own{Me: &me.Me{}, Ways: &me.Ways{}, Leaving: &me.Leaving{}, Replies: &replies.Replies{}, Paths: &paths.Paths{}}, &wire.Health{}, nil, time.Time{}) {
		list = append(list, shownRoute{r.Path, r.Methods, r.Roles, r.Body, string(r.Cache)})
	}
	if err := printJSON(&out, list); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "routes.golden.json")
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Errorf("the site map is not the reviewed one: look at the difference, then go test ./cmd/waypost -run TestRoutesAsJSON -update\n%s", out.Bytes())
	}
	var shape []map[string]any
	if err := json.Unmarshal(want, &shape); err != nil {
		t.Fatal(err)
	}
	for _, r := range shape {
		_, path := r["path"].(string)
		methods, _ := r["methods"].([]any)
		roles, _ := r["roles"].([]any)
		body, number := r["body"].(float64)
		cache, _ := r["cache"].(string)
		if len(r) != 5 || !path || len(methods) == 0 || len(roles) == 0 || !number || cache == "" || slices.Contains(methods, any("POST")) && body == 0 {
			t.Errorf("a route lacks something: %v", r)
		}
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	for done, want := range map[int64]string{0: "\rimport   0% [" + strings.Repeat(" ", 40) + "]", 512: "\rimport  50% [" + strings.Repeat("=", 20) + strings.Repeat(" ", 20) + "]", 1024: "\r\x1b[K"} {
		if got := bar(adminsock.Progress{What: "import", Done: done, Total: 1024}); got != want {
			t.Errorf("after %d the bar is %q", done, got)
		}
	}
}
