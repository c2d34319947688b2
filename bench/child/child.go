//go:build linux

package child

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"

	"waypost/bench/proc"
)

// Flag names the role on the command line of a child.
const Flag = "role"

// Child is a running process in a role.
type Child struct {
	PID int
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// Begin starts a child on a processor, or on any for -1. It ends with this process.
func Begin(ctx context.Context, role string, cpu int) (*Child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &Child{cmd: exec.CommandContext(ctx, self, "-"+Flag, role)}
	c.cmd.Stderr = os.Stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(out)
	if cpu >= 0 {
		err = proc.On(cpu, c.cmd.Start)
	} else {
		err = c.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", role, err)
	}
	c.PID = c.cmd.Process.Pid
	return c, nil
}

// Tell puts a question.
func (c *Child) Tell(question any) error { return json.NewEncoder(c.in).Encode(question) }

// Hear waits for an answer; io.EOF says that the child has no more.
func (c *Child) Hear(answer any) error { return c.out.Decode(answer) }

// Ask is Tell and Hear.
func (c *Child) Ask(question, answer any) error {
	if err := c.Tell(question); err != nil {
		return err
	}
	return c.Hear(answer)
}

// End lets the child end by itself and waits for it.
func (c *Child) End() error { return errors.Join(c.in.Close(), c.cmd.Wait()) }

// Kill ends the child as kill -9 does. What it said before can still be heard; Wait
// comes after that.
func (c *Child) Kill() error { return c.cmd.Process.Kill() }

// Wait waits for a killed child.
func (c *Child) Wait() { _ = c.cmd.Wait() } // it did not end well, as intended

// Call is a child's whole life: one question and its answer.
func Call[A any](ctx context.Context, role string, cpu int, question any) (answer A, err error) {
	c, err := Begin(ctx, role, cpu)
	if err != nil {
		return answer, err
	}
	asked := c.Ask(question, &answer)
	if err := c.End(); err != nil {
		return answer, fmt.Errorf("%s: %w", role, err)
	}
	return answer, asked
}
