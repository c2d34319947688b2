package loosexml

import "fmt"

// Pos is a place in the decoded text: lines count from 1, columns from 0 and in
// bytes of UTF-8.
type Pos struct {
	Line, Column int
}

// SyntaxError is one place where the input is not well-formed.
type SyntaxError struct {
	Pos
	What string
}

// Error ends in "line N, column M".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s: line %d, column %d", e.What, e.Line, e.Column)
}

// DoctypeError refuses a document type declaration: it is the only way in which
// XML can define entities, and so the root of expansion and inclusion attacks.
type DoctypeError struct {
	Line int
}

// Error is a sentence fit for the person who brought the file.
func (e *DoctypeError) Error() string {
	return fmt.Sprintf("line %d has a document type (DOCTYPE), which no export needs and which is refused for safety", e.Line)
}

// LimitError refuses input that no honest writer makes.
type LimitError struct {
	Line int
	What string // such as "a tag of more than 65536 bytes"
}

// Error names what was too much, and the line.
func (e *LimitError) Error() string {
	return fmt.Sprintf("line %d has %s, which is refused", e.Line, e.What)
}
