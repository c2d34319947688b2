package pictures

import (
	"fmt"
	"strconv"
	"strings"
)

// Picture is a stored picture.
type Picture struct {
	ID          string // 32 hexadecimal digits of the hash of its bytes
	Extension   string // ".jpg" or ".png"
	ContentType string
	Width       int
	Height      int
	Bytes       int64
	Alt         string // the words last given with it, offered when it is used again
	Sizes       []Size // smaller versions, narrowest first; none until the job made them
}

// Size is a smaller version of a picture.
type Size struct {
	Width, Height int
	Bytes         int64
}

// Tag is carried by pages that show a picture.
func Tag(id string) string { return "picture:" + id }

// Address is where the whole picture is served.
func (p Picture) Address() string { return "/media/" + p.ID + p.Extension }

// AddressAt is where a smaller version is served.
func (p Picture) AddressAt(width int) string {
	return fmt.Sprintf("/media/%s-%d%s", p.ID, width, p.Extension)
}

// Variant is one version of a picture with its address.
type Variant struct {
	URL   string
	Width int
}

// Variants lists every version, narrowest first.
func (p Picture) Variants() []Variant {
	list := make([]Variant, 0, len(p.Sizes)+1)
	for _, s := range p.Sizes {
		list = append(list, Variant{p.AddressAt(s.Width), s.Width})
	}
	return append(list, Variant{p.Address(), p.Width})
}

// SrcSet is the value of an img element's srcset.
func (p Picture) SrcSet() string {
	var b strings.Builder
	for i, v := range p.Variants() {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %dw", v.URL, v.Width)
	}
	return b.String()
}

// idDigits is how many hexadecimal digits a picture's ID has.
const idDigits = 32

// IDFromAddress finds which picture an address within this site shows: its ID, for
// a smaller version "-" and its width, and its extension.
func IDFromAddress(address string) (string, bool) {
	name, ok := strings.CutPrefix(address, "/media/")
	if !ok || len(name) < idDigits {
		return "", false
	}
	id, rest := name[:idDigits], name[idDigits:]
	width, extension, _ := strings.Cut(rest, ".")
	if strings.Trim(id, "0123456789abcdef") != "" || extension != "jpg" && extension != "png" {
		return "", false
	}
	if digits, sized := strings.CutPrefix(width, "-"); sized && !isWidth(digits) || !sized && width != "" {
		return "", false
	}
	return id, true
}

// isWidth reports that s is a number as AddressAt writes it.
func isWidth(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && strconv.Itoa(n) == s
}
