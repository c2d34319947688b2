package pictures

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"waypost/internal/id"
	"waypost/internal/problem"
)

// write puts a file in place whole or not at all, and on disk before it returns:
// first the bytes, then the folder that names them.
func (s *Service) write(name string, data []byte) error {
	if info, err := s.Files.Stat(name); err == nil && info.Size() == int64(len(data)) {
		return s.syncFolder() // named by its content, so it is the same; who wrote it may not have synced yet
	}
	temporary := halfWritten + id.Secret()
	if err := s.writeSynced(temporary, data); err != nil {
		return unavailable(name, errors.Join(err, s.Files.Remove(temporary)))
	}
	if err := s.Files.Rename(temporary, name); err != nil {
		return unavailable(name, errors.Join(err, s.Files.Remove(temporary)))
	}
	return s.syncFolder()
}

// halfWritten begins the names of files that are being written.
const halfWritten = ".new-"

// leftBehind is when a file half written is taken for that of a process that died.
const leftBehind = 24 * time.Hour

// Sweep removes the files that processes which died left half written.
func (s *Service) Sweep() error {
	names, err := fs.Glob(s.Files.FS(), halfWritten+"*")
	if err != nil {
		return fmt.Errorf("look for pictures left behind: %w", err)
	}
	var errs []error
	for _, name := range names {
		info, err := s.Files.Lstat(name)
		if err != nil || s.Clock().Sub(info.ModTime()) <= leftBehind {
			continue // in use, or gone: another node may have been faster
		}
		if err := s.Files.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (s *Service) writeSynced(name string, data []byte) error {
	f, err := s.Files.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func (s *Service) syncFolder() error {
	folder, err := s.Files.Open(".")
	if err == nil {
		err = errors.Join(folder.Sync(), folder.Close())
	}
	if err != nil {
		return unavailable("the media folder", err)
	}
	return nil
}

func unavailable(name string, err error) error {
	return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: fmt.Errorf("write %s: %w", name, err)}
}

func (s *Service) read(name string) ([]byte, error) {
	f, err := s.Files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Open opens a stored file by the name in its address. Only names that this
// package makes exist; anything else is NotFound.
func (s *Service) Open(name string) (*os.File, fs.FileInfo, error) {
	missing := problem.New(problem.NotFound, "problem.not_found")
	if _, ok := IDFromAddress("/media/" + name); !ok {
		return nil, nil, missing
	}
	f, err := s.Files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, missing
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open picture: %w", err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, nil, errors.Join(missing, f.Close())
	}
	return f, info, nil
}
