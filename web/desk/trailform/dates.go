package trailform

import (
	"regexp"
	"strconv"
	"strings"

	"waypost/internal/partdate"
)

// monthNames are how the months begin, in the languages of the desk: three letters tell
// them apart in each, and no beginning stands for two months.
var monthNames = map[string]int{
	"jan": 1, "jän": 1, "feb": 2, "mar": 3, "mär": 3, "mae": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
	"oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}

// months are their names, to refuse words that only begin like one.
var months = []string{"january", "januar", "jänner", "february", "februar", "march", "märz", "maerz", "april", "may", "mai", "june", "juni",
	"july", "juli", "august", "september", "sept", "october", "oktober", "november", "december", "dezember"}

// The ways in which people write dates, besides that of partdate. In each the groups
// are named.
var ways = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<year>\d{4})[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?$`),                       // 2020-3, 2020/03/01
	regexp.MustCompile(`^(?P<month>\d{1,2})[-./](?P<year>\d{4})$`),                                                 // 03/2020
	regexp.MustCompile(`^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})$`),                                  // 1.3.2020
	regexp.MustCompile(`^(?P<name>\p{L}+)[ .,/-]*(?P<year>\d{4})$`),                                                // March 2020
	regexp.MustCompile(`^(?P<year>\d{4})[ .,/-]*(?P<name>\p{L}+)\.?$`),                                             // 2020 March
	regexp.MustCompile(`^(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?[ -]*(?:of )?(?P<name>\p{L}+)[ .,-]*(?P<year>\d{4})$`), // 1 March 2020
	regexp.MustCompile(`^(?P<name>\p{L}+)[ .]*(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?(?: *, *| +)(?P<year>\d{4})$`),    // March 1, 2020
}

// Date reads a date as people write it. What could be two dates, such as 3/4/2020, it
// does not guess.
func Date(text string) (partdate.Date, error) {
	exact, err := partdate.Parse(text)
	if err == nil {
		return exact, nil
	}
	plain := strings.ToLower(line(text))
	plain = strings.ReplaceAll(strings.ReplaceAll(plain, ". ", "."), "a\u0308", "ä")
	for _, way := range ways {
		found := way.FindStringSubmatch(plain)
		if found == nil {
			continue
		}
		part := func(name string) int {
			i := way.SubexpIndex(name)
			if i < 0 {
				return 0
			}
			n, _ := strconv.Atoi(found[i]) // digits, or none
			return n
		}
		month := part("month")
		if i := way.SubexpIndex("name"); i >= 0 {
			if month = monthNamed(found[i]); month == 0 {
				continue
			}
		}
		if d, failed := partdate.Of(part("year"), month, part("day")); failed == nil {
			return d, nil
		}
	}
	return exact, err
}

func monthNamed(word string) int {
	letters := []rune(word)
	if len(letters) < 3 {
		return 0
	}
	for _, name := range months {
		if strings.HasPrefix(name, word) {
			return monthNames[string(letters[:3])]
		}
	}
	return 0
}
