//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"

	"waypost/bench/load"
	"waypost/bench/proc"
)

// roles are what a process started by the bench does: it reads one question from
// standard input and answers on standard output.
var roles = map[string]func(context.Context, *json.Decoder, *json.Encoder) error{
	"load":      role(func(_ context.Context, o load.Order) (load.Result, error) { return load.Run(o) }),
	"reference": serveReference,
	"stale":     role(measureStale),
	"writes":    role(measureWrites),
}

func role[Q, A any](do func(context.Context, Q) (A, error)) func(context.Context, *json.Decoder, *json.Encoder) error {
	return func(ctx context.Context, in *json.Decoder, out *json.Encoder) error {
		var question Q
		if err := in.Decode(&question); err != nil {
			return err
		}
		answer, err := do(ctx, question)
		if err != nil {
			return err
		}
		return out.Encode(answer)
	}
}

func playRole(ctx context.Context, name string) error {
	play := roles[name]
	if play == nil {
		return fmt.Errorf("%q is no role", name)
	}
	if err := play(ctx, json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// child is a process in a role.
type child struct {
	PID int
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// begin starts a child on a processor, or on any for -1.
func begin(ctx context.Context, role string, cpu int) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, self, "-role", role)}
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
	start := c.cmd.Start
	if cpu >= 0 {
		err = proc.On(cpu, start)
	} else {
		err = start()
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", role, err)
	}
	c.PID = c.cmd.Process.Pid
	return c, nil
}

// ask puts the child's question and waits for the answer.
func (c *child) ask(question, answer any) error {
	if err := json.NewEncoder(c.in).Encode(question); err != nil {
		return err
	}
	return c.out.Decode(answer)
}

// end lets the child end by itself and waits for it.
func (c *child) end() error {
	return errors.Join(c.in.Close(), c.cmd.Wait())
}

// call is a child's whole life: one question and its answer.
func call[A any](ctx context.Context, role string, cpu int, question any) (answer A, err error) {
	c, err := begin(ctx, role, cpu)
	if err != nil {
		return answer, err
	}
	asked := c.ask(question, &answer)
	if err := c.end(); err != nil {
		return answer, fmt.Errorf("%s: %w", role, err)
	}
	return answer, asked
}
