package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestThePage asks of one story everything that stood on the page from which this
// project began, line by line, as far as it is built. The README's table names the
// same lines.
func TestThePage(t *testing.T) {
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	tab.Open(story)

	for line, selector := range map[string]string{
		"the title": "h1.p-name", "the byline": ".byline .p-author a", "its date": ".byline time.dt-published", "the essay": ".body.e-content p",
		"the picture": ".cover img", "its topic": ".kicker a.p-category", "About the author": "#about-title", "the author's words": ".about-author .p-note p",
		"More from": "#more-title", "stories of the same author": "#more-title + ul a[href^='/stories/']", "More resources": "#resources-title",
		"links outside": "#resources-title + ul a[href^='https://']", "the path behind the story": ".trail h2",
		"Leave a reply": "#reply-title", "how replies are processed": ".reply-form a[href='/privacy/replies']",
	} {
		t.Run(line, func(*testing.T) { tab.Visible(selector) })
	}
	for selector, want := range map[string]string{
		"h1.p-name": "When the dream job was not the dream", "#about-title": "About the author", "#more-title": "More from Tamsin Oyelaran",
		"#resources-title": "More resources", ".trail h2": "The path behind this story", "#reply-title": "Leave a reply",
	} {
		if got := tab.Text(selector); got != want {
			t.Errorf("%s reads %q, want %q", selector, got, want)
		}
	}
	if !browser.Eval[bool](tab, `document.querySelector('.cover img').naturalWidth > 0 && document.querySelector('.cover img').alt.length > 20`) {
		t.Error("the picture is not shown, or not described")
	}
	if text := tab.Text(".invite"); !strings.Contains(text, "Join the community: sign up for") || tab.Count(".invite a[href='/join']") != 1 {
		t.Errorf("the invitation to join reads %q", text)
	}
	essay(t, tab)
	figure(t, tab)
	replyForm(t, tab)
	later(t, tab)
	tab.NoAxeFindings()
}

// essay looks for what the essay tells.
func essay(t *testing.T, tab *browser.Tab) {
	t.Helper()
	text := tab.Text(".body")
	for what, words := range map[string][]string{
		"a year of gigs":                   {"follow spot", "nineteen different people"},
		"hundreds of hours at events":      {"312 hours"},
		"a trial from May":                 {"three months’ trial from 11 May"},
		"something changed":                {"Friday 19 June", "I noticed that for a year I had been picturing the chair next to mine"},
		"a decision to walk away":          {"I told her on Friday 17 July"},
		"a detour, and what was learned":   {"youth theatre", "I learned there"},
		"one step closer to the real goal": {"I am lighting his two-hander"},
	} {
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s: the essay does not say %q", what, w)
			}
		}
	}
	if n := tab.Count(".body > p"); n < 15 {
		t.Errorf("the essay has %d paragraphs", n)
	}
}

// figure looks at the path: steps, the marker, and the same in words.
func figure(t *testing.T, tab *browser.Tab) {
	t.Helper()
	const shown = `['wide', 'tall'].filter(x => getComputedStyle(document.querySelector('.trail .tr-' + x)).display !== 'none').join(' ')`
	if figures := browser.Eval[string](tab, shown); figures != "wide" {
		t.Errorf("at 1280 points the figures are %q", figures)
	}
	for _, part := range []string{".trail-wide svg[role=img] > title", ".trail-wide svg > desc"} {
		if tab.Count(part) != 1 {
			t.Errorf("the figure has no %s", part)
		}
	}
	tab.Click(".trail-list summary")
	list := tab.Text(".trail-list ol")
	for _, words := range []string{"Gig", "Trial", "The Exchange", "11 May – 24 Jul 2026", "Something changed", "19 Jun 2026", "a detour", "312 hours", "Left"} {
		if !strings.Contains(list, words) {
			t.Errorf("the path as a list does not say %q: %s", words, list)
		}
	}
	tab.Size(390, 844)
	if figures := browser.Eval[string](tab, shown); figures != "tall" {
		t.Errorf("at 390 points the figures are %q", figures)
	}
	tab.Size(1280, 800)
}

// replyForm looks at what is said before one replies.
func replyForm(t *testing.T, tab *browser.Tab) {
	t.Helper()
	text := tab.Text(".reply-form")
	for _, words := range []string{"Your e-mail address will not be published.", "Required fields are marked *.", "Name *", "E-mail *", "Your reply *"} {
		if !strings.Contains(text, words) {
			t.Errorf("the form does not say %q: %s", words, text)
		}
	}
	if n := tab.Count(".reply-form [required]"); n != 3 {
		t.Errorf("%d fields are required", n)
	}
}

// later asks that what is not built yet leaves no empty box behind: no form, no
// heading without anything after it, no section without words.
func later(t *testing.T, tab *browser.Tab) {
	t.Helper()
	if n := tab.Count("main :is(form, input, textarea, iframe, button):not(.reply-form *)"); n != 0 {
		t.Errorf("%d fields that do nothing yet", n)
	}
	empty := browser.Eval[[]string](tab, `[...document.querySelectorAll('main section, main nav, main aside, main figure, main ul, main ol')]
		.filter(e => !e.innerText.trim() && !e.querySelector('img, svg')).map(e => e.outerHTML.slice(0, 120))`)
	if len(empty) > 0 {
		t.Errorf("boxes with nothing in them: %q", empty)
	}
	if tab.Overflow() != 0 {
		t.Errorf("the page is %d points too wide", tab.Overflow())
	}
}
