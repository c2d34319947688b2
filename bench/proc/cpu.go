//go:build linux

package proc

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// CPU is the time that all threads of a process, ended ones too, have spent on
// processors so far, in user and kernel mode. It is utime + stime of
// /proc/PID/stat, which counts in ticks of 10 ms, to the nanosecond: the clock of
// clock_getcpuclockid(3).
func CPU(pid int) (time.Duration, error) {
	const ofProcess = 2 // CPUCLOCK_SCHED in the kernel's include/linux/posix-timers.h
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid)<<3|ofProcess, &t); err != nil {
		return 0, fmt.Errorf("ask for the CPU time of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// Own is CPU of this process.
func Own() (time.Duration, error) { return CPU(os.Getpid()) }
