package wxr

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// Source is an export as one file: XML, gzipped XML, or a zip of such XML. What it
// is is told by its first bytes, never by its name.
type Source struct {
	file    io.Closer // nil unless Open opened it
	meter   *meter
	size    int64
	limits  Limits
	entries []entry
	skipped []string
}

// entry is one document of a source.
type entry struct {
	name string
	open func() (io.ReadCloser, error)
}

// Open opens the export at path, which must be a regular file. The caller closes it.
func Open(path string, limits Limits) (*Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open export: %w", err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", path)
	}
	if err != nil {
		return nil, fmt.Errorf("open export: %w", errors.Join(err, f.Close()))
	}
	s, err := NewSource(f, info.Size(), limits)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s.file = f
	return s, nil
}

// NewSource takes the size bytes of r for an export. It reads no more than the start
// of it and the directory of an archive, which is refused here if it is not safe.
func NewSource(r io.ReaderAt, size int64, limits Limits) (*Source, error) {
	s := &Source{meter: &meter{r: r}, size: size, limits: limits.withDefaults()}
	head := make([]byte, 4)
	n, err := s.meter.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read export: %w", err)
	}
	head = head[:n]
	switch {
	case isZip(head):
		return s, s.readDirectory()
	case isGzip(head):
		s.entries = []entry{{open: s.gunzip}}
	default:
		s.entries = []entry{{open: func() (io.ReadCloser, error) { return io.NopCloser(s.raw()), nil }}}
	}
	return s, nil
}

// Close closes the file that Open opened.
func (s *Source) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// Documents are the names of the XML files of an archive, in the order in which they
// are read; one empty name for a file that is no archive.
func (s *Source) Documents() []string {
	var names []string
	for _, e := range s.entries {
		names = append(names, e.name)
	}
	return names
}

// Progress is how many of the file's bytes have been read, for a bar that moves
// steadily whatever the compression. It may be called while Read runs.
func (s *Source) Progress() (read, total int64) {
	return min(s.meter.count.Load(), s.size), s.size
}

// Read reads every document in turn, as the function Read does, and adds up their
// counts. A document that is refused ends the reading; one that is no export is passed
// over if there are others.
func (s *Source) Read(ctx context.Context, h Handler) (Summary, error) {
	s.meter.count.Store(0)
	left := &budget{limits: s.limits, packed: s.size}
	out := &reporter{h: h, left: s.limits.Problems}
	for _, name := range s.skipped {
		out.document = name
		out.problem(Skipped, 0, "this file of the archive is no XML and was passed over")
	}
	sum := newSummary()
	exports := 0
	for _, e := range s.entries {
		out.document = e.name
		one, err := s.readEntry(ctx, e, left, out)
		if errors.Is(err, ErrNotExport) && len(s.entries) > 1 {
			out.problem(Skipped, 0, "this file of the archive is no export and was passed over")
			continue
		}
		exports++
		sum.add(one)
		if err != nil {
			return sum, err
		}
	}
	if exports == 0 {
		return sum, ErrNotExport
	}
	return sum, out.err
}

func (s *Source) readEntry(ctx context.Context, e entry, b *budget, out *reporter) (Summary, error) {
	sum := newSummary()
	rc, err := e.open()
	if err != nil {
		sum.WellFormed, sum.Error = false, err.Error()
		return sum, err
	}
	sum, err = read(ctx, &metered{r: rc, budget: b}, s.limits, out)
	if err != nil && e.name != "" {
		err = fmt.Errorf("%s: %w", e.name, err)
	}
	return sum, errors.Join(err, closed(rc))
}

// closed closes what was read. A checksum that is wrong has been told by the last
// read already.
func closed(c io.Closer) error {
	err := c.Close()
	if isDamage(err) {
		return nil
	}
	return err
}

func (s *Source) raw() io.Reader { return io.NewSectionReader(s.meter, 0, s.size) }

func (s *Source) gunzip() (io.ReadCloser, error) {
	z, err := gzip.NewReader(s.raw())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotExport, err)
	}
	return unpack(z)
}

// unpack looks at the start of what was unpacked: no archive may lie in an archive.
func unpack(rc io.ReadCloser) (io.ReadCloser, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(rc, head)
	head = head[:n]
	if isZip(head) || isGzip(head) {
		return nil, errors.Join(&LimitError{What: "an archive inside an archive"}, rc.Close())
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF && !isDamage(err) {
		return nil, errors.Join(err, rc.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rc), rc}, nil
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1F, 0x8B}) }

// looksLikeXML says whether head, the start of a file, can be the start of XML
// other than a web page.
func looksLikeXML(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	if r, _ := utf8.DecodeRune(head); r == utf8.RuneError {
		return bytes.HasPrefix(head, []byte("\xFF\xFE<\x00")) || bytes.HasPrefix(head, []byte("\xFE\xFF\x00<"))
	}
	head = bytes.TrimLeft(head, " \t\r\n")
	if html := "<!DOCTYPE html"; len(head) >= len(html) && strings.EqualFold(string(head[:len(html)]), html) {
		return false
	}
	return bytes.HasPrefix(head, []byte("<")) || bytes.HasPrefix(head, []byte("\x00<"))
}
