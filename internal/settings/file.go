package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// FileName is the settings file, below the data folder.
const FileName = "waypost.json"

// mostOfFile is far above what all settings together need.
const mostOfFile = 1 << 20

// entry is a value of the file as the text that a flag would be given.
type entry struct {
	text string
	line int
	list bool
}

// readFile reads the settings file. A file that is not there is no fault.
func readFile(name string, faults *Faults) map[string]entry {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		faults.add(name, "cannot be read: %v", err)
		return nil
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostOfFile+1))
	switch {
	case err != nil:
		faults.add(name, "cannot be read: %v", err)
		return nil
	case len(text) > mostOfFile:
		faults.add(name, "is larger than 1 MiB, which no settings are")
		return nil
	}
	return parseFile(name, text, faults)
}

// fileReader goes through the text of a file and knows the line it is at.
type fileReader struct {
	name    string
	text    []byte
	tokens  *json.Decoder
	faults  *Faults
	entries map[string]entry
}

// parseFile reads one JSON object (RFC 8259) with a value for each setting. It
// does not know the settings; what is wrong with the form becomes a fault.
func parseFile(name string, text []byte, faults *Faults) map[string]entry {
	r := fileReader{name: name, text: text, faults: faults, entries: map[string]entry{}}
	r.tokens = json.NewDecoder(bytes.NewReader(text))
	r.tokens.UseNumber()
	if token, err := r.tokens.Token(); err != nil {
		r.broken(err)
		return r.entries
	} else if token != json.Delim('{') {
		r.add("is not a JSON object; write { at its beginning and } at its end")
		return r.entries
	}
	for r.tokens.More() {
		if !r.member() {
			return r.entries
		}
	}
	if _, err := r.tokens.Token(); err != nil {
		r.broken(err)
		return r.entries
	}
	if _, err := r.tokens.Token(); !errors.Is(err, io.EOF) {
		r.add("goes on after the } that ends the settings")
	}
	return r.entries
}

// member reads a key with its value and reports whether the text can be read on.
func (r *fileReader) member() bool {
	key, err := r.tokens.Token()
	if err != nil {
		r.broken(err)
		return false
	}
	name := key.(string)
	line := r.line(r.tokens.InputOffset())
	var raw json.RawMessage
	if err := r.tokens.Decode(&raw); err != nil {
		r.broken(err)
		return false
	}
	value, err := plainText(raw)
	where := fmt.Sprintf("%s:%d", r.name, line)
	earlier, twice := r.entries[name]
	switch {
	case err != nil:
		r.faults.add(where, "%q %v", name, err)
	case twice:
		r.faults.add(where, "%q is set a second time; the first is in line %d", name, earlier.line)
	default:
		value.line = line
		r.entries[name] = value
	}
	return true
}

// plainText is a JSON value in the form a flag would be given.
func plainText(raw json.RawMessage) (entry, error) {
	var value any
	tokens := json.NewDecoder(bytes.NewReader(raw))
	tokens.UseNumber()
	if err := tokens.Decode(&value); err != nil {
		return entry{}, err
	}
	switch value := value.(type) {
	case string:
		return entry{text: value}, nil
	case json.Number, bool:
		return entry{text: fmt.Sprint(value)}, nil
	case []any:
		words := make([]string, len(value))
		for i, element := range value {
			word, ok := element.(string)
			if !ok {
				return entry{}, errors.New("is a list of something else than strings")
			}
			words[i] = word
		}
		return entry{text: strings.Join(words, ","), list: true}, nil
	case nil:
		return entry{}, errors.New("is null; leave the line out to have the default")
	default:
		return entry{}, errors.New("is an object; give it one value")
	}
}

// line is the number of the line that an offset lies in, from 1.
func (r *fileReader) line(offset int64) int {
	return 1 + bytes.Count(r.text[:min(offset, int64(len(r.text)))], []byte("\n"))
}

func (r *fileReader) add(what string) {
	r.faults.add(fmt.Sprintf("%s:%d", r.name, r.line(r.tokens.InputOffset())), "%s", what)
}

// broken reports text that is not JSON, in the line where it stops being it.
func (r *fileReader) broken(err error) {
	offset := r.tokens.InputOffset()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset, err = int64(len(r.text)), errors.New("it ends too early")
	}
	r.faults.add(fmt.Sprintf("%s:%d", r.name, r.line(offset)), "is not JSON: %v", err)
}
