package linkedin

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"waypost/internal/partdate"
	"waypost/paths/exchange"
)

// months are the names of the months, January first, in languages in which LinkedIn
// writes dates. A short form is the beginning of a name, or stands after it.
var months = [12]string{
	"january januar jänner januari janvier enero gennaio janeiro styczeń stycznia ocak ianuarie",
	"february februar feber februari février fevrier febrero febbraio fevereiro luty lutego şubat februarie",
	"march märz maerz mrz maart mrt mars marzo março marzec marca mart martie",
	"april avril abril aprile kwiecień kwietnia nisan aprilie",
	"may mai mei maj mayo maggio maio maja mayıs",
	"june juni juin junio giugno junho czerwiec czerwca haziran iunie",
	"july juli juillet julio luglio julho lipiec lipca temmuz iulie",
	"august augustus augusti août aout agosto sierpień sierpnia ağustos",
	"september septembre septiembre setiembre settembre setembro wrzesień września eylül septembrie",
	"october oktober octobre octubre ottobre outubro październik października ekim octombrie",
	"november novembre noviembre novembro listopad listopada kasım noiembrie",
	"december dezember desember décembre decembre diciembre dicembre dezembro grudzień grudnia aralık decembrie",
}

// plainLetters drops accents and case: month names are typed with and without.
func plainLetters(word string) string {
	apart := norm.NFD.String(strings.ToLower(word))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r):
			return -1
		case r == 'ı':
			return 'i'
		case r == 'ł':
			return 'l'
		}
		return r
	}, apart)
}

// monthOf reads the name of a month, or its beginning of three letters and more where
// that is of one month only; 0 for what is neither.
func monthOf(word string) int {
	word = plainLetters(word)
	begins := 0
	for i, names := range months {
		for name := range strings.FieldsSeq(plainLetters(names)) {
			if name == word {
				return i + 1
			}
			if len(word) < 3 || !strings.HasPrefix(name, word) {
				continue
			}
			if begins != 0 && begins != i+1 {
				begins = 13 // of two months
			} else {
				begins = i + 1
			}
		}
	}
	return begins % 13
}

// dateOf reads a year, or a month or a day with its year: "2017", "Mar 2017",
// "14. Mai 2017", "mai de 2017", "2017-03", "03/2017", "2017年3月".
func dateOf(text string) exchange.Date {
	text = strings.TrimSpace(text)
	d := exchange.Date{Text: text}
	if text == "" {
		return d
	}
	date, err := partdate.Parse(text)
	if err != nil {
		date, err = worded(text)
	}
	d.Date, d.Bad = date, err != nil
	return d
}

// worded reads a date that is written with a word, or with its year last.
func worded(text string) (partdate.Date, error) {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || strings.ContainsRune("年月日년월일", r)
	})
	year, month, day, bad := 0, 0, 0, len(words) > 5
	var small []int
	for _, word := range words {
		n, err := strconv.Atoi(word)
		switch {
		case err == nil && len(word) == 4 && year == 0:
			year = n
		case err == nil && len(word) <= 2 && n > 0:
			small = append(small, n)
		case err != nil && month == 0 && monthOf(word) > 0:
			month = monthOf(word)
		case err != nil && (word == "de" || word == "del" || word == "of"):
		default:
			bad = true
		}
	}
	switch {
	case month != 0 && len(small) == 1:
		day = small[0]
	case month == 0 && len(small) == 1:
		month = small[0]
	case len(small) > 0: // 3/4/2017 is read differently in different countries
		bad = true
	}
	if bad || year == 0 {
		return partdate.Date{}, errNoDate
	}
	return partdate.Of(year, month, day)
}
