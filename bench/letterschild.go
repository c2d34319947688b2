//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/mail"
	"waypost/internal/tuning"
)

// letterOrder asks for letters to be sent to a sink, or to be written.
type letterOrder struct {
	Sink        string
	Letters     int
	Connections int
	Folder      string // of the database; of a whole community where letters are only written
}

// letterCost is what that took.
type letterCost struct {
	Rate   float64       // letters a second
	CPU    time.Duration // of the sending process, for each
	Memory int64         // at most
}

// letterText is the HTML of a letter of about 8 kB.
func letterText() string {
	const line = "<p>The quick brown fox reads the news of the community, and clicks on nothing.</p>\r\n"
	return strings.Repeat(line, 7700/len(line))
}

// serveSink takes letters and keeps none, until it is told no more.
func serveSink(_ context.Context, in *json.Decoder, out *json.Encoder) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go sinkLetters(c)
		}
	}()
	var question struct{}
	if err := in.Decode(&question); err != nil {
		return err
	}
	if err := out.Encode(l.Addr().String()); err != nil {
		return err
	}
	if err := in.Decode(&question); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// sinkLetters talks to one sender.
func sinkLetters(c net.Conn) {
	defer c.Close()
	r, w := bufio.NewReaderSize(c, 32<<10), bufio.NewWriter(c)
	say := func(text string) {
		w.WriteString(text + "\r\n")
		if r.Buffered() == 0 {
			w.Flush()
		}
	}
	say("220 sink")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch strings.ToUpper(line[:min(4, len(line))]) {
		case "EHLO":
			w.WriteString("250-sink\r\n250-8BITMIME\r\n")
			say("250 PIPELINING")
		case "DATA":
			say("354 go on")
			for {
				b, err := r.ReadSlice('\n')
				if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
					return
				}
				if string(b) == ".\r\n" {
					break
				}
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// sendBare is a loop of net/smtp over connections that are used again.
func sendBare(_ context.Context, o letterOrder) (letterCost, error) {
	text := letterText()
	var next atomic.Int64
	errs := make([]error, o.Connections)
	return costOf(o.Letters, func() error {
		var wg sync.WaitGroup
		for k := range o.Connections {
			wg.Go(func() {
				c, err := smtp.Dial(o.Sink)
				for errs[k] = err; errs[k] == nil; {
					i := int(next.Add(1))
					if i > o.Letters {
						errs[k] = c.Quit()
						return
					}
					errs[k] = sendOneBare(c, i, text)
				}
			})
		}
		wg.Wait()
		return errors.Join(errs...)
	})
}

func sendOneBare(c *smtp.Client, i int, text string) error {
	if err := c.Mail("news@example.org"); err != nil {
		return err
	}
	if err := c.Rcpt(fmt.Sprintf("r%d@example.org", i)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "From: News <news@example.org>\r\nTo: r%d@example.org\r\nSubject: Letter %d\r\nMessage-ID: <%d@example.org>\r\n"+
		"List-Unsubscribe: <http://example.org/u/%d>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: text/html; charset=utf-8\r\n\r\n%s", i, i, i, i, text)
	return w.Close()
}

// costOf measures what some letters take this process.
func costOf(letters int, send func() error) (letterCost, error) {
	watch := watchMemory(os.Getpid())
	before, err := proc.Own()
	if err != nil {
		return letterCost{}, err
	}
	began := time.Now()
	if err := send(); err != nil {
		return letterCost{}, err
	}
	took := time.Since(began)
	after, err := proc.Own()
	return letterCost{Rate: float64(letters) / took.Seconds(), CPU: (after - before) / time.Duration(letters), Memory: watch().most}, err
}

// sendDurable writes a row for each letter, and sends as the program does.
func sendDurable(ctx context.Context, o letterOrder) (cost letterCost, err error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return cost, err
	}
	d, err := migratedDatabase(ctx, filepath.Join(o.Folder, "letters.db"))
	if err != nil {
		return cost, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	tuning.CollectEarly()
	outbox := mail.New(mail.Config{DB: d, IDs: id.NewSource(clock.System), Clock: clock.System, Log: slog.New(slog.DiscardHandler), Host: "example.org",
		Derive: func(_ string, n int) []byte { return make([]byte, n) }})
	if err := setUpSink(ctx, d, outbox, o); err != nil {
		return cost, err
	}
	cost, err = costOf(o.Letters, func() error {
		if err := writeLetters(ctx, d, outbox, o); err != nil {
			return err
		}
		_, err := outbox.Work(ctx)
		return err
	})
	if err != nil {
		return cost, err
	}
	var accepted int
	err = d.View(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM letters WHERE state = 'accepted'`).Scan(&accepted)
	})
	if err == nil && accepted != o.Letters {
		err = fmt.Errorf("%d of %d letters were accepted", accepted, o.Letters)
	}
	return cost, err
}

// setUpSink makes the sink the server that letters go to.
func setUpSink(ctx context.Context, d *db.DB, outbox *mail.Outbox, o letterOrder) error {
	sink, err := net.ResolveTCPAddr("tcp", o.Sink)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		settings, err := outbox.SettingsIn(tx)
		if err != nil {
			return err
		}
		if err := outbox.SaveSender(tx, mail.Sender{Name: "News", Address: "news@example.org"}, settings.Version); err != nil {
			return err
		}
		_, err = outbox.SaveServer(tx, mail.Server{Host: "127.0.0.1", Port: sink.Port, Security: mail.Plain, Connections: o.Connections})
		return err
	})
}

// writeLetters writes letters of a list.
func writeLetters(ctx context.Context, d *db.DB, outbox *mail.Outbox, o letterOrder) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		shared, err := outbox.Share(tx, "Letter of the week", "A story. To end these letters: %end%\n", letterText()+`<p><a href="%end%">End</a></p>`)
		if err != nil {
			return err
		}
		for i := range o.Letters {
			end := fmt.Sprintf("http://example.org/u/%d", i)
			l := mail.Letter{Kind: "new-story", To: fmt.Sprintf("r%d@example.org", i), Shared: shared, Filling: map[string]string{"%end%": end}, List: "stories", Unsubscribe: end}
			if err := outbox.Post(tx, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeOnly writes letters into a community whose program is not running.
func writeOnly(ctx context.Context, o letterOrder) (_ letterCost, err error) {
	s, err := site.Open(ctx, site.Place{Folder: o.Folder, Base: "http://127.0.0.1"}, nil)
	if err != nil {
		return letterCost{}, err
	}
	if err = setUpSink(ctx, s.DB, s.Mail, o); err == nil {
		err = writeLetters(ctx, s.DB, s.Mail, o)
	}
	return letterCost{}, errors.Join(err, s.Close())
}

// readOrder asks how long a page takes.
type readOrder struct {
	URL    string
	Settle time.Duration // from the start of the program, which has work of its own then
	Span   time.Duration
}

// readSlowest asks for a page again and again and tells how long nearly all answers took
// at most.
func readSlowest(_ context.Context, o readOrder) (time.Duration, error) {
	time.Sleep(o.Settle)
	var took []time.Duration
	for began := time.Now(); time.Since(began) < o.Span; {
		asked := time.Now()
		answer, err := http.Get(o.URL)
		if err != nil {
			return 0, err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		if err := errors.Join(err, answer.Body.Close()); err != nil {
			return 0, err
		}
		took = append(took, time.Since(asked))
	}
	slices.Sort(took)
	return took[len(took)*99/100], nil
}
