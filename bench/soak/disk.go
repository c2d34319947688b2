//go:build linux

package soak

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"waypost/bench/site"
)

const (
	powerCuts = 20
	diskBytes = 512 << 20
)

// volume is an ext4 file system in a file.
type volume struct{ image, point string }

// disk cuts the power of a disk under write load, and fills one.
func (s *soak) disk(ctx context.Context) (err error) {
	v := volume{s.path("disk.img"), s.path("disk")}
	if err := v.make(ctx); err != nil {
		s.say("  not done: %v", err)
		return nil
	}
	defer func() { err = errors.Join(err, v.unmount()) }()
	p := site.Place{Folder: filepath.Join(v.point, "data"), Base: base}
	if err := seed(ctx, p); err != nil {
		return err
	}
	l := newLedger()
	times := s.times(powerCuts)
	for n := range times {
		if err := s.cutPower(ctx, v, p, l); err != nil {
			return fmt.Errorf("power cut %d: %w", n+1, err)
		}
	}
	_, refused := l.count()
	s.say("  %d power cuts, %d writes of %d stories and %d replies acknowledged, %d refused while the disk was dead, none lost; every check sound",
		times, l.entries-len(l.replies), len(l.stories), len(l.replies), refused)
	return s.fillDisk(ctx, v, p, l)
}

// cutPower lets the disk die under the writers, who may try on for a moment, and
// looks what is there when it is back.
func (s *soak) cutPower(ctx context.Context, v volume, p site.Place, l *ledger) error {
	w, err := s.startWriter(ctx, p, l)
	if err != nil {
		return err
	}
	time.Sleep(s.between(20*time.Millisecond, 600*time.Millisecond))
	l.diskDies(false)
	died := v.die()
	l.diskDies(true)
	time.Sleep(200 * time.Millisecond)
	if err := errors.Join(died, w.kill()); err != nil {
		return err
	}
	if err := errors.Join(l.diskIsBack(2*writers), v.unmount(), v.mount(ctx)); err != nil {
		return err
	}
	return l.verify(ctx, p)
}

// fillDisk takes all space from under the writers and gives it back: they are
// refused, and go on without a restart.
func (s *soak) fillDisk(ctx context.Context, v volume, p site.Place, l *ledger) (err error) {
	w, err := s.startWriter(ctx, p, l)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, w.kill()); err == nil {
			err = l.verify(ctx, p)
		}
	}()
	filler := filepath.Join(v.point, "filler")
	_, before := l.count()
	if err := fill(filler); err != nil {
		return err
	}
	for end := time.Now().Add(longestWait); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, refused := l.count(); refused > before {
			break
		}
	}
	_, refused := l.count()
	if err := os.Remove(filler); err != nil {
		return err
	}
	if refused == before {
		return errors.New("the disk was full and no write was refused")
	}
	if err := l.more(ctx, w.ended); err != nil {
		return fmt.Errorf("after the disk had room again: %w", err)
	}
	s.say("  a full disk: %d writes refused (%.120s…), then it went on without a restart", refused-before, l.why)
	return nil
}

// fill writes a file until the disk has no room.
func fill(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, zeros{})
	if !errors.Is(err, unix.ENOSPC) {
		return errors.Join(fmt.Errorf("fill the disk: %w", err), f.Close())
	}
	return f.Close()
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func (v volume) make(ctx context.Context) error {
	if os.Geteuid() != 0 {
		return errors.New("only root can mount a disk to cut its power")
	}
	if err := os.Mkdir(v.point, 0o700); err != nil {
		return err
	}
	f, err := os.Create(v.image)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Truncate(diskBytes), f.Close()); err != nil {
		return err
	}
	if err := command(ctx, "mkfs.ext4", "-q", "-F", v.image); err != nil {
		return err
	}
	return v.mount(ctx)
}

func (v volume) mount(ctx context.Context) error {
	return command(ctx, "mount", "-o", "loop", v.image, v.point)
}

func (v volume) unmount() error {
	return command(context.Background(), "umount", v.point)
}

// die stops the file system as it is. The numbers are those of the kernel's
// include/uapi/linux/ext4.h: EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH.
func (v volume) die() error {
	const shutdown, withoutFlush = 0x8004587d, 2
	f, err := os.Open(v.point)
	if err != nil {
		return err
	}
	if err := unix.IoctlSetPointerInt(int(f.Fd()), shutdown, withoutFlush); err != nil {
		return errors.Join(fmt.Errorf("stop the file system: %w", err), f.Close())
	}
	return f.Close()
}

func command(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	var words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &words, &words
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(words.Bytes()))
	}
	return nil
}
