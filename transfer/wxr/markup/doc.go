// Package markup makes the text of a WordPress post plain HTML: comments of the
// block editor go, the line breaks of the classic editor become paragraphs, and
// shortcodes, which only the old site's plug-ins understood, become what can
// be kept of them.
//
// Words used here: a shortcode is a name in square brackets, "[gallery ids="1,2"]",
// with or without an end, "[/gallery]"; a block is what stands between
// "<!-- wp:name -->" and "<!-- /wp:name -->".
//
// The HTML is not made safe. It may hold scripts, forms and frames as the post did,
// and goes through the sanitiser each time it is shown. The package opens no
// address, and takes time in proportion to the length of the text.
package markup
