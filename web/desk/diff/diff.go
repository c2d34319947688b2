// Package diff compares two versions, field by field and line by line, for two people who changed the same
// story. It says which lines both have and which only one of them; it never decides
// whose are better.
package diff

import "strings"

// Line is a line of one text or of both.
type Line struct {
	Text         string
	Theirs, Mine bool // which of the texts have it
}

// most bounds the table of a comparison. Larger differences count as one whole
// passage replaced by another.
const most = 4_000_000

// Lines compares two texts. Where they differ, theirs come first.
func Lines(theirs, mine string) []Line {
	a, b := strings.Split(theirs, "\n"), strings.Split(mine, "\n")
	var head, tail []Line
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		head = append(head, Line{a[0], true, true})
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		tail = append(tail, Line{a[len(a)-1], true, true})
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	lines := append(head, between(a, b)...)
	for i := len(tail) - 1; i >= 0; i-- {
		lines = append(lines, tail[i])
	}
	return lines
}

// between walks along a longest common subsequence of what is left.
func between(a, b []string) []Line {
	var lines []Line
	var length [][]int32
	if len(a)*len(b) <= most {
		length = common(a, b)
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case length != nil && i < len(a) && j < len(b) && a[i] == b[j]:
			lines = append(lines, Line{a[i], true, true})
			i, j = i+1, j+1
		case i < len(a) && (length == nil || j == len(b) || length[i+1][j] >= length[i][j+1]):
			lines = append(lines, Line{a[i], true, false})
			i++
		default:
			lines = append(lines, Line{b[j], false, true})
			j++
		}
	}
	return lines
}

// common tells how many lines the rests of both texts share from each pair on.
func common(a, b []string) [][]int32 {
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	return length
}

// Both is the text with the lines of either, to be edited into one.
func Both(lines []Line) string {
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = l.Text
	}
	return strings.Join(all, "\n")
}
