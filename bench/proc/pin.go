//go:build linux

package proc

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"

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

// GiveWay lets the threads of a process, and those they start, have a processor only
// while nobody else wants it.
func GiveWay(pid int) error {
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		return err
	}
	for _, t := range threads {
		id, err := strconv.Atoi(t.Name())
		if err != nil {
			return err
		}
		if err := unix.Setpriority(unix.PRIO_PROCESS, id, 19); err != nil {
			return fmt.Errorf("lower the priority of thread %d: %w", id, err)
		}
	}
	return nil
}
