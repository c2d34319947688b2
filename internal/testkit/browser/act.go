package browser

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Text is what a person reads of the first element that fits the CSS selector;
// it waits until the element can be seen.
func (b *Tab) Text(selector string) string {
	b.t.Helper()
	return get(b, "read "+selector, chromedp.Text(chromedp.CSS(selector)))
}

// Value is what a field holds.
func (b *Tab) Value(selector string) string {
	b.t.Helper()
	return get(b, "read the field "+selector, chromedp.Value(chromedp.CSS(selector)))
}

// Count tells how many elements fit a selector now, visible or not.
func (b *Tab) Count(selector string) int {
	b.t.Helper()
	return Eval[int](b, "document.querySelectorAll("+quoted(selector)+").length")
}

// Visible waits until an element can be seen.
func (b *Tab) Visible(selector string) {
	b.t.Helper()
	b.do("wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// Click clicks the first element that fits, and does not wait for what follows:
// for links and buttons that lead to another page there is Follow.
func (b *Tab) Click(selector string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// Type types into a field at the end of what it holds.
func (b *Tab) Type(selector, text string) {
	b.t.Helper()
	field := chromedp.CSS(selector)
	b.do("type into "+selector,
		chromedp.Focus(field),
		chromedp.KeyEvent(kb.End, chromedp.KeyModifiers(chromedp.ModifierCtrl)),
		chromedp.SendKeys(field, text))
}

// Fill empties a field and types into it.
func (b *Tab) Fill(selector, text string) {
	b.t.Helper()
	field := chromedp.CSS(selector)
	b.do("fill "+selector, chromedp.Clear(field), chromedp.SendKeys(field, text))
}

// Upload chooses files, by their paths, in a file field.
func (b *Tab) Upload(selector string, paths ...string) {
	b.t.Helper()
	b.do("upload to "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), paths))
}

// keys are the keys that have a name and no character.
var keys = map[string]string{
	"ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight, "ArrowUp": kb.ArrowUp,
	"Backspace": kb.Backspace, "Delete": kb.Delete, "End": kb.End, "Enter": kb.Enter, "Escape": kb.Escape,
	"Home": kb.Home, "PageDown": kb.PageDown, "PageUp": kb.PageUp, "Space": " ", "Tab": kb.Tab,
}

// Press presses a key where the focus is: a character, or a name such as
// "Tab", "Enter", "Shift+Tab", "Ctrl+s".
func (b *Tab) Press(key string) {
	b.t.Helper()
	var held []chromedp.Modifier
	name := key
	for {
		modifier, rest, found := strings.Cut(name, "+")
		if !found || rest == "" {
			break
		}
		switch modifier {
		case "Alt":
			held = append(held, chromedp.ModifierAlt)
		case "Ctrl":
			held = append(held, chromedp.ModifierCtrl)
		case "Shift":
			held = append(held, chromedp.ModifierShift)
		default:
			b.t.Fatalf("press %s: no key %s", key, modifier)
		}
		name = rest
	}
	if code, ok := keys[name]; ok {
		name = code
	}
	b.do("press "+key, chromedp.KeyEvent(name, chromedp.KeyModifiers(held...)))
}

// Focused describes the element that has the focus by its tag, id or name, and
// text, such as `a "Topics"`; "body" when none has it.
func (b *Tab) Focused() string {
	b.t.Helper()
	return Eval[string](b, `(() => {
		const e = document.activeElement || document.body
		if (e === document.body) return 'body'
		const name = e.id ? '#' + e.id : e.name ? '[name=' + e.name + ']' : ''
		const text = (e.getAttribute('aria-label') || e.innerText || '').trim().slice(0, 60)
		return e.tagName.toLowerCase() + name + (text ? ' "' + text + '"' : '')
	})()`)
}

// Eval evaluates an expression in the page, waits for it if it is a promise,
// and decodes the result as JSON into a T. With script turned off it works too,
// but no promise is ever kept.
func Eval[T any](b *Tab, expression string) T {
	b.t.Helper()
	return get(b, "evaluate "+expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}
