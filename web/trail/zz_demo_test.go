package trail_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"waypost/internal/partdate"
	"waypost/stories"
	"waypost/web/trail"
)

func TestZZDemo(t *testing.T) {
	fs, _ := filepath.Glob("../../demo/content/stories/*.trail.json")
	for _, f := range fs {
		b, _ := os.ReadFile(f)
		tr, err := stories.ParseTrail(b)
		if err != nil {
			var x struct {
				Trail json.RawMessage `json:"trail"`
			}
			if json.Unmarshal(b, &x) == nil && x.Trail != nil {
				tr, err = stories.ParseTrail(x.Trail)
			}
			if err != nil {
				t.Error(f, err)
				continue
			}
		}
		if err := tr.Check(); err != nil {
			t.Error(f, err)
		}
		d, _ := partdate.Parse("2026-10-01")
		n := strings.TrimSuffix(filepath.Base(f), ".trail.json")
		fig := trail.Draw(tr, trail.Options{AsOf: d.First(), IDPrefix: n, Words: words(t, "en")})
		os.MkdirAll("/tmp/brief/demo", 0o755)
		os.WriteFile("/tmp/brief/demo/"+n+".wide.svg", fig.Wide, 0o644)
		os.WriteFile("/tmp/brief/demo/"+n+".tall.svg", fig.Tall, 0o644)
	}
}
