package app_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"waypost/internal/testkit/cases"
)

// hostile reads the outside cases of a file, one JSON object a line; none where
// there are no outside cases.
func hostile[T any](t testing.TB, name string) []T {
	t.Helper()
	folder, ok := cases.Dir(t, "fixtures/hostile")
	if !ok {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	for line := range bytes.Lines(data) {
		var c T
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatalf("%s: %v in %.80s", name, err, line)
		}
		list = append(list, c)
	}
	return list
}
