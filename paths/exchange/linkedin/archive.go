package linkedin

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"

	"waypost/internal/problem"
)

// What an archive may hold.
const (
	MostBytes    = 20 << 20  // packed
	MostEntries  = 200       // files and folders
	MostUnpacked = 100 << 20 // of all files
	MostOfFile   = 8 << 20   // of one file that is read
	mostOfList   = 1 << 20   // of the archive's own list of files
)

// wanted are the files that are opened, each with ".csv" at its end, in small letters.
var wanted = []string{
	"profile", "positions", "education", "volunteering", "certifications", "skills", "languages",
}

// member is one file of an archive that is wanted.
type member struct {
	name string // as the archive has it, without its folders
	text []byte
}

// opening opens a file of an archive. It is the one way by which files are opened.
type opening func(*zip.File) (io.ReadCloser, error)

// unpack gives the wanted files of an archive by their names in small letters, and the
// names of those passed over because another has the same name.
func unpack(in io.ReaderAt, size int64, open opening) (read map[string]member, twice []string, err error) {
	if size > MostBytes {
		return nil, nil, problem.New(problem.TooLarge, "exchange.zip_large", "max", MostBytes>>20)
	}
	list := &bounded{in: in, left: mostOfList}
	archive, err := zip.NewReader(list, size)
	switch {
	case list.left < 0:
		return nil, nil, problem.New(problem.TooLarge, "exchange.zip_entries", "max", MostEntries)
	case err != nil:
		return nil, nil, &problem.Problem{Kind: problem.Invalid, Message: problem.Message{Key: "exchange.not_zip"}, Cause: err}
	}
	list.left = math.MaxInt64 // from here on each file is counted by itself
	if err := sound(archive.File); err != nil {
		return nil, nil, err
	}
	read = map[string]member{}
	total := int64(0)
	files, twice := chosen(archive.File)
	for _, f := range files {
		text, err := contents(f, open)
		if err != nil {
			return nil, nil, err
		}
		if total += int64(len(text)); total > MostUnpacked {
			return nil, nil, problem.New(problem.TooLarge, "exchange.zip_unpacked", "max", MostUnpacked>>20)
		}
		name := path.Base(f.Name)
		read[strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))] = member{name, text}
	}
	if len(read) == 0 {
		return nil, nil, problem.New(problem.Invalid, "exchange.linkedin_other")
	}
	return read, twice, nil
}

// sound checks the list of files, of which none has been opened yet.
func sound(files []*zip.File) error {
	if len(files) > MostEntries {
		return problem.New(problem.TooLarge, "exchange.zip_entries", "max", MostEntries)
	}
	total := uint64(0)
	for _, f := range files {
		switch {
		case !plain(f.Name):
			return problem.New(problem.Invalid, "exchange.zip_name")
		case f.Flags&0x1 != 0 || f.Method == 99: // encrypted (APPNOTE 4.4.4), or by AES
			return problem.New(problem.Invalid, "exchange.zip_encrypted")
		case nested(f.Name):
			return problem.New(problem.Invalid, "exchange.zip_nested")
		}
		total += min(f.UncompressedSize64, MostUnpacked+1)
	}
	if total > MostUnpacked {
		return problem.New(problem.TooLarge, "exchange.zip_unpacked", "max", MostUnpacked>>20)
	}
	return nil
}

// plain reports a name that stays within the archive.
func plain(name string) bool {
	if name == "" || strings.ContainsAny(name, "\\:\x00") || strings.HasPrefix(name, "/") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return false
		}
	}
	return true
}

func nested(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".jar":
		return true
	}
	return false
}

// chosen are the wanted files in their order. Of those with one name it is the one that
// lies least deep; the others are passed over.
func chosen(files []*zip.File) (list []*zip.File, twice []string) {
	for _, name := range wanted {
		var best *zip.File
		for _, f := range files {
			switch {
			case !strings.EqualFold(path.Base(f.Name), name+".csv") || strings.HasSuffix(f.Name, "/"):
			case best == nil:
				best = f
			case depth(f) < depth(best):
				best, twice = f, append(twice, best.Name)
			default:
				twice = append(twice, f.Name)
			}
		}
		if best != nil {
			list = append(list, best)
		}
	}
	return list, twice
}

func depth(f *zip.File) int { return strings.Count(f.Name, "/") }

// contents reads one file, and counts while it does.
func contents(f *zip.File, open opening) ([]byte, error) {
	in, err := open(f)
	if err == nil {
		defer func() { _ = in.Close() }() // nothing was written
		var text []byte
		text, err = io.ReadAll(io.LimitReader(in, MostOfFile+1))
		switch {
		case len(text) > MostOfFile:
			return nil, problem.New(problem.TooLarge, "exchange.zip_file_large", "file", path.Base(f.Name), "max", MostOfFile>>20)
		case bytes.HasPrefix(text, []byte("PK\x03\x04")):
			return nil, problem.New(problem.Invalid, "exchange.zip_nested")
		case err == nil:
			return text, nil
		}
	}
	return nil, &problem.Problem{Kind: problem.Invalid, Cause: fmt.Errorf("file of an archive: %w", err),
		Message: problem.Message{Key: "exchange.zip_damaged", Args: []any{"file", path.Base(f.Name)}}}
}

// errLong ends the reading of a list of files that is too long.
var errLong = errors.New("the list of files is too long")

// bounded gives no more than so many bytes.
type bounded struct {
	in   io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errLong
	}
	return b.in.ReadAt(p, off)
}
