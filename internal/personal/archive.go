package personal

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"time"
)

// Out takes what is held: files of rows in JSON, and files of any kind.
type Out interface {
	// Rows begins a file of rows, and calls fill with the function that adds one. A
	// file without rows is not there.
	Rows(name string, fill func(add func(row any) error) error) error
	// File adds a file.
	File(name string, at time.Time, content io.Reader) error
}

// Archive writes what is held into a zip, row by row, so that no more than one is in
// memory.
type Archive struct {
	zip *zip.Writer
	at  time.Time
}

// NewArchive writes to w; Close ends it.
func NewArchive(w io.Writer, at time.Time) *Archive { return &Archive{zip.NewWriter(w), at.UTC()} }

// Rows implements Out: one array of objects, an object a line.
func (a *Archive) Rows(name string, fill func(add func(row any) error) error) error {
	var file io.Writer
	err := fill(func(row any) (err error) {
		between := ",\n"
		if file == nil {
			if file, err = a.create(name, a.at, zip.Deflate); err != nil {
				return err
			}
			between = "[\n"
		}
		line, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("write a row of %s: %w", name, err)
		}
		_, err = file.Write(append([]byte(between), line...))
		return err
	})
	if err != nil || file == nil {
		return err
	}
	_, err = file.Write([]byte("\n]\n"))
	return err
}

// File implements Out.
func (a *Archive) File(name string, at time.Time, content io.Reader) error {
	method := zip.Deflate
	if ending := path.Ext(name); ending == ".jpg" || ending == ".png" { // packed already
		method = zip.Store
	}
	file, err := a.create(name, at, method)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, content); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (a *Archive) create(name string, at time.Time, method uint16) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: at.UTC()})
}

// Close ends the archive.
func (a *Archive) Close() error { return a.zip.Close() }
