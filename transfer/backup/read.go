package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
)

// steps is how much there is to read.
func (a *archive) steps() int64 { return a.manifest.Rows() + int64(len(a.manifest.Media)) }

// verify reads every part, and then the file as a whole: damage to a part is named
// as such.
func (a *archive) verify(ctx context.Context, t *tally) error {
	for _, table := range a.manifest.Tables {
		err := a.rows(table, func([]any) error {
			t.step()
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	for _, f := range a.manifest.Media {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.copyFile(f, io.Discard); err != nil {
			return err
		}
		t.step()
	}
	t.tell()
	return a.checkSeal()
}

// rows calls fn with each row of a table. That all were right is known when it
// returns without an error, and not before.
func (a *archive) rows(t Table, fn func(row []any) error) error {
	part, err := a.part(t.part(), t.Bytes, t.SHA256)
	if err != nil {
		return err
	}
	defer part.Close()
	lines := bufio.NewScanner(part)
	lines.Buffer(make([]byte, 64<<10), longestLine+1)
	n := int64(0)
	for lines.Scan() {
		row, err := parseLine(lines.Bytes(), t.Columns)
		if err != nil {
			return &PartError{t.part(), "has a row that cannot be read", err}
		}
		if err := fn(row); err != nil {
			return err
		}
		n++
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return &PartError{t.part(), "has a row that is too long", nil}
	} else if err != nil {
		return err
	}
	if n != t.Rows {
		return &PartError{t.part(), "has another number of rows than the manifest says", nil}
	}
	return nil
}

// copyFile writes a media file to w. As with rows, its content is right only if
// there is no error.
func (a *archive) copyFile(f File, w io.Writer) error {
	part, err := a.part(f.part(), f.Bytes, f.SHA256)
	if err != nil {
		return err
	}
	defer part.Close()
	_, err = io.Copy(w, part)
	return err
}

// part opens a part; its end is an error unless the content has this size and sum.
func (a *archive) part(name string, size int64, sum string) (*checked, error) {
	r, err := a.parts[name].Open()
	if err != nil {
		return nil, &PartError{name, "cannot be unpacked", err}
	}
	return &checked{from: r, hash: sha256.New(), name: name, left: size, sum: sum}, nil
}

// checked reads a part and compares at its end.
type checked struct {
	from io.ReadCloser
	hash hash.Hash
	name string
	left int64 // bytes that are still to come
	sum  string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.hash.Write(p[:n]) // never fails
	c.left -= int64(n)
	switch {
	case err != nil && err != io.EOF:
		return n, &PartError{c.name, "is damaged", err}
	case c.left < 0, err == io.EOF && (c.left > 0 || hex.EncodeToString(c.hash.Sum(nil)) != c.sum):
		return n, &PartError{c.name, "is damaged: its content is not what was written", nil}
	}
	return n, err
}

func (c *checked) Close() error { return c.from.Close() }
