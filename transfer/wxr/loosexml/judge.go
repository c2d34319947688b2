package loosexml

import (
	"bytes"
	"strings"
)

// judge is the strict view of the input. It follows which elements are open until
// the first thing that is not well-formed; from there on nesting means nothing.
type judge struct {
	first    *SyntaxError
	last     SyntaxError
	report   func(*SyntaxError)
	maxDepth int

	open     []string
	bindings []binding
	root     bool // a root element has been seen
}

// binding is one declared prefix and the depth of the element that declared it.
type binding struct {
	prefix string
	depth  int
}

// fail notes a breach. The same one again in the same line is passed over.
func (j *judge) fail(pos Pos, what string) {
	if pos.Line == j.last.Line && what == j.last.What {
		return
	}
	j.last = SyntaxError{pos, what}
	err := &SyntaxError{pos, what}
	if j.first == nil {
		j.first = err
		j.open, j.bindings = nil, nil
	}
	if j.report != nil {
		j.report(err)
	}
}

// start is false where the nesting is deeper than allowed.
func (j *judge) start(pos Pos, name string, attrs []Attr) bool {
	if j.first != nil {
		return true
	}
	if len(j.open) == 0 && j.root {
		j.fail(pos, "something after the end of the document")
		return true
	}
	j.root = true
	j.open = append(j.open, name)
	if len(j.open) > j.maxDepth {
		return false
	}
	for _, a := range attrs {
		if prefix, ok := strings.CutPrefix(a.Name, "xmlns:"); ok {
			j.bindings = append(j.bindings, binding{prefix, len(j.open)})
		}
	}
	at := Pos{pos.Line, pos.Column + 1}
	j.bound(at, name)
	for i, a := range attrs {
		j.bound(at, a.Name)
		for _, b := range attrs[:i] {
			if a.Name == b.Name {
				j.fail(at, "the attribute "+a.Name+" twice")
			}
		}
	}
	return true
}

// bound fails a name whose prefix was not declared (Namespaces in XML 1.0, section 5).
func (j *judge) bound(pos Pos, name string) {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok || prefix == "xml" || prefix == "xmlns" {
		return
	}
	if local == "" || prefix == "" || strings.Contains(local, ":") {
		j.fail(pos, "the name "+name+" is not right")
		return
	}
	for _, b := range j.bindings {
		if b.prefix == prefix {
			return
		}
	}
	j.fail(pos, "the prefix "+prefix+" is not declared")
}

func (j *judge) end(pos Pos, name string) {
	if j.first != nil {
		return
	}
	depth := len(j.open)
	switch {
	case depth == 0:
		j.fail(pos, "</"+name+"> closes nothing")
		return
	case j.open[depth-1] != name:
		j.fail(pos, "mismatched tag: </"+name+"> closes <"+j.open[depth-1]+">")
		return
	}
	j.open = j.open[:depth-1]
	for n := len(j.bindings); n > 0 && j.bindings[n-1].depth == depth; n-- {
		j.bindings = j.bindings[:n-1]
	}
}

// text fails what is written before or after the root element.
func (j *judge) text(pos Pos, b []byte) {
	if j.first == nil && len(j.open) == 0 && len(bytes.Trim(b, " \t\n")) > 0 {
		j.fail(pos, "text outside of the document")
	}
}

func (j *judge) data(pos Pos) {
	if j.first == nil && len(j.open) == 0 {
		j.fail(pos, "CDATA outside of the document")
	}
}

func (j *judge) finish(pos Pos) {
	switch {
	case j.first != nil:
	case len(j.open) > 0:
		j.fail(pos, "the file ends inside <"+j.open[len(j.open)-1]+">")
	case !j.root:
		j.fail(pos, "no element found")
	}
}
