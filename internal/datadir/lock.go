package datadir

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"
)

const lockName = "waypost.lock"

// LockedError says that another process has the data folder.
type LockedError struct {
	Path  string    // the data folder
	PID   int       // of the other process; 0 when it has not written it yet
	Since time.Time // when it locked the folder; zero like PID
}

// Error is for the operator: who has the folder, since when, what to do.
func (e *LockedError) Error() string {
	who := "another process"
	if e.PID != 0 {
		who = fmt.Sprintf("process %d, since %s", e.PID, e.Since.Local().Format("2 January 2006 15:04:05"))
	}
	return fmt.Sprintf("the data folder %s is in use by %s; stop that process, or name another folder with --data", e.Path, who)
}

// acquire takes the lock of the folder or says who has it. The lock belongs to
// the open file: the kernel drops it when the last process that has the file
// ends, and the file is not handed to processes that this one starts.
func acquire(root *os.Root, path string) (*os.File, error) {
	file, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the data folder: %w", err)
	}
	err = flock(file, syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errors.Join(holder(file, path), file.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("lock the data folder %s: %w", path, err), file.Close())
	}
	note := fmt.Sprintf("%d %s\n", os.Getpid(), time.Now().UTC().Format(time.RFC3339))
	err = file.Truncate(0)
	if err == nil {
		_, err = file.WriteAt([]byte(note), 0)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write the lock of the data folder: %w", err), file.Close())
	}
	return file, nil
}

func flock(file *os.File, how int) error {
	conn, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var locked error
	err = conn.Control(func(fd uintptr) { locked = syscall.Flock(int(fd), how) })
	return errors.Join(err, locked)
}

// holder reads who has the lock. What cannot be read is left out: the lock is
// held whatever the file says.
func holder(file *os.File, path string) *LockedError {
	locked := &LockedError{Path: path}
	note, err := io.ReadAll(io.LimitReader(file, 100))
	if err != nil {
		return locked
	}
	var pid int
	var since string
	if _, err := fmt.Sscanf(strings.TrimSpace(string(note)), "%d %s", &pid, &since); err != nil {
		return locked
	}
	if at, err := time.Parse(time.RFC3339, since); err == nil {
		locked.PID, locked.Since = pid, at
	}
	return locked
}

// release empties the lock file and lets it go. The file stays: if it were
// removed, two processes could lock two files of the same name. It is unlocked
// before it is closed, because a process that is just being started may still
// hold a copy of the open file.
func release(file *os.File) error {
	return errors.Join(file.Truncate(0), flock(file, syscall.LOCK_UN), file.Close())
}
