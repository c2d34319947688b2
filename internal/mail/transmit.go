package mail

import (
	"bytes"
	"errors"
	"net/textproto"
)

// fate is what became of a letter that was given to a server.
type fate int

const (
	taken   fate = iota + 1
	refused      // the server will not have this letter
	later        // it may have it another time
	lost         // nobody can say whether it was taken
	back         // it was not tried at all
)

// outcome is the fate of a letter, and why.
type outcome struct {
	fate   fate
	reason *stepError // nil when it was taken
	broken bool       // the conversation is over
	server bool       // the reason lies with the server or what is set for it, not with the letter
}

// after judges a step that went wrong before the letter's text was sent: whatever it
// was, the letter was not taken.
func after(step Step, err error) outcome {
	o := outcome{fate: later, reason: wrong(step, err)}
	switch code := o.reason.code; {
	case code < 400:
		o.broken = true // nothing was said, or not what fits
	case code == 421:
		o.broken, o.server = true, true
	case code < 500:
		o.server = step == StepSender
	case step == StepSender, code == 530, code == 535, code == 503:
		o.server = true // the sender is refused, or nobody signed in: no letter would do better
	default:
		o.fate = refused
	}
	return o
}

// send gives one letter to the server. message is without the dot that ends it.
func (t *conversation) send(from, to string, utf8 bool, message []byte) outcome {
	if utf8 && !t.utf8 {
		return outcome{fate: refused, reason: &stepError{step: StepRecipient, err: errNoUTF8}}
	}
	if err := t.wire.give(t.times.Answer); err != nil {
		return after(StepSender, err)
	}
	if o := t.envelope(from, to, utf8); o.fate != 0 {
		return o
	}
	return t.content(message)
}

// envelope says from whom and to whom and waits for the server's word to begin. With
// pipelining (RFC 2920) it says all at once, which spares two ways there and back.
func (t *conversation) envelope(from, to string, utf8 bool) (o outcome) {
	w := t.text.W
	if t.reset {
		w.WriteString("RSET\r\n")
		if err := t.turn(); err != nil {
			return after(StepSender, err)
		}
		if _, _, err := t.text.ReadResponse(250); err != nil {
			return brokenBy(after(StepSender, err))
		}
		t.reset = false
	}
	w.WriteString("MAIL FROM:<")
	w.WriteString(from)
	if utf8 {
		w.WriteString("> SMTPUTF8\r\n")
	} else {
		w.WriteString(">\r\n")
	}
	if err := t.turn(); err != nil {
		return after(StepSender, err)
	}
	if !t.pipeline {
		if o = t.expect(StepSender, 250); o.fate != 0 {
			return o
		}
	}
	w.WriteString("RCPT TO:<")
	w.WriteString(to)
	w.WriteString(">\r\n")
	if err := t.turn(); err != nil {
		return after(StepRecipient, err)
	}
	if !t.pipeline {
		if o = t.expect(StepRecipient, 25); o.fate != 0 {
			return o
		}
	}
	w.WriteString("DATA\r\n")
	if err := w.Flush(); err != nil {
		return after(StepLetter, err)
	}
	if !t.pipeline {
		return t.expect(StepLetter, 354)
	}
	return t.answers()
}

// turn lets the server speak unless more is said in the same breath.
func (t *conversation) turn() error {
	if t.pipeline && !t.reset {
		return nil
	}
	return t.text.W.Flush()
}

// expect reads one answer; a fate in what it returns says that it was not the one.
func (t *conversation) expect(step Step, code int) outcome {
	_, text, err := t.text.ReadResponse(code)
	if err != nil {
		t.reset = true
		return after(step, err)
	}
	t.hear(step, oneLine(text))
	return outcome{}
}

// answers reads the three answers to what was said at once. The first refusal counts;
// the others follow from it.
func (t *conversation) answers() (o outcome) {
	for _, x := range []struct {
		step Step
		code int
	}{{StepSender, 250}, {StepRecipient, 25}, {StepLetter, 354}} {
		one := t.expect(x.step, x.code)
		switch {
		case o.fate == 0:
			o = one
		case one.fate == 0 && x.step == StepLetter:
			return t.nothing(o) // the server waits for a letter although nobody is to get it
		case one.broken:
			o.broken = true
		}
		if o.broken {
			return o
		}
	}
	return o
}

// nothing ends a letter that has no recipient.
func (t *conversation) nothing(o outcome) outcome {
	t.text.W.WriteString(".\r\n")
	if err := t.text.W.Flush(); err != nil {
		return brokenBy(o)
	}
	var reply *textproto.Error
	if _, _, err := t.text.ReadResponse(250); err != nil && !errors.As(err, &reply) {
		return brokenBy(o)
	}
	return o
}

func brokenBy(o outcome) outcome {
	o.broken = true
	return o
}

var dot = []byte(".\r\n")

// content sends the letter's text and waits for the server's word on it. What cannot be
// written to the end was not taken, since its last bytes did not leave; once they have
// left, only the server's answer says what became of it.
func (t *conversation) content(message []byte) outcome {
	message = append(stuffed(message), dot...)
	if err := t.wire.give(t.times.Take); err != nil {
		return after(StepLetter, err)
	}
	_, err := t.text.W.Write(message)
	if err == nil {
		err = t.text.W.Flush()
	}
	if err != nil {
		return brokenBy(after(StepLetter, err))
	}
	_, text, err := t.text.ReadResponse(25)
	if err == nil {
		t.hear(StepLetter, oneLine(text))
		return outcome{fate: taken}
	}
	o := after(StepLetter, err)
	if o.reason.code == 0 || o.reason.code < 400 {
		o.fate, o.broken = lost, true
	}
	if o.reason.code >= 500 {
		o.fate, o.server = refused, false
	}
	return o
}

// stuffed doubles a dot at the beginning of a line. What this package encodes has none,
// so this costs one look.
func stuffed(message []byte) []byte {
	if !bytes.HasPrefix(message, dot[:1]) && !bytes.Contains(message, []byte("\n.")) {
		return message
	}
	stuffed := bytes.ReplaceAll(message, []byte("\n."), []byte("\n.."))
	if bytes.HasPrefix(stuffed, dot[:1]) {
		stuffed = append(dot[:1:1], stuffed...)
	}
	return stuffed
}
