package pictures_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"testing"

	"waypost/internal/db"
	"waypost/internal/images"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/pictures"
)

type kit struct {
	*ground.Ground
	pictures *pictures.Service
	folder   string
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		folder := t.TempDir()
		files, err := os.OpenRoot(folder)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = files.Close() })
		s := &pictures.Service{DB: g.DB, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs, Preparer: images.New(images.Limits{}), Files: files}
		g.Jobs.Handle(pictures.JobAdded, s.MakeSizes)
		test(t, &kit{g, s, folder})
	})
}

func (k *kit) add(t testing.TB, data []byte, alt string) pictures.Picture {
	t.Helper()
	p, err := k.pictures.Add(t.Context(), bytes.NewReader(data), alt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (k *kit) read(t testing.TB, id string) pictures.Picture {
	t.Helper()
	var found map[string]pictures.Picture
	k.View(t, func(tx *db.Tx) (err error) {
		found, err = k.pictures.ByIDs(tx, []string{id})
		return err
	})
	if found[id].ID == "" {
		t.Fatalf("no picture %s", id)
	}
	return found[id]
}

// files lists what lies in the media folder.
func (k *kit) files(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(k.folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// photo is a picture with so many colours that it is kept as a JPEG.
func photo(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 7), uint8(y * 5), uint8(x*y + x), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// flat is a picture of one colour, which is kept as a PNG.
func flat(t testing.TB, width, height int, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fault names the first field at fault with its message, or the error.
func fault(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) || len(p.Fields) == 0 {
		return fmt.Sprint(err)
	}
	return p.Fields[0].Name + ": " + p.Fields[0].Message.Key
}
