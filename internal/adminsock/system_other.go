//go:build !linux

package adminsock

import (
	"fmt"
	"net"
)

// shortAddress says that there is no shorter name.
func shortAddress(folder string) (name string, done func(), err error) {
	return "", nil, fmt.Errorf("the path of the data folder %s is too long for a socket in it; it may have %d bytes",
		folder, longestName-len("/"+socketName))
}

// checkCaller leaves it to the modes of folder and socket, which these systems
// honour, to keep other users away.
func checkCaller(*net.UnixConn) error { return nil }
