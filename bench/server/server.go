//go:build linux

package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"waypost/bench/proc"
)

// Build makes the program as a release has it: stripped, without cgo.
func Build(ctx context.Context, path string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "release", "-trimpath", "-ldflags=-s -w", "-o", path, "./cmd/waypost")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("build the program: %w", err)
	}
	return nil
}

// FreeAddress is an address of this machine that nobody listens at.
func FreeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// Start says how a server is started.
type Start struct {
	Binary  string
	Args    []string // after "serve"
	Address string
	CPU     int    // -1: any
	Log     string // file for what it prints
}

// Server is a running program.
type Server struct {
	PID int
	cmd *exec.Cmd
	log *os.File
}

// Run starts the program; Await tells when it answers.
func (s Start) Run() (_ *Server, err error) {
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(s.Binary, append([]string{"serve", "--listen", s.Address, "--base-url", "http://" + s.Address}, s.Args...)...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	start := cmd.Start
	if s.CPU >= 0 {
		err = proc.On(s.CPU, start)
	} else {
		err = start()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the program: %w", err), log.Close())
	}
	return &Server{PID: cmd.Process.Pid, cmd: cmd, log: log}, nil
}

const longestStop = 20 * time.Second

// Stop asks the program to end, waits, and ends it if it does not.
func (s *Server) Stop() error {
	timer := time.AfterFunc(longestStop, func() { _ = s.cmd.Process.Kill() })
	defer timer.Stop()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return errors.Join(fmt.Errorf("stop the program: %w", err), s.log.Close())
	}
	if err := s.cmd.Wait(); err != nil {
		return errors.Join(fmt.Errorf("the program ended badly, see %s: %w", s.log.Name(), err), s.log.Close())
	}
	return s.log.Close()
}
