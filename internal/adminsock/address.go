package adminsock

import "path/filepath"

// longestName is what the address of a socket holds on every system: 104 bytes
// on macOS, 108 on Linux, with the zero at their end.
const longestName = 103

// address is the name of the socket in a folder, short enough to be one, and
// what to do when it is not used any more.
func address(folder string) (name string, done func(), err error) {
	name = filepath.Join(folder, socketName)
	if len(name) <= longestName {
		return name, func() {}, nil
	}
	return shortAddress(folder)
}
