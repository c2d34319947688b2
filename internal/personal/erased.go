package personal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// Erased is one line of the list of what was removed of people: identifiers alone, and
// of an address a keyed hash. It is outside the database, so that a restored backup does
// not bring back what has gone since.
type Erased struct {
	At      time.Time `json:"at"`
	Account string    `json:"account,omitempty"` // who left
	Address string    `json:"address,omitempty"`
	Writer  string    `json:"writer,omitempty"` // the account of who stays, without the replies written until then
	Path    string    `json:"path,omitempty"`   // the account of who stays, without the path begun until then
	Wish    Wish      `json:"wish"`
}

// ErasedName is the list's name in the media folder, which all nodes share and which
// outlives a restored database.
const ErasedName = "erased"

// Note adds a line, on disk before it returns. A line that is there stays alone.
func (e Erased) Note(media *os.Root) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	there, err := media.ReadFile(ErasedName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if slices.ContainsFunc(bytes.Split(there, []byte("\n")), func(l []byte) bool { return bytes.Equal(l, line) }) {
		return nil
	}
	if len(there) > 0 && there[len(there)-1] != '\n' { // cut off by a crash
		line = append([]byte("\n"), line...)
	}
	file, err := media.OpenFile(ErasedName, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	folder, err := media.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// ErasedIn reads the list. A line that a crash cut off is left out: its job wrote, or
// will write, another.
func ErasedIn(media *os.Root) ([]Erased, error) {
	text, err := media.ReadFile(ErasedName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read who was removed: %w", err)
	}
	var list []Erased
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		var e Erased
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.Wish.Whole() {
			list = append(list, e)
		}
	}
	return list, lines.Err()
}
