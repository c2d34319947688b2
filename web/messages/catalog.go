package messages

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// Catalog is the words of one language.
type Catalog struct {
	Language  string // BCP 47
	Name      string // in the language itself
	Direction string // "ltr" or "rtl"

	tag    language.Tag
	texts  map[string]forms
	dates  dates
	digits string // between groups of three digits
}

// forms are the texts of a key by plural category (CLDR); most have only "other".
type forms map[string]string

type dates struct {
	Months []string `json:"months"`       // January first
	Short  []string `json:"short_months"` // as above
	Day    string   `json:"day"`          // "{day} {month} {year}"
	Month  string   `json:"month"`        // "{month} {year}"
	Time   string   `json:"time"`         // "{day} {month} {year}, {clock}"
	Zoned  string   `json:"zoned"`        // with "{zone}"
}

type file struct {
	Name      string                     `json:"name"`
	Direction string                     `json:"direction"`
	Digits    string                     `json:"digit_groups"`
	Dates     dates                      `json:"dates"`
	Texts     map[string]json.RawMessage `json:"texts"`
}

// Load reads every language, by its BCP 47 name.
func Load() (map[string]*Catalog, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	all := map[string]*Catalog{}
	for _, name := range names {
		c, err := load(name)
		if err != nil {
			return nil, fmt.Errorf("words of %s: %w", name, err)
		}
		all[c.Language] = c
	}
	return all, nil
}

func load(name string) (*Catalog, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	c := &Catalog{Language: strings.TrimSuffix(name, ".json"), Name: f.Name, Direction: f.Direction, dates: f.Dates, digits: f.Digits, texts: map[string]forms{}}
	if c.tag, err = language.Parse(c.Language); err != nil {
		return nil, err
	}
	if len(f.Dates.Months) != 12 || len(f.Dates.Short) != 12 {
		return nil, fmt.Errorf("a year has twelve months")
	}
	for key, raw := range f.Texts {
		var one string
		if json.Unmarshal(raw, &one) == nil {
			c.texts[key] = forms{"other": one}
			continue
		}
		var many forms
		if err := json.Unmarshal(raw, &many); err != nil || many["other"] == "" {
			return nil, fmt.Errorf("text %q is neither a sentence nor plural forms with \"other\"", key)
		}
		c.texts[key] = many
	}
	return c, nil
}

// Languages lists the names of a set of catalogues in order.
func Languages(all map[string]*Catalog) []string {
	list := make([]string, 0, len(all))
	for name := range all {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// Keys lists every key, in order.
func (c *Catalog) Keys() []string {
	list := make([]string, 0, len(c.texts))
	for k := range c.texts {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// Has reports whether there is a text of this key.
func (c *Catalog) Has(key string) bool { return c.texts[key] != nil }

// T is the text of a key with its placeholders filled: args are name and value in
// turn. A value called "count" chooses the plural form. A key without a text is
// shown as it is, in brackets; a test keeps that from happening.
func (c *Catalog) T(key string, args ...any) string {
	f := c.texts[key]
	if f == nil {
		return "[" + key + "]"
	}
	text := f["other"]
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		value := args[i+1]
		if n, ok := number(value); ok {
			if name == "count" {
				if t := f[c.category(n)]; t != "" {
					text = t
				}
			}
			value = c.Number(n)
		}
		text = strings.ReplaceAll(text, "{"+name+"}", fmt.Sprint(value))
	}
	return text
}

// Forms gives a key's texts by plural category, for the test that compares languages.
func (c *Catalog) Forms(key string) map[string]string { return c.texts[key] }

func number(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	}
	return 0, false
}

var categories = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

func (c *Catalog) category(n int) string {
	n = max(n, -n)
	return categories[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]
}

// Number writes an integer with its digits in groups.
func (c *Catalog) Number(n int) string {
	s := fmt.Sprint(max(n, -n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + c.digits + s[i:]
	}
	if n < 0 {
		return "−" + s
	}
	return s
}

// Day writes a date: "3 May 2026".
func (c *Catalog) Day(t time.Time) string { return c.fill(c.dates.Day, t) }

// Month writes a month: "May 2026".
func (c *Catalog) Month(t time.Time) string { return c.fill(c.dates.Month, t) }

// MonthName is the name of a month, 1 to 12.
func (c *Catalog) MonthName(month int) string { return c.dates.Months[month-1] }

// ShortMonth is the short name of a month, 1 to 12.
func (c *Catalog) ShortMonth(month int) string { return c.dates.Short[month-1] }

// Moment writes a date with its time of day: "3 May 2026, 14:05".
func (c *Catalog) Moment(t time.Time) string { return c.fill(c.dates.Time, t) }

// Exact writes a date with its time of day and zone.
func (c *Catalog) Exact(t time.Time) string { return c.fill(c.dates.Zoned, t) }

// fill puts the parts of a moment into a pattern; a name it does not know stays.
func (c *Catalog) fill(pattern string, t time.Time) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, rest, _ := strings.Cut(after, "}")
		switch name {
		case "day":
			b.WriteString(strconv.Itoa(t.Day()))
		case "month":
			b.WriteString(c.dates.Months[t.Month()-1])
		case "year":
			b.WriteString(strconv.Itoa(t.Year()))
		case "clock":
			b.WriteString(t.Format("15:04"))
		case "zone":
			b.WriteString(t.Format("MST"))
		default:
			b.WriteString("{" + name + "}")
		}
		pattern = rest
	}
}
