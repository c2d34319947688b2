// Package languages knows the languages that the desk offers for a story.
package languages

import "slices"

// Language is a language by its BCP 47 tag and by its own name.
type Language struct{ Tag, Name string }

// Written are languages that a story may be in, by their own names (CLDR).
var Written = []Language{
	{"ar", "العربية"}, {"bg", "български"}, {"ca", "català"}, {"cs", "čeština"}, {"da", "dansk"}, {"de", "Deutsch"}, {"el", "Ελληνικά"},
	{"en", "English"}, {"es", "español"}, {"et", "eesti"}, {"fa", "فارسی"}, {"fi", "suomi"}, {"fr", "français"}, {"he", "עברית"},
	{"hi", "हिन्दी"}, {"hr", "hrvatski"}, {"hu", "magyar"}, {"id", "Indonesia"}, {"it", "italiano"}, {"ja", "日本語"}, {"ko", "한국어"},
	{"lt", "lietuvių"}, {"lv", "latviešu"}, {"nb", "norsk bokmål"}, {"nl", "Nederlands"}, {"pl", "polski"}, {"pt", "português"},
	{"ro", "română"}, {"ru", "русский"}, {"sk", "slovenčina"}, {"sl", "slovenščina"}, {"sr", "српски"}, {"sv", "svenska"}, {"th", "ไทย"},
	{"tr", "Türkçe"}, {"uk", "українська"}, {"ur", "اردو"}, {"vi", "Tiếng Việt"}, {"zh", "中文"},
}

// With are the languages to choose from, with the present one even if it is rare.
func With(present string) []Language {
	known := func(l Language) bool { return l.Tag == present }
	if present == "" || slices.ContainsFunc(Written, known) {
		return Written
	}
	return append([]Language{{present, present}}, Written...)
}
