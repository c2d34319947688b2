package wxr

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// meter counts the bytes read from a file, and stops where a limit is set.
type meter struct {
	r     io.ReaderAt
	count atomic.Int64
	limit int64 // 0: none
}

func (m *meter) ReadAt(p []byte, off int64) (int, error) {
	if m.limit > 0 && m.count.Load()+int64(len(p)) > m.limit {
		return 0, &LimitError{What: fmt.Sprintf("a directory of more than %d bytes", m.limit)}
	}
	n, err := m.r.ReadAt(p, off)
	m.count.Add(int64(n))
	return n, err
}

// freeBytes are unpacked before the ratio is looked at.
const freeBytes = 16 << 20

// budget is what may still come out of all documents of a source.
type budget struct {
	limits Limits
	packed int64 // size of the file
	out    int64
}

func (b *budget) spend(n int) error {
	b.out += int64(n)
	switch {
	case b.out > b.limits.OutBytes:
		return &LimitError{What: fmt.Sprintf("more than %d bytes when unpacked", b.limits.OutBytes)}
	case b.out > freeBytes && b.out/b.limits.Ratio > b.packed:
		return &LimitError{What: fmt.Sprintf("more than %d unpacked bytes for each of its own", b.limits.Ratio)}
	}
	return nil
}

// metered reads within a budget, and tells damage to compressed data from errors
// of the disk.
type metered struct {
	r      io.Reader
	budget *budget
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if over := m.budget.spend(n); over != nil {
		return 0, over
	}
	if isDamage(err) {
		err = &damaged{err}
	}
	return n, err
}

func isDamage(err error) bool {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	return corrupt ||
		errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat)
}
