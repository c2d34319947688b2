package keeper_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"waypost/internal/keeper"
	"waypost/internal/testkit"
)

// nowhere is a response that costs nothing to write.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

func benchmarkFast(b *testing.B, header ...string) {
	n := newNode(b, testkit.DB(b), "a")
	if _, err := n.get("/", textPage); err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		w := nowhere{http.Header{}}
		for pb.Next() {
			clear(w.header)
			if !n.Fast(w, r) {
				b.Fatal("the page is not kept")
			}
		}
	})
}

// BenchmarkHit is a page from memory, as a browser asks for it.
func BenchmarkHit(b *testing.B) {
	benchmarkFast(b, "Accept-Encoding", "gzip, deflate, br, zstd")
}

// BenchmarkNotModified is the answer to a browser that has the page.
func BenchmarkNotModified(b *testing.B) {
	benchmarkFast(b, "Accept-Encoding", "gzip, deflate, br, zstd", "If-None-Match", "*")
}

// BenchmarkRender is what the keeper adds to a render.
func BenchmarkRender(b *testing.B) {
	n := newNode(b, testkit.DB(b), "a", func(c *keeper.Config) { c.MaxBytes = 1 })
	b.ReportAllocs()
	for b.Loop() {
		if _, err := n.Get(context.Background(), "/", textPage); err != nil {
			b.Fatal(err)
		}
	}
}
