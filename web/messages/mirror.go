package messages

import "strings"

// Mirrored is a copy of a catalogue whose words run from right to left, letter for
// letter in Arabic script: what a page does in such a language can be seen before
// anybody has translated it. Nobody can read it.
func (c *Catalog) Mirrored() *Catalog {
	m := *c
	m.Language, m.Direction = c.Language+"-Arab", "rtl"
	m.texts = make(map[string]forms, len(c.texts))
	for key, f := range c.texts {
		m.texts[key] = forms{}
		for category, text := range f {
			m.texts[key][category] = Mirror(text)
		}
	}
	m.dates.Months, m.dates.Short = mirrorAll(c.dates.Months), mirrorAll(c.dates.Short)
	return &m
}

func mirrorAll(list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = Mirror(text)
	}
	return out
}

var toArabic = strings.NewReplacer("a", "ا", "b", "ب", "c", "ك", "d", "د", "e", "ي", "f", "ف", "g", "غ", "h", "ه", "i", "ي", "j", "ج", "k", "ك",
	"l", "ل", "m", "م", "n", "ن", "o", "و", "p", "ب", "q", "ق", "r", "ر", "s", "س", "t", "ت", "u", "و", "v", "ف", "w", "و", "x", "خ", "y", "ي", "z", "ز",
	",", "،", ";", "؛", "?", "؟")

// Mirror writes a text in Arabic script. Placeholders, and in Markdown the targets of
// links, stay as they are.
func Mirror(text string) string {
	var b strings.Builder
	for text != "" {
		start, end := len(text), ""
		for open, closing := range map[string]string{"{": "}", "](": ")"} {
			if i := strings.Index(text, open); i >= 0 && i < start {
				start, end = i, closing
			}
		}
		b.WriteString(toArabic.Replace(strings.ToLower(text[:start])))
		stop := len(text)
		if i := strings.Index(text[start:], end); i >= 0 && end != "" {
			stop = start + i + len(end)
		}
		b.WriteString(text[start:stop])
		text = text[stop:]
	}
	return b.String()
}
