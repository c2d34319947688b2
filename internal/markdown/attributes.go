package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Forms of attribute values that are kept; the policy asks for the same ones.
var (
	validDir      = regexp.MustCompile(`^(?:ltr|rtl|auto)$`)
	validLang     = regexp.MustCompile(`^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$`)
	validInteger  = regexp.MustCompile(`^-?[0-9]{1,6}$`)
	validSpan     = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)
	validScope    = regexp.MustCompile(`^(?:row|col|rowgroup|colgroup)$`)
	validDateTime = regexp.MustCompile(`^[0-9TZPDHMSW:.+ -]{1,40}$`)
	validAlign    = regexp.MustCompile(`^(?:align-left|align-center|align-right|wide)$`)
	validSize     = regexp.MustCompile(`^[1-9][0-9]{0,5}$`)
)

// kept returns the attributes of a source tag that its element keeps, links and pictures aside.
func (b *builder) kept(name string, attrs []html.Attribute) []html.Attribute {
	var list []html.Attribute
	for _, a := range attrs {
		if slices.ContainsFunc(list, func(have html.Attribute) bool { return have.Key == a.Key }) {
			continue
		}
		if a.Key == "reversed" {
			a.Val = ""
		}
		if keeps(name, a) {
			list = append(list, a)
		}
	}
	if align := alignment(name, attrs); align != "" {
		list = append(list, attribute("class", align))
	}
	return list
}

func keeps(name string, a html.Attribute) bool {
	switch a.Key {
	case "dir":
		return validDir.MatchString(a.Val)
	case "lang":
		return validLang.MatchString(a.Val)
	case "start":
		return name == "ol" && validInteger.MatchString(a.Val)
	case "reversed":
		return name == "ol"
	case "value":
		return name == "li" && validInteger.MatchString(a.Val)
	case "colspan", "rowspan":
		return (name == "td" || name == "th") && validSpan.MatchString(a.Val)
	case "scope":
		return name == "th" && validScope.MatchString(a.Val)
	case "title":
		return (name == "abbr" || name == "dfn") && a.Val != ""
	case "datetime":
		return name == "time" && validDateTime.MatchString(a.Val)
	}
	return false
}

func hasClass(attrs []html.Attribute, class string) bool {
	return slices.Contains(strings.Fields(attr(attrs, "class")), class)
}

// alignment says in one of our classes what align, text-align and the classes of WordPress say.
func alignment(name string, attrs []html.Attribute) string {
	switch name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figure", "img", "figcaption":
	default:
		return ""
	}
	switch attr(attrs, "align") {
	case "left":
		return "align-left"
	case "center", "middle":
		return "align-center"
	case "right":
		return "align-right"
	}
	for _, class := range strings.Fields(attr(attrs, "class")) {
		switch class {
		case "alignleft":
			return "align-left"
		case "aligncenter", "has-text-align-center":
			return "align-center"
		case "alignright", "has-text-align-right":
			return "align-right"
		case "alignwide", "alignfull":
			if name == "figure" || name == "img" {
				return "wide"
			}
		}
	}
	switch style := strings.ReplaceAll(attr(attrs, "style"), " ", ""); {
	case strings.Contains(style, "text-align:center"):
		return "align-center"
	case strings.Contains(style, "text-align:right"):
		return "align-right"
	}
	return ""
}

// pixels formats a size for width and height.
func pixels(n int) string {
	return strconv.Itoa(n)
}
