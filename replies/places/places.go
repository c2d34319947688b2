package places

import (
	"strconv"
	"strings"
)

// Deepest is how deep places go: an answer to a reply down there stands beside it. The
// place must fit into an index.
const Deepest = 100

// A place is where a reply stands among those of its story: for each reply on the way
// down to it its number among its siblings, so that places in order are the threads in
// order. A number is written behind a digit that says how many digits it has: digits alone
// sort alike in every language that a database may be set to.

// Of is the place of the nth reply, from 1, to the one at a place; "" is the story.
func Of(parent string, n int64) string {
	digits := strconv.FormatInt(n, 10)
	return parent + strconv.Itoa(len(digits)) + digits
}

// After is the first place behind one and all that is beneath it.
func After(place string) string {
	steps := Steps(place)
	last := steps[len(steps)-1]
	n, _ := strconv.ParseInt(last[1:], 10, 64) // places are made by Of
	return Of(strings.TrimSuffix(place, last), n+1)
}

// Above lists the places over one, the thread's first.
func Above(place string) []string {
	steps := Steps(place)
	list := make([]string, len(steps)-1)
	at := ""
	for i := range list {
		at += steps[i]
		list[i] = at
	}
	return list
}

// Steps are the numbers on the way down to a place, with their signs.
func Steps(place string) []string {
	var list []string
	for len(place) > 0 {
		end := min(1+int(max(place[0], '1')-'0'), len(place))
		list = append(list, place[:end])
		place = place[end:]
	}
	return list
}

// Valid reports that a text has the form of a place.
func Valid(place string) bool {
	for _, step := range Steps(place) {
		digits := step[1:]
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n < 1 || Of("", n) != step {
			return false
		}
	}
	return place != "" && len(place) <= mostPlace
}

// mostPlace is longer than any place.
const mostPlace = 2000
