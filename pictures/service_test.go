package pictures_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"waypost/internal/db"
	"waypost/internal/images"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/pictures"
)

func TestAddedPictureGetsItsSizes(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.add(t, photo(t, 900, 600), "A stage")
		if p.Width != 900 || p.Height != 600 || p.Extension != ".jpg" || len(p.Sizes) != 0 || p.Alt != "A stage" {
			t.Errorf("added %+v", p)
		}
		if got := k.files(t); !slices.Equal(got, []string{p.ID + ".jpg"}) {
			t.Errorf("files %v", got)
		}
		effect := k.Effects(t, []string{pictures.Tag(p.ID)}, func() { k.Work(t) })
		if effect[pictures.Tag(p.ID)] != ground.Stale {
			t.Errorf("pages are %v", effect)
		}
		stored := k.read(t, p.ID)
		if len(stored.Sizes) != 2 || stored.Sizes[0].Width != 480 || stored.Sizes[0].Height != 320 || stored.Sizes[1].Width != 800 {
			t.Errorf("sizes %+v", stored.Sizes)
		}
		if got := k.files(t); len(got) != 3 {
			t.Errorf("files %v", got)
		}
		for _, v := range stored.Variants() {
			f, info, err := k.pictures.Open(strings.TrimPrefix(v.URL, "/media/"))
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(f)
			if err := errors.Join(err, f.Close()); err != nil || int64(len(data)) != info.Size() || !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
				t.Errorf("%s: %d bytes, %v", v.URL, len(data), err)
			}
			if id, ok := pictures.IDFromAddress(v.URL); !ok || id != p.ID {
				t.Errorf("%s shows %q", v.URL, id)
			}
		}
		want := "/media/" + p.ID + "-480.jpg 480w, /media/" + p.ID + "-800.jpg 800w, /media/" + p.ID + ".jpg 900w"
		if got := stored.SrcSet(); got != want {
			t.Errorf("srcset %s, want %s", got, want)
		}
	})
}

func TestASmallPictureHasNoSizes(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.add(t, flat(t, 100, 50, 9), "")
		k.Work(t)
		if stored := k.read(t, p.ID); len(stored.Sizes) != 0 || stored.Extension != ".png" || len(k.files(t)) != 1 {
			t.Errorf("%+v, files %v", stored, k.files(t))
		}
	})
}

func TestTheSamePictureTwiceIsOne(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		data := photo(t, 500, 100)
		first := k.add(t, data, "A stage")
		k.Work(t)
		for alt, want := range map[string]string{"": "A stage", "The stage": "The stage"} {
			again := k.add(t, data, alt)
			k.Work(t)
			if stored := k.read(t, first.ID); again.ID != first.ID || stored.Alt != want || len(stored.Sizes) != 1 {
				t.Errorf("with %q: %+v", alt, stored)
			}
			k.Update(t, func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE pictures SET alt = 'A stage'`)
				return err
			})
		}
		if len(k.files(t)) != 2 {
			t.Errorf("files %v", k.files(t))
		}
	})
}

func TestRefusedUploads(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		whole := photo(t, 60, 60)
		for name, c := range map[string]struct {
			data []byte
			want string
		}{
			"nothing":    {nil, "picture: picture.refused_format"},
			"text":       {[]byte("hello"), "picture: picture.refused_format"},
			"svg":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), "picture: picture.refused_format"},
			"half of it": {whole[:len(whole)/2], "picture: picture.refused_damaged"},
			"too big":    {append(slices.Clone(whole), make([]byte, 16<<20)...), "picture: picture.refused_bytes"},
		} {
			if _, err := k.pictures.Add(t.Context(), bytes.NewReader(c.data), ""); fault(err) != c.want || !problem.Is(err, problem.Invalid) {
				t.Errorf("%s: %s, want %s", name, fault(err), c.want)
			}
		}
		broken := errors.New("the line went dead")
		if _, err := k.pictures.Add(t.Context(), iotest.ErrReader(broken), ""); !errors.Is(err, broken) {
			t.Errorf("a broken upload: %v", err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := k.pictures.Add(ended, bytes.NewReader(whole), ""); !errors.Is(err, context.Canceled) {
			t.Errorf("an upload that was given up: %v", err)
		}
		if got := k.files(t); len(got) != 0 {
			t.Errorf("files %v", got)
		}
	})
}

func TestReadyPictureKeepsItsSizes(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		preparer := images.New(images.Limits{})
		whole, err := preparer.Prepare(t.Context(), bytes.NewReader(photo(t, 900, 300)))
		if err != nil {
			t.Fatal(err)
		}
		sizes, err := preparer.Sizes(t.Context(), whole.Data)
		if err != nil {
			t.Fatal(err)
		}
		p, err := k.pictures.AddReady(t.Context(), whole, sizes, "Drawn")
		if err != nil {
			t.Fatal(err)
		}
		if n := k.Work(t); n != 0 || len(k.read(t, p.ID).Sizes) != 2 || len(k.files(t)) != 3 {
			t.Errorf("%d jobs, %+v, files %v", n, k.read(t, p.ID), k.files(t))
		}
	})
}

func TestMediaFolderThatCannotBeWritten(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		if err := k.pictures.Files.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := k.pictures.Add(t.Context(), bytes.NewReader(photo(t, 60, 60)), ""); !problem.Is(err, problem.Unavailable) {
			t.Errorf("%v, want unavailable", err)
		}
		k.View(t, func(tx *db.Tx) error {
			list, err := k.pictures.Newest(tx, "", 5)
			if len(list) != 0 {
				t.Errorf("a row without a file: %+v", list)
			}
			return err
		})
	})
}

func TestNewestFirst(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for shade := range uint8(3) {
			k.add(t, flat(t, 10, 10, shade), string('a'+rune(shade)))
			k.Clock.Advance(1e9)
		}
		k.View(t, func(tx *db.Tx) error {
			list, err := k.pictures.Newest(tx, "", 2)
			if len(list) != 2 || list[0].Alt != "c" || list[1].Alt != "b" {
				t.Errorf("%+v", list)
			}
			if none, err := k.pictures.ByIDs(tx, nil); len(none) != 0 || err != nil {
				t.Errorf("of no IDs: %v, %v", none, err)
			}
			return err
		})
	})
}

func TestSizesOfALostPicture(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Update(t, func(tx *db.Tx) error { return k.Jobs.Enqueue(tx, pictures.JobAdded, pictures.Added{ID: "nowhere"}) })
		k.Work(t) // no row: nothing to do
		p := k.add(t, photo(t, 500, 100), "")
		if err := os.Remove(filepath.Join(k.folder, p.ID+p.Extension)); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Jobs.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		k.View(t, func(tx *db.Tx) error {
			var waiting int
			err := tx.QueryRow(`SELECT count(*) FROM jobs WHERE state = 'ready' AND error <> ''`).Scan(&waiting)
			if waiting != 1 {
				t.Errorf("%d jobs wait to try again", waiting)
			}
			return err
		})
	})
}
