package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"waypost/internal/problem"
)

// ReadJSON reads a file of JSON of at most so many bytes into maps, lists, texts, numbers
// (json.Number), booleans and nil. The error is a problem.Problem.
func ReadJSON(in []byte, most int) (any, error) {
	if len(in) > most {
		return nil, problem.New(problem.TooLarge, "exchange.file_large", "max", most>>20)
	}
	in = bytes.TrimPrefix(in, []byte("\xEF\xBB\xBF"))
	read := json.NewDecoder(bytes.NewReader(in))
	read.UseNumber()
	var whole any
	err := read.Decode(&whole)
	if err == nil {
		if _, err = read.Token(); err == io.EOF {
			return whole, nil
		} else if err == nil {
			err = errors.New("something follows the document")
		}
	}
	return nil, NotJSON(in, read.InputOffset(), err)
}

// NotJSON is the problem of a file that is no JSON from about some byte on.
func NotJSON(in []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	}
	line := 1 + bytes.Count(in[:max(0, min(offset, int64(len(in))))], []byte("\n"))
	return &problem.Problem{Kind: problem.Invalid, Cause: err,
		Message: problem.Message{Key: "exchange.not_json", Args: []any{"line", line}}}
}
