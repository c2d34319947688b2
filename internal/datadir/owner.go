package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// refuseRoot keeps root from working in a folder of another user, who could not open
// afterwards what root made there. A folder in use is a *LockedError to root too:
// the server that has it may be asked.
func refuseRoot(root *os.Root, path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := root.Stat(".")
	if err != nil {
		return fmt.Errorf("look whose the data folder is: %w", err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || owner.Uid == 0 {
		return nil
	}
	if err := inUse(root, path); err != nil {
		return err
	}
	name := nameOf(owner.Uid)
	return fmt.Errorf("the data folder %s belongs to %s, who could not open what root makes there: run as %s", path, name, name)
}

// inUse is a *LockedError when another process has the folder. It makes no file.
func inUse(root *os.Root, path string) error {
	file, err := root.Open(lockName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the lock of the data folder: %w", err)
	}
	defer file.Close()
	if err := flock(file, syscall.LOCK_SH|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return holder(file, path)
	}
	return nil
}

// nameOf is the name of a user, or the number where this machine knows no name.
func nameOf(uid uint32) string {
	number := strconv.FormatUint(uint64(uid), 10)
	if u, err := user.LookupId(number); err == nil {
		return u.Username
	}
	return "user " + number
}
