package members

import (
	"unicode"
	"unicode/utf8"

	"waypost/internal/problem"
)

// CheckName says what is wrong with a name that somebody gives themselves: nothing in it
// may be unseen, turn the line around, or be put together to look like another name.
func CheckName(f *problem.Fields, field, name string) {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		f.Add(field, "author.name_missing")
	case n > maxName:
		f.Add(field, "field.too_long", "max", maxName)
	case !seen(name):
		f.Add(field, "name.hidden")
	case mixed(name):
		f.Add(field, "name.mixed")
	}
}

// seen reports that a name has a letter, and that every part of it can be seen.
func seen(name string) bool {
	letter := false
	before := rune(0)
	for _, r := range name {
		joiner := (r == '\u200c' || r == '\u200d') && unicode.IsLetter(before) && before >= utf8.RuneSelf // as Persian and Hindi are spelled
		if !joiner && !unicode.IsGraphic(r) || r == utf8.RuneError || unicode.Is(unicode.Co, r) || r == '\u3164' || r == '\uffa0' || r == '\u115f' || r == '\u1160' {
			return false
		}
		letter = letter || unicode.IsLetter(r)
		before = r
	}
	return letter
}

// mixed reports a word that has letters of two of the scripts that look alike.
func mixed(name string) bool {
	scripts := map[*unicode.RangeTable]bool{}
	for _, r := range name {
		if unicode.IsSpace(r) || r == '-' {
			clear(scripts)
			continue
		}
		for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee} {
			if unicode.Is(script, r) && unicode.IsLetter(r) {
				scripts[script] = true
			}
		}
		if len(scripts) > 1 {
			return true
		}
	}
	return false
}
