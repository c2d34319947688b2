package adminsock

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// shortAddress names the socket by way of the open folder, whose own name may
// be of any length.
func shortAddress(folder string) (name string, done func(), err error) {
	open, err := os.Open(folder)
	if err != nil {
		return "", nil, fmt.Errorf("open the data folder: %w", err)
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", open.Fd(), socketName), func() { open.Close() }, nil
}

// checkCaller refuses every user but the server's own and root, as the kernel
// knows who opened the other end (SO_PEERCRED, unix(7)).
func checkCaller(conn *net.UnixConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var caller *syscall.Ucred
	var asked error
	err = raw.Control(func(fd uintptr) {
		caller, asked = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err := errors.Join(err, asked); err != nil {
		return fmt.Errorf("find out who is calling: %w", err)
	}
	if !mayCall(caller.Uid, uint32(os.Geteuid())) {
		return fmt.Errorf("process %d belongs to user %d, who may not", caller.Pid, caller.Uid)
	}
	return nil
}

// mayCall says whether a user may call the server of another.
func mayCall(caller, server uint32) bool { return caller == server || caller == 0 }
