package images_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"

	"waypost/internal/images"
)

type hostileCase struct {
	name string
	data []byte
}

// outsideCases reads the hostile pictures that lie outside the project, if
// there are any.
func outsideCases(t *testing.T) []hostileCase {
	t.Helper()
	root := os.Getenv("WAYPOST_CASES")
	if root == "" {
		return nil
	}
	folder := filepath.Join(root, "fixtures", "hostile")
	files, err := filepath.Glob(filepath.Join(folder, "images", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []hostileCase
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, hostileCase{filepath.Base(file), data})
	}
	lists, err := filepath.Glob(filepath.Join(folder, "images-fuzz-*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		cases = append(cases, readList(t, list)...)
	}
	return cases
}

func readList(t *testing.T, list string) []hostileCase {
	t.Helper()
	file, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []hostileCase
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one struct {
			B64 []byte
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, hostileCase{filepath.Base(list), one.B64})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// ownCases are the project's: bombs made of a true header, and pictures of
// unlikely shapes.
func ownCases(t *testing.T) []hostileCase {
	t.Helper()
	photo := asJPEG(t, quarters(64, 32))
	return []hostileCase{
		{"many frames", asGIF(t, 5000)},
		{"nested header", withSegment(photo, 0xe1, photo)},
		{"markup behind", append(asPNG(t, quarters(9, 9)), "<script>alert(1)</script>"...)},
		{"markup in a comment", withSegment(photo, 0xfe, []byte("<script>CANARY</script>"))},
		{"tall", asPNG(t, image.NewGray(image.Rect(0, 0, 3, 80_000)))},
		{"wide", asPNG(t, image.NewGray(image.Rect(0, 0, 80_000, 3)))},
	}
}

func TestHostilePictures(t *testing.T) {
	t.Parallel()
	own, outside := ownCases(t), outsideCases(t)
	t.Logf("%d own cases, %d from WAYPOST_CASES", len(own), len(outside))
	p := images.New(images.Limits{})
	accepted := 0
	for _, c := range append(own, outside...) {
		out, err := p.Prepare(context.Background(), bytes.NewReader(c.data))
		if acceptable(t, c.name, out, err) {
			accepted++
		}
	}
	t.Logf("%d accepted and encoded anew", accepted)
}

// acceptable says whether a picture was accepted, and is nothing but a picture
// then.
func acceptable(t *testing.T, name string, out images.Encoded, err error) bool {
	t.Helper()
	var refusal *images.Refusal
	switch {
	case err == nil:
		checkClean(t, out)
		return true
	case !errors.As(err, &refusal):
		t.Errorf("%s: error %v is no refusal", name, err)
	}
	return false
}

func FuzzPrepare(f *testing.F) {
	f.Add(asPNG(f, quarters(8, 8)))
	f.Add(asJPEG(f, quarters(8, 8)))
	f.Add(asGIF(f, 2))
	f.Add(webp(3, 2, nil))
	f.Add(movingWebP())
	p := images.New(images.Limits{Pixels: 1 << 20, Edge: 64})
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := p.Prepare(context.Background(), bytes.NewReader(data))
		if err != nil {
			var refusal *images.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("error %v is no refusal", err)
			}
			return
		}
		if out.Width < 1 || out.Height < 1 || max(out.Width, out.Height) > 64 {
			t.Errorf("size %d×%d", out.Width, out.Height)
		}
		if _, err := p.Prepare(context.Background(), bytes.NewReader(out.Data)); err != nil {
			t.Errorf("own output is refused: %v", err)
		}
	})
}

// FuzzOrientation reads arbitrary EXIF blocks through a valid JPEG.
func FuzzOrientation(f *testing.F) {
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"))
	f.Add([]byte("MM\x00*\xff\xff\xff\xff"))
	photo := asJPEG(f, quarters(16, 8))
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 60_000 {
			return
		}
		out, err := prepare(withSegment(photo, 0xe1, append([]byte("Exif\x00\x00"), block...)))
		if err != nil {
			t.Fatal(err)
		}
		if out.Width*out.Height != 16*8 {
			t.Errorf("size %d×%d", out.Width, out.Height)
		}
	})
}
