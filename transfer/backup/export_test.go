package backup

// Line makes a line of a row, with a bound of its own in bytes.
func Line(longest int, columns []Column, row []any) ([]byte, error) {
	m := newLineMaker()
	m.longest = longest
	return m.make(columns, row)
}
