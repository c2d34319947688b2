package document_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange/document"
)

// large is a path of about so many bytes, of letters that say nothing and hardly pack.
func large(bytes int) paths.Path {
	noise := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		letters := make([]rune, paths.MaxText)
		for i := range letters {
			letters[i] = rune('!' + noise.IntN(94))
		}
		return strings.NewReplacer(`"`, "x", `\`, "y").Replace(string(letters))
	}
	p := paths.Path{Version: paths.PathVersion}
	date, err := partdate.Of(2020, 0, 0)
	if err != nil {
		panic(err)
	}
	for n := range bytes / paths.MaxText {
		p.Entries = append(p.Entries, paths.Entry{Row: paths.Row{ID: fmt.Sprint("e", n)}, Kind: paths.Learned, Date: date, Text: text()})
	}
	return p
}

// TestPacked: what a page carries comes back as it was, and is no longer than is said,
// however little there is to pack; a document that is too large is refused on either way.
func TestPacked(t *testing.T) {
	t.Parallel()
	whole, err := document.Read([]byte(load(t, "testdata/path.json")))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []paths.Path{{Version: paths.PathVersion}, whole, large(15 << 20)} {
		word, err := document.Pack(p)
		if err != nil || len(word) > document.MostPacked {
			t.Fatalf("%d letters: %v", len(word), err)
		}
		if strings.Trim(word, "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Error("a form would write some letters as three")
		}
		if got, err := document.Unpack(word); err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%d letters came back as another path: %v", len(word), err)
		}
	}
	if _, err := document.Pack(large(18 << 20)); !problem.Is(err, problem.TooLarge) {
		t.Errorf("a path of 18 MB: %v", err)
	}
}

func TestUnpackRefuses(t *testing.T) {
	t.Parallel()
	for word, kind := range map[string]problem.Kind{"": problem.Malformed, "?": problem.Malformed, "AAAA": problem.Malformed, packed(t, strings.Repeat(" ", 64<<20)): problem.TooLarge, packed(t, "[]"): problem.Invalid} {
		if _, err := document.Unpack(word); !problem.Is(err, kind) {
			t.Errorf("%.20q: %v", word, err)
		}
	}
}

func packed(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(out.Bytes())
}

// FuzzUnpack reads anything as a packed document; what can be read is packed to the same.
func FuzzUnpack(f *testing.F) {
	f.Add(packed(f, load(f, "testdata/path.json")))
	f.Add(packed(f, `{"version":1}`))
	f.Add("AAAA")
	f.Add("=")
	f.Fuzz(func(t *testing.T, word string) {
		p, err := document.Unpack(word)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		again, err := document.Pack(p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := document.Unpack(again)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := document.Pack(got); err != nil || second != again {
			t.Errorf("packed again it is another path: %v", err)
		}
	})
}
