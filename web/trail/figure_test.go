package trail_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"waypost/web/trail"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			f := trail.Draw(s.trail, s.opts)
			checkDrawing(t, f.Wide, s.opts.IDPrefix+"wide")
			checkDrawing(t, f.Tall, s.opts.IDPrefix+"tall")
			checkList(t, s, f)
		})
	}
}

// fataler is what *testing.T and *rapid.T have in common here.
type fataler interface {
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// checkDrawing checks what must hold for every drawing: well-formed XML of
// limited size, only elements and attributes that a strict content policy
// takes, ids with their prefix, and all places within the view box.
func checkDrawing(t fataler, svg []byte, id string) {
	// Sixty steps with every text at its longest take a little more.
	if len(svg) > trail.MaxBytes*6/5 {
		t.Errorf("%s takes %d bytes", id, len(svg))
	}
	ids := make(map[string]bool)
	var view []float64
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v\n%s", id, err, svg)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if element.Name.Local == "svg" {
			view = numbers(t, attribute(element, "viewBox"))
		}
		checkElement(t, element, id, ids)
		checkPlaces(t, element, view, id)
	}
	for _, part := range []string{"-title", "-desc"} {
		if !ids[id+part] {
			t.Errorf("%s has no %s", id, part)
		}
	}
}

func checkElement(t fataler, element xml.StartElement, id string, ids map[string]bool) {
	allowed := []string{"svg", "title", "desc", "g", "path", "circle", "ellipse", "text", "tspan", "linearGradient", "stop"}
	if !slices.Contains(allowed, element.Name.Local) {
		t.Errorf("%s holds the element %s", id, element.Name.Local)
	}
	for _, a := range element.Attr {
		name := a.Name.Local
		if name == "style" || name == "href" || name == "src" || strings.HasPrefix(name, "on") {
			t.Errorf("%s: %s has the attribute %s", id, element.Name.Local, name)
		}
		if strings.Contains(a.Value, "url(") && !strings.HasPrefix(a.Value, "url(#"+id) {
			t.Errorf("%s refers to %s", id, a.Value)
		}
		if name == "id" {
			if !strings.HasPrefix(a.Value, id) || ids[a.Value] {
				t.Errorf("%s: id %q lacks the prefix or is there twice", id, a.Value)
			}
			ids[a.Value] = true
		}
	}
}

// checkPlaces checks that what an element draws lies within the view box. The
// control points of curves count: the drawing keeps them inside, too.
func checkPlaces(t fataler, element xml.StartElement, view []float64, id string) {
	xs, ys := []float64{}, []float64{}
	for _, a := range element.Attr {
		switch a.Name.Local {
		case "d":
			for i, n := range numbers(t, withoutArcs(a.Value)) {
				if i%2 == 0 {
					xs = append(xs, n)
				} else {
					ys = append(ys, n)
				}
			}
		case "cx", "x":
			xs = append(xs, numbers(t, a.Value)...)
		case "cy", "y":
			ys = append(ys, numbers(t, a.Value)...)
		}
	}
	for axis, places := range map[int][]float64{2: xs, 3: ys} {
		for _, at := range places {
			if at < 0 || at > view[axis] {
				t.Errorf("%s: %s lies outside at %g of %g", id, element.Name.Local, at, view[axis])
			}
		}
	}
}

// withoutArcs drops the radii and flags of arcs, which are not places.
func withoutArcs(d string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(d, "A", "\nA"), "\n") {
		if strings.HasPrefix(part, "A") {
			part = " " + strings.Join(strings.Fields(part)[5:], " ")
		}
		out.WriteString(part)
	}
	return out.String()
}

func numbers(t fataler, text string) []float64 {
	fields := strings.FieldsFunc(strings.ReplaceAll(text, "h0", ""), func(r rune) bool { return strings.ContainsRune("MLCZ ", r) })
	all := make([]float64, len(fields))
	for i, field := range fields {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatalf("%q is not a row of numbers: %v", text, err)
		}
		all[i] = n
	}
	return all
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// checkList checks that the list holds every step, note and change once.
func checkList(t fataler, s sample, f trail.Figure) {
	var titles, learned, changed []string
	var walk func(items []trail.Item)
	walk = func(items []trail.Item) {
		for _, i := range items {
			if i.IsChange {
				changed = append(changed, i.Title)
				continue
			}
			titles = append(titles, i.Title)
			learned = append(learned, i.Learned...)
			for _, c := range i.Changes {
				changed = append(changed, c.Words)
			}
			walk(i.Children)
		}
	}
	walk(f.List)
	var wantTitles, wantLearned, wantChanged []string
	for _, step := range s.trail.Steps {
		wantTitles = append(wantTitles, step.Title)
		wantLearned = append(wantLearned, step.Learned...)
	}
	for _, c := range s.trail.Changes {
		wantChanged = append(wantChanged, c.Words)
	}
	for what, lists := range map[string][2][]string{
		"titles":  {titles, wantTitles},
		"notes":   {learned, wantLearned},
		"changes": {changed, wantChanged},
	} {
		slices.Sort(lists[0])
		slices.Sort(lists[1])
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s: the list has the %s %q, want %q", s.name, what, lists[0], lists[1])
		}
	}
}
