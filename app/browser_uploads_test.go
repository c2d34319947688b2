package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// hand gives the text a file as a mouse drops it, or as it is pasted. The picture is
// drawn in the page, in a colour; any other content is no picture.
func hand(tab *browser.Tab, how, name, content string) {
	browser.Eval[bool](tab, fmt.Sprintf(`(async (how, name, content) => {
		let blob = new Blob([content])
		if (content.startsWith('#')) {
			const c = Object.assign(document.createElement('canvas'), {width: 640, height: 480}), g = c.getContext('2d')
			g.fillStyle = content
			g.fillRect(0, 0, 640, 480)
			blob = await new Promise(done => c.toBlob(done))
		}
		const data = new DataTransfer(), text = document.getElementById('body')
		data.items.add(new File([blob], name, {type: 'image/png'}))
		const at = text.getBoundingClientRect()
		const event = how === 'drop' ? new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true, clientX: at.left + 20, clientY: at.top + 20})
			: new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
		return !text.dispatchEvent(event)
	})(%q, %q, %q)`, how, name, content))
}

// TestBrowserDropsAPicture drops a picture on the first line and pastes another at the
// end: each is described right there and stands where it was put.
func TestBrowserDropsAPicture(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Size(390, 844)
	_, id := draftStory(t, s, tab)
	typeBody(tab, "First line.\n\nLast line.")
	browser.Eval[bool](tab, `(b => { b.setSelectionRange(b.value.length, b.value.length); return true })(document.getElementById('body'))`)
	hand(tab, "drop", "van [old].png", "#2b6349")
	tab.Visible(".upload")
	if got := tab.Value("#body"); got != "First line.\n\n![van  old .png comes here 1]()\n\n\nLast line." {
		t.Errorf("while it is asked for, the text is %q", got)
	}
	if at := tab.Focused(); !strings.HasPrefix(at, "input#alt-1") {
		t.Errorf("the focus is on %s", at)
	}
	tab.NoAxeFindings()
	if over := tab.Overflow(); over != 0 {
		t.Errorf("the page is %d points too wide", over)
	}
	tab.Type("#alt-1", "A green van")
	tab.Press("Enter")
	eventually(t, "the picture", func() bool { return tab.Count(".upload") == 0 })
	shown := regexp.MustCompile(`^First line\.\n\n!\[A green van\]\((/media/[0-9a-z]+\.\w+)\)\n\n\nLast line\.$`)
	if got := tab.Value("#body"); !shown.MatchString(got) {
		t.Fatalf("the text is %q", got)
	}

	browser.Eval[bool](tab, `(b => { b.focus(); b.setSelectionRange(b.value.length, b.value.length); return true })(document.getElementById('body'))`)
	hand(tab, "paste", "image.png", "#b4470f")
	tab.Type("#alt-2", "An orange square")
	tab.Click(".upload .primary")
	eventually(t, "the second picture", func() bool {
		return regexp.MustCompile(`Last line\.\n\n!\[An orange square\]\(/media/\S+\)\n$`).MatchString(tab.Value("#body"))
	})
	keptText(t, s, id, tab.Value("#body"))
	if tab.Address() != "/desk/stories/"+id+"?done=saved" && tab.Address() != "/desk/stories/"+id {
		t.Errorf("the page is at %s", tab.Address())
	}
}

// TestBrowserUploadsThatDoNotArrive are cancelled, refused, or find no network: the text
// is as it was, and what was wrong is said in words.
func TestBrowserUploadsThatDoNotArrive(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	draftStory(t, s, tab)
	typeBody(tab, "Only words.")
	hand(tab, "drop", "notes.png", "no picture at all")
	tab.Click(".upload .primary")
	wrong := func(words string) {
		t.Helper()
		eventually(t, "the upload to say "+words, func() bool { return strings.Contains(tab.Text(".upload"), words) })
	}
	eventually(t, "an answer", func() bool {
		return browser.Eval[string](tab, `document.querySelector('.upload .fault').textContent`) != ""
	})
	tab.Errors() // the answer 422
	wrong("Try again")
	tab.NoAxeFindings()
	tab.Click(".upload button:not(.primary)")
	if got := tab.Value("#body"); tab.Count(".upload") != 0 || strings.TrimSpace(got) != "Only words." {
		t.Errorf("after it was cancelled the text is %q", got)
	}
	hand(tab, "paste", "later.png", "#2b6349")
	tab.Over(browser.Network{Offline: true, Only: "/desk/pictures"})
	tab.Type("#alt-2", "A van")
	tab.Click(".upload .primary")
	wrong("there is no connection")
	tab.Errors()
	tab.Over(browser.Network{})
	tab.Click(".upload .primary")
	eventually(t, "the picture", func() bool { return strings.Contains(tab.Value("#body"), "![A van](/media/") })

	prevented := browser.Eval[bool](tab, `(() => { const data = new DataTransfer(); data.items.add(new File(['x'], 'x.png'))
		return !document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})) })()`)
	if !prevented {
		t.Error("a file that misses the text takes the page away")
	}
	if browser.Eval[bool](tab, `(() => { const data = new DataTransfer(); data.setData('text/plain', 'a b'); data.items.add(new File(['x'], 'x.png'))
		return !document.getElementById('body').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) })()`) {
		t.Error("words with a picture of them are not pasted as words")
	}
}

// TestBrowserEditorOnATelephone writes at 390 points: a bar of one row, targets of a
// finger's size, the length told as it grows, the preview in place of the form.
func TestBrowserEditorOnATelephone(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Size(390, 844)
	tab.Open("/desk/stories/new")
	tab.Visible("[data-tool=bold]")
	small := browser.Eval[[]string](tab, `[...document.querySelectorAll('.bar :is(button, a), .tools button')].filter(e => e.offsetHeight < 44 || e.offsetWidth < 44).map(e => e.innerText + ' ' + e.offsetWidth + 'x' + e.offsetHeight)`)
	if len(small) > 0 {
		t.Errorf("too small for a finger: %q", small)
	}
	if high := browser.Eval[float64](tab, `document.querySelector('.bar').getBoundingClientRect().height`); high > 64 {
		t.Errorf("the bar is %.0f points high", high)
	}
	order := browser.Eval[string](tab, `(y => [y('label[for=body]'), y('.tools'), y('#body')].every((at, i, all) => !i || all[i - 1] < at) ? 'label, tools, text' : 'another order')
		(selector => document.querySelector(selector).getBoundingClientRect().top)`)
	if order != "label, tools, text" {
		t.Errorf("down the page stand %s", order)
	}
	if title := browser.Eval[string](tab, `document.querySelector('[data-tool=bold]').title`); title != "Bold (Ctrl+B)" {
		t.Errorf("the tool says %q", title)
	}
	typeBody(tab, strings.Repeat("ten words – of [a text](https://a.example/b) with a link ", 60))
	eventually(t, "the length", func() bool { return strings.Contains(tab.Text("[data-count]"), "Words: 480 · minutes to read: 2") })
	tab.Click("[data-preview]")
	tab.Visible(".preview iframe")
	if browser.Eval[bool](tab, `document.querySelector('.columns').checkVisibility()`) {
		t.Error("the preview stands beside the form on a telephone")
	}
	tab.NoAxeFindings()
	tab.Click("[data-close]")
	tab.Visible("#body")
	said(t, tab, "Saved at")
	tab.NoAxeFindings()
	if over := tab.Overflow(); over != 0 {
		t.Errorf("the page is %d points too wide", over)
	}
}
