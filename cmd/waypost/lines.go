package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// longestLine is the most bytes that a line of standard input may have.
const longestLine = 4 << 20

// answerLines answers each line by one of JSON before it reads the next, up to
// the first that has no answer, which it names.
func answerLines(in io.Reader, out io.Writer, answer func(line []byte) (any, error)) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	answers := json.NewEncoder(out)
	number := 1
	for ; lines.Scan(); number++ {
		a, err := answer(lines.Bytes())
		if err != nil {
			return fmt.Errorf("standard input, line %d: %w", number, err)
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("standard input, line %d: %w", number, err)
	}
	return nil
}
