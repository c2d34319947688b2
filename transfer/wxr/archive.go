package wxr

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	// directoryBytes per entry allowed may be read to learn what an archive holds.
	directoryBytes = 1 << 10
	// directorySlack is added for the search for the directory's end.
	directorySlack = 128 << 10
	// longestName of an entry.
	longestName = 512
	// sniffBytes of an entry tell whether it is XML.
	sniffBytes = 512
)

// drive begins an absolute name on Windows.
var drive = regexp.MustCompile(`^[A-Za-z]:`)

// readDirectory finds the documents of a zip. One entry that is not safe condemns the
// archive: no honest exporter writes one.
func (s *Source) readDirectory() error {
	s.meter.limit = s.meter.count.Load() + int64(s.limits.Entries)*directoryBytes + directorySlack
	z, err := zip.NewReader(s.meter, s.size)
	s.meter.limit = 0
	if _, ok := errors.AsType[*LimitError](err); ok {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotExport, err)
	}
	if len(z.File) > s.limits.Entries {
		return &LimitError{What: fmt.Sprintf("more than %d files", s.limits.Entries)}
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		if what := refusal(f, seen); what != "" {
			return &ArchiveError{Entry: f.Name, What: what}
		}
	}
	for _, f := range z.File {
		if err := s.addEntry(f); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	if len(s.entries) == 0 {
		return fmt.Errorf("%w: the archive holds no XML", ErrNotExport)
	}
	return nil
}

// refusal says why an entry is refused, or "".
func refusal(f *zip.File, seen map[string]bool) string {
	name := strings.TrimSuffix(f.Name, "/")
	folded := strings.ToLower(name)
	hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	switch {
	case len(name) > longestName:
		return "has a name that is too long"
	case name == ".", strings.Contains(name, `\`), drive.MatchString(name), !fs.ValidPath(name):
		return "leads out of the archive"
	case strings.ContainsFunc(name, hidden):
		return "hides part of its name"
	case seen[folded]:
		return "is there twice"
	case f.Mode()&fs.ModeType&^fs.ModeDir != 0:
		return "is a link or a device"
	case f.Flags&1 != 0:
		return "is encrypted"
	}
	seen[folded] = true
	return ""
}

// addEntry takes an entry for a document if its start looks like XML.
func (s *Source) addEntry(f *zip.File) error {
	base := path.Base(f.Name)
	if f.Mode().IsDir() || f.UncompressedSize64 == 0 || strings.HasPrefix(f.Name, "__MACOSX/") || base == ".DS_Store" {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return &ArchiveError{Entry: f.Name, What: "cannot be unpacked"}
	}
	head := make([]byte, sniffBytes)
	n, err := io.ReadFull(rc, head)
	head = head[:n]
	_ = rc.Close()
	switch {
	case err != nil && err != io.EOF && err != io.ErrUnexpectedEOF && !isDamage(err):
		return fmt.Errorf("read %s: %w", f.Name, err)
	case isZip(head), isGzip(head):
		return &ArchiveError{Entry: f.Name, What: "is itself an archive"}
	case looksLikeXML(head):
		s.entries = append(s.entries, entry{f.Name, f.Open})
	default:
		s.skipped = append(s.skipped, f.Name)
	}
	return nil
}
