// Package storable makes text that every database takes out of what others sent: browsers
// and other servers may put any bytes into a header, and PostgreSQL refuses what is not
// UTF-8, and zero bytes.
package storable

import "strings"

// Text is what of a text can be stored.
func Text(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}

// Cut is what of a text can be stored in so many bytes; no character is cut in two.
func Cut(text string, most int) string {
	if text = Text(text); len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}
