package messages

import (
	"slices"

	"golang.org/x/text/language"
)

// Flow is the way that a language is written, "rtl" or "ltr", by its script.
func Flow(bcp47 string) string {
	script, _ := language.Make(bcp47).Script()
	if slices.Contains([]string{"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}, script.String()) {
		return "rtl"
	}
	return "ltr"
}
