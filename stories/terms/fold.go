package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	leastLetters = 4  // of a word that can tell a text from others
	mostAcronym  = 5  // letters and digits, as in HR or B2B
	mostTerm     = 40 // characters; what is longer is no word
)

// contracted are the ends of English words such as "they'd", none of which tells
// a text from others.
var contracted = []string{"n't", "'d", "'ll", "'m", "'re", "'ve"}

// spelled are letters that Unicode does not take apart but writers do.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "ø", "o", "đ", "d", "ł", "l", "œ", "oe", "ı", "i")

// plain is a word in lower case and without marks.
func plain(word string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(spelled.Replace(strings.ToLower(word))) {
		if !unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// split cuts a text where there is neither letter, mark, digit nor apostrophe.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
	})
}

// bare is a word without quotation marks around it and without a possessive 's.
func bare(word string) string {
	word = strings.ReplaceAll(word, "’", "'")
	return strings.TrimSuffix(strings.Trim(word, "'"), "'s")
}

// fold gives what a word counts as, or "" where it tells nothing.
func fold(word, language string) string {
	if len(word) > mostTerm*utf8.UTFMax || utf8.RuneCountInString(word) > mostTerm || !telling(word) {
		return ""
	}
	if Base(language) != "de" && endsIn(strings.ToLower(word), contracted...) {
		return ""
	}
	stop := stopWords(language)
	folded := plain(strings.ReplaceAll(word, "'", ""))
	one := singular(folded, language)
	if stop[folded] || stop[one] {
		return ""
	}
	return one
}

// telling reports that a word is long enough, or an acronym.
func telling(word string) bool {
	letters, all, capitals := 0, 0, true
	for _, r := range word {
		all++
		if unicode.IsLetter(r) {
			letters++
		}
		capitals = capitals && (unicode.IsUpper(r) || unicode.IsDigit(r))
	}
	return letters >= leastLetters || capitals && letters >= 2 && all <= mostAcronym
}

// singular folds the commonest plurals, so that "gigs" and "gig" are one word. It
// does no more: a stem that no longer looks like its word joins what is different.
func singular(word, language string) string {
	switch Base(language) {
	case "de":
		return singularGerman(word)
	case "en":
		return singularEnglish(word)
	}
	return word
}

func singularEnglish(word string) string {
	switch {
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return word[:len(word)-3] + "y"
	case endsIn(word, "sses", "shes", "ches", "xes", "zes"):
		return word[:len(word)-2]
	case strings.HasSuffix(word, "s") && len(word) > 3 && !endsIn(word, "ss", "us", "is"):
		return word[:len(word)-1]
	}
	return word
}

func singularGerman(word string) string {
	for _, end := range []string{"en", "e", "s"} {
		if rest, ok := strings.CutSuffix(word, end); ok && len(rest) >= leastLetters && !endsIn(word, "ss", "us", "is") {
			return rest
		}
	}
	if endsIn(word, "ern", "eln") && len(word) > leastLetters+1 {
		return word[:len(word)-1]
	}
	return word
}

func endsIn(word string, ends ...string) bool {
	for _, end := range ends {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// Base is the language of a tag without its region: "de" of "de-AT".
func Base(language string) string {
	b, _, _ := strings.Cut(language, "-")
	return strings.ToLower(b)
}
