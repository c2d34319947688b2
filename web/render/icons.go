package render

import "html/template"

// icons are drawn on a grid of 24 with a line of 1.75, in the colour of the text
// beside them, which says the same in words.
var icons = map[string]string{
	"path":  `<path d="M4 20c4-1 3-5 7-6s3-5 9-8"/><circle cx="4" cy="20" r="1.6"/><path d="M20 6l-1.8 2.6M20 6l-3 .4"/>`,
	"feed":  `<path d="M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14"/><circle cx="6" cy="18" r="1.2"/>`,
	"back":  `<path d="M19 12H5m6-6-6 6 6 6"/>`,
	"on":    `<path d="M5 12h14m-6-6 6 6-6 6"/>`,
	"out":   `<path d="M8 16 17 7m-7 0h7v7"/>`,
	"moon":  `<path d="M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z"/>`,
	"mark":  `<g stroke="none" fill="currentColor"><path d="M11 2h2.4v20H11z"/><path d="M4 4h13l3.4 3L17 10H4z"/><path class="mark-turn" d="M20 12H8l-3.4 3L8 18h12z"/></g>`,
	"blaze": `<path d="M12 3l6 9-6 9-6-9z"/>`,
}

func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon icon-` + name + `" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
		`stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">` + icons[name] + `</svg>`)
}
