package images_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"waypost/internal/images"
)

func prepare(data []byte) (images.Encoded, error) {
	return images.New(images.Limits{}).Prepare(context.Background(), bytes.NewReader(data))
}

func TestEveryOrientationIsTurnedUpright(t *testing.T) {
	t.Parallel()
	// The colours of the stored quarters, by index, as they are to be seen.
	seen := map[uint16][4]int{
		1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2},
	}
	photo, drawn := asJPEG(t, quarters(64, 32)), asPNG(t, quarters(64, 32))
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for value, want := range seen {
			block := exif(order, value)
			for name, data := range map[string][]byte{
				"jpeg": withSegment(photo, 0xe1, append([]byte("Exif\x00\x00"), block...)),
				"png":  withChunk(drawn, "eXIf", block),
			} {
				t.Run(fmt.Sprintf("%s %v %d", name, order, value), func(t *testing.T) {
					t.Parallel()
					out, err := prepare(data)
					if err != nil {
						t.Fatal(err)
					}
					wantW, wantH := 64, 32
					if value >= 5 {
						wantW, wantH = 32, 64
					}
					if out.Width != wantW || out.Height != wantH {
						t.Fatalf("size %d×%d, want %d×%d", out.Width, out.Height, wantW, wantH)
					}
					checkQuarters(t, out, want)
					checkClean(t, out)
				})
			}
		}
	}
}

func checkQuarters(t *testing.T, out images.Encoded, want [4]int) {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(out.Data))
	if err != nil {
		t.Fatal(err)
	}
	for i, index := range want {
		x, y := out.Width/4+i%2*out.Width/2, out.Height/4+i/2*out.Height/2
		got := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
		if !near(got, quarterColours()[index]) {
			t.Errorf("quarter %d is %v, want %v", i, got, quarterColours()[index])
		}
	}
}

func near(a, b color.NRGBA) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		if d < -16 || d > 16 {
			return false
		}
	}
	return true
}

// checkClean looks for anything but pixels in an encoded picture.
func checkClean(t *testing.T, out images.Encoded) {
	t.Helper()
	for _, mark := range []string{
		"Exif", "eXIf", "GPS", "http://ns.adobe", "xpacket", "iCCP", "ICC_PROFILE", "tEXt", "zTXt", "iTXt",
		"Photoshop", "<script", "<html", "<svg", "CANARY", "II*\x00", "MM\x00*",
	} {
		if bytes.Contains(out.Data, []byte(mark)) {
			t.Errorf("%q is left in the %s", mark, out.ContentType)
		}
	}
	if out.Ext == ".jpg" && bytes.Contains(out.Data[:20], []byte{0xff, 0xe1}) {
		t.Error("an APP1 segment is left")
	}
}

func TestOrientationOfWebP(t *testing.T) {
	t.Parallel()
	for value, want := range map[uint16]int{1: 6, 3: 6, 6: 4, 8: 4} {
		out, err := prepare(webp(6, 4, exif(binary.LittleEndian, value)))
		if err != nil {
			t.Fatal(err)
		}
		if out.Width != want {
			t.Errorf("orientation %d: %d wide, want %d", value, out.Width, want)
		}
		checkClean(t, out)
	}
}

func TestFormatFollowsThePicture(t *testing.T) {
	t.Parallel()
	seeThrough := grain(50, 40)
	seeThrough.Pix[3] = 0
	drawing := quarters(300, 200)
	for x := range 299 { // a strip of more than 256 colours does not make it a photograph
		drawing.Pix[4*x] = uint8(x)
		drawing.Pix[4*x+1] = uint8(x >> 8)
	}
	for _, c := range []struct {
		name string
		data []byte
		ext  string
	}{
		{"photograph", asJPEG(t, grain(50, 40)), ".jpg"},
		{"flat JPEG stays one", asJPEG(t, quarters(50, 40)), ".jpg"},
		{"photograph as PNG", asPNG(t, grain(50, 40)), ".jpg"},
		{"flat PNG", asPNG(t, quarters(50, 40)), ".png"},
		{"drawing of many colours", asPNG(t, drawing), ".png"},
		{"transparent", asPNG(t, seeThrough), ".png"},
		{"GIF", asGIF(t, 3), ".png"},
		{"WebP", webp(3, 2, nil), ".png"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, err := prepare(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if out.Ext != c.ext {
				t.Errorf("ext %s, want %s", out.Ext, c.ext)
			}
			if len(out.Name()) != 32+len(c.ext) || !strings.HasSuffix(out.Name(), c.ext) {
				t.Errorf("name %q", out.Name())
			}
			checkClean(t, out)
		})
	}
}

func TestFirstFrameOfGIFKeepsItsPlace(t *testing.T) {
	t.Parallel()
	out, err := prepare(asGIF(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(out.Data))
	if err != nil {
		t.Fatal(err)
	}
	if out.Width != 40 || out.Height != 20 {
		t.Fatalf("size %d×%d, want 40×20", out.Width, out.Height)
	}
	if _, _, _, a := img.At(5, 5).RGBA(); a != 0 {
		t.Error("the part without a frame is not transparent")
	}
	if _, _, _, a := img.At(30, 5).RGBA(); a != 0xffff {
		t.Error("the frame is not opaque")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	flat := asPNG(t, quarters(64, 32))
	huge := bytes.Clone(flat)
	binary.BigEndian.PutUint32(huge[16:], 1<<16)
	binary.BigEndian.PutUint32(huge[20:], 1<<16)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for _, c := range []struct {
		name   string
		data   []byte
		limits images.Limits
		want   images.Reason
	}{
		{"empty", nil, images.Limits{}, images.WrongFormat},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), images.Limits{}, images.WrongFormat},
		{"HTML", []byte("<!doctype html><script>1</script>"), images.Limits{}, images.WrongFormat},
		{"BMP", []byte("BM\x00\x00\x00\x00\x00\x00\x00\x00"), images.Limits{}, images.WrongFormat},
		{"PDF", []byte("%PDF-1.7"), images.Limits{}, images.WrongFormat},
		{"too many bytes", flat, images.Limits{Bytes: 50}, images.TooManyBytes},
		{"a pixel too many", flat, images.Limits{Pixels: 64*32 - 1}, images.TooLarge},
		{"product beyond 32 bits", huge, images.Limits{}, images.TooLarge},
		{"too much memory", flat, images.Limits{Memory: 100}, images.TooLarge},
		{"too many frames", asGIF(t, 101), images.Limits{}, images.TooManyFrames},
		{"cut PNG", flat[:len(flat)-30], images.Limits{}, images.Damaged},
		{"cut JPEG", asJPEG(t, grain(50, 40))[:700], images.Limits{}, images.Damaged},
		{"moving WebP", movingWebP(), images.Limits{}, images.Moving},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := images.New(c.limits).Prepare(context.Background(), bytes.NewReader(c.data))
			var refusal *images.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("error %v is no refusal", err)
			}
			if refusal.Reason != c.want {
				t.Errorf("reason %q, want %q (%v)", refusal.Reason, c.want, refusal.Err)
			}
			if !strings.HasSuffix(refusal.Error(), ".") {
				t.Errorf("%q is no sentence", refusal.Error())
			}
		})
	}
}

func TestHundredFramesPass(t *testing.T) {
	t.Parallel()
	if _, err := prepare(asGIF(t, 100)); err != nil {
		t.Fatal(err)
	}
}

// TestCompressedTextIsNeverUnpacked counts what is allocated, so it runs alone.
func TestCompressedTextIsNeverUnpacked(t *testing.T) {
	var packed bytes.Buffer
	packed.WriteString("Comment\x00\x00")
	z := zlib.NewWriter(&packed)
	for range 16 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"zTXt", "iCCP"} {
		bomb := withChunk(asPNG(t, quarters(8, 8)), name, packed.Bytes())
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := prepare(bomb); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
			t.Errorf("%s of 16 MiB: %d bytes allocated", name, got)
		}
	}
}

func TestLargePictureIsReducedToTheEdge(t *testing.T) {
	t.Parallel()
	p := images.New(images.Limits{Edge: 300})
	out, err := p.Prepare(context.Background(), bytes.NewReader(asJPEG(t, quarters(400, 900))))
	if err != nil {
		t.Fatal(err)
	}
	if out.Width != 133 || out.Height != 300 {
		t.Errorf("size %d×%d, want 133×300", out.Width, out.Height)
	}
	checkQuarters(t, out, [4]int{0, 1, 2, 3})
}

func TestSizes(t *testing.T) {
	t.Parallel()
	p := images.New(images.Limits{})
	for _, c := range []struct {
		width int
		want  []int
	}{
		{320, nil}, {480, nil}, {801, []int{480, 800}}, {1700, []int{480, 800, 1200, 1600}},
	} {
		original, err := p.Prepare(context.Background(), bytes.NewReader(asPNG(t, quarters(c.width, 60))))
		if err != nil {
			t.Fatal(err)
		}
		sizes, err := p.Sizes(context.Background(), original.Data)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, size := range sizes {
			got = append(got, size.Width)
			if size.Ext != original.Ext {
				t.Errorf("%d: %s becomes %s", c.width, original.Ext, size.Ext)
			}
			checkQuarters(t, size, [4]int{0, 1, 2, 3})
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%d wide gives %v, want %v", c.width, got, c.want)
		}
	}
}

// TestWhatWasMadeIsReadAgain has pictures that are larger as files after they were
// reduced: scaling mixes the colours of a palette.
func TestWhatWasMadeIsReadAgain(t *testing.T) {
	t.Parallel()
	p := images.New(images.Limits{Bytes: 600 << 10, Edge: 560})
	for want, first := range map[string]color.Color{".jpg": color.Black, ".png": color.Transparent} {
		noisy := image.NewPaletted(image.Rect(0, 0, 600, 600), append(color.Palette{first}, palette.Plan9[1:]...))
		chance := rand.New(rand.NewPCG(1, 2))
		for i := range noisy.Pix {
			noisy.Pix[i] = uint8(chance.IntN(256))
		}
		var file bytes.Buffer
		if err := gif.Encode(&file, noisy, &gif.Options{NumColors: 256}); err != nil {
			t.Fatal(err)
		}
		made, err := p.Prepare(t.Context(), &file)
		if err != nil || made.Ext != want {
			t.Fatalf("prepared: %s of %d bytes, %v, want %s", made.Ext, len(made.Data), err, want)
		}
		if sizes, err := p.Sizes(t.Context(), made.Data); err != nil || len(sizes) != 1 || sizes[0].Ext != want {
			t.Errorf("sizes of %d bytes: %d, %v", len(made.Data), len(sizes), err)
		}
	}
}

func TestScaleLeavesNoSeams(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 700, 500))
	for i := range img.Pix {
		img.Pix[i] = []uint8{90, 120, 60, 255}[i%4]
	}
	small := images.Scale(img, 431)
	if small.Rect.Dx() != 431 || small.Rect.Dy() != 308 {
		t.Fatalf("size %v", small.Rect)
	}
	for i := range small.Pix {
		if want := []uint8{90, 120, 60, 255}[i%4]; small.Pix[i] != want {
			t.Fatalf("byte %d is %d, want %d", i, small.Pix[i], want)
		}
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := images.New(images.Limits{})
	big := asJPEG(t, image.NewGray(image.Rect(0, 0, 500, 300)))
	if _, err := p.Sizes(ctx, big); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if _, err := p.Sizes(context.Background(), big); err != nil {
		t.Errorf("after a wait that was given up: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	p := images.New(images.Limits{})
	data := asJPEG(t, grain(60, 40))
	done := make(chan error)
	for range 20 {
		go func() {
			_, err := p.Prepare(context.Background(), bytes.NewReader(data))
			done <- err
		}()
	}
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestOutputIsReadAgainUnchangedInSize(t *testing.T) {
	t.Parallel()
	first, err := prepare(asJPEG(t, grain(90, 60)))
	if err != nil {
		t.Fatal(err)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(first.Data))
	if err != nil || config.Width != first.Width || config.Height != first.Height {
		t.Errorf("header says %d×%d (%v), Encoded %d×%d", config.Width, config.Height, err, first.Width, first.Height)
	}
}
