package app_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// html is the markup of the first element found.
func html(t *testing.T, e *goquery.Selection) string {
	t.Helper()
	markup, err := goquery.OuterHtml(e.First())
	if err != nil || e.Length() == 0 {
		t.Fatalf("no element: %v", err)
	}
	return markup
}

func gunzip(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t, r)
}

func readAll(t *testing.T, r io.Reader) []byte {
	t.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
