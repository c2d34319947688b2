package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// narrow is the width below which a screen counts as a telephone's: the page
// must then say itself that it fits (its viewport line).
const narrow = 600

// Size gives the tab a screen of so many points.
func (b *Tab) Size(width, height int) {
	b.t.Helper()
	var how []chromedp.EmulateViewportOption
	if width < narrow {
		how = append(how, chromedp.EmulateMobile)
	}
	b.do("resize", chromedp.EmulateViewport(int64(width), int64(height), how...))
}

// Dark asks for dark colours, as a reader's system does, or for light ones.
func (b *Tab) Dark(on bool) {
	b.t.Helper()
	b.media["prefers-color-scheme"] = "light"
	if on {
		b.media["prefers-color-scheme"] = "dark"
	}
	b.setMedia()
}

// Still asks for less motion.
func (b *Tab) Still(on bool) {
	b.t.Helper()
	b.media["prefers-reduced-motion"] = "no-preference"
	if on {
		b.media["prefers-reduced-motion"] = "reduce"
	}
	b.setMedia()
}

// Print shows the page as it is printed.
func (b *Tab) Print(on bool) {
	b.t.Helper()
	b.print = on
	b.setMedia()
}

func (b *Tab) setMedia() {
	b.t.Helper()
	params := emulation.SetEmulatedMediaParams{}
	if b.print {
		params.Media = "print"
	}
	for name, value := range b.media {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	b.do("set the media", command(emulation.SetEmulatedMedia, params))
}

// Script lets the pages that are opened next run their scripts, or not.
func (b *Tab) Script(on bool) {
	b.t.Helper()
	b.scriptless = !on
	params := emulation.SetScriptExecutionDisabledParams{Value: !on}
	b.do("switch script", command(emulation.SetScriptExecutionDisabled, params))
}

// command makes a step of a command that has no result.
func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// Overflow tells by how many points the page is wider than the screen; 0 is
// what a page should have.
func (b *Tab) Overflow() int {
	b.t.Helper()
	return Eval[int](b, `Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)`)
}

// Screenshot is a PNG of the whole page.
func (b *Tab) Screenshot() []byte {
	b.t.Helper()
	const png = 100 // the quality at which FullScreenshot makes a PNG
	return get(b, "take a picture", chromedp.FullScreenshot(png))
}

// Picture takes a PNG of what the screen shows. When WAYPOST_SCREENSHOTS names
// a folder it is kept there under the name, which has no extension.
func (b *Tab) Picture(name string) []byte {
	b.t.Helper()
	picture := get(b, "take a picture", chromedp.CaptureScreenshot())
	if folder := os.Getenv("WAYPOST_SCREENSHOTS"); folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			b.t.Fatalf("keep the picture %s: %v", name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
			b.t.Fatalf("keep the picture %s: %v", name, err)
		}
	}
	return picture
}

// quoted is a Go string as a literal of JavaScript.
func quoted(text string) string {
	literal, _ := json.Marshal(text) // a string always has JSON
	return string(literal)
}
