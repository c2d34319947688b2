//go:build linux

package proc

import (
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sys/unix"
)

// CPUs are the two processors of a run. On a machine with one they are the same.
type CPUs struct{ Server, Load int }

// Pick takes the first two processors that this process may use.
func Pick() (CPUs, error) {
	var allowed unix.CPUSet
	if err := unix.SchedGetaffinity(0, &allowed); err != nil {
		return CPUs{}, fmt.Errorf("ask for the processors: %w", err)
	}
	var first []int
	for cpu := 0; cpu < 8*len(allowed)*8 && len(first) < 2; cpu++ {
		if allowed.IsSet(cpu) {
			first = append(first, cpu)
		}
	}
	switch len(first) {
	case 0:
		return CPUs{}, errors.New("ask for the processors: none may be used")
	case 1:
		return CPUs{first[0], first[0]}, nil
	}
	return CPUs{first[0], first[1]}, nil
}

// On calls start so that a process it starts runs on this CPU alone, with all its
// threads, from its first instruction on.
func On(cpu int, start func() error) (err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		return fmt.Errorf("ask for the processors: %w", err)
	}
	one.Set(cpu)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return fmt.Errorf("take processor %d: %w", cpu, err)
	}
	defer func() { err = errors.Join(err, unix.SchedSetaffinity(0, &before)) }()
	return start()
}
