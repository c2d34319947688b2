package talk

import (
	"bytes"
	"errors"
	"net/textproto"
)

// Fate is what became of a letter that was given to a server.
type Fate int

const (
	// The fates.
	Taken   Fate = iota + 1
	Refused      // the server will not have this letter
	Later        // it may have it another time
	Lost         // nobody can say whether it was taken
	Back         // it was not tried at all
)

// Outcome is the fate of a letter, and why.
type Outcome struct {
	Fate   Fate
	Reason *Error // nil when it was taken
	Broken bool   // the conversation is over
	Server bool   // the reason lies with the server or what is set for it, not with the letter
}

// after judges a step that went wrong before the letter's text was sent: whatever it
// was, the letter was not taken.
func after(step Step, err error) Outcome {
	o := Outcome{Fate: Later, Reason: Wrong(step, err)}
	switch code := o.Reason.Code; {
	case code < 400:
		o.Broken = true // nothing was said, or not what fits
	case code == 421:
		o.Broken, o.Server = true, true
	case code < 500:
		o.Server = step == StepSender
	case step == StepSender, code == 530, code == 535, code == 503:
		o.Server = true // the sender is refused, or nobody signed in: no letter would do better
	default:
		o.Fate = Refused
	}
	return o
}

// Send gives one letter to the server. message is without the dot that ends it.
func (t *Conversation) Send(from, to string, utf8 bool, message []byte) Outcome {
	if utf8 && !t.utf8 {
		return Outcome{Fate: Refused, Reason: &Error{Step: StepRecipient, Err: ErrNoUTF8}}
	}
	if err := t.wire.give(t.times.Answer); err != nil {
		return after(StepSender, err)
	}
	if o := t.envelope(from, to, utf8); o.Fate != 0 {
		return o
	}
	return t.content(message)
}

// envelope says from whom and to whom and waits for the server's word to begin. With
// pipelining (RFC 2920) it says all at once, which spares two ways there and back.
func (t *Conversation) envelope(from, to string, utf8 bool) (o Outcome) {
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
	if !t.Pipeline {
		if o = t.expect(StepSender, 250); o.Fate != 0 {
			return o
		}
	}
	w.WriteString("RCPT TO:<")
	w.WriteString(to)
	w.WriteString(">\r\n")
	if err := t.turn(); err != nil {
		return after(StepRecipient, err)
	}
	if !t.Pipeline {
		if o = t.expect(StepRecipient, 25); o.Fate != 0 {
			return o
		}
	}
	w.WriteString("DATA\r\n")
	if err := w.Flush(); err != nil {
		return after(StepLetter, err)
	}
	if !t.Pipeline {
		return t.expect(StepLetter, 354)
	}
	return t.answers()
}

// turn lets the server speak unless more is said in the same breath.
func (t *Conversation) turn() error {
	if t.Pipeline && !t.reset {
		return nil
	}
	return t.text.W.Flush()
}

// expect reads one answer; a fate in what it returns says that it was not the one.
func (t *Conversation) expect(step Step, code int) Outcome {
	_, text, err := t.text.ReadResponse(code)
	if err != nil {
		t.reset = true
		return after(step, err)
	}
	t.hear(step, OneLine(text))
	return Outcome{}
}

// answers reads the three answers to what was said at once. The first refusal counts;
// the others follow from it.
func (t *Conversation) answers() (o Outcome) {
	for _, x := range []struct {
		step Step
		code int
	}{{StepSender, 250}, {StepRecipient, 25}, {StepLetter, 354}} {
		one := t.expect(x.step, x.code)
		switch {
		case o.Fate == 0:
			o = one
		case one.Fate == 0 && x.step == StepLetter:
			return t.nothing(o) // the server waits for a letter although nobody is to get it
		case one.Broken:
			o.Broken = true
		}
		if o.Broken {
			return o
		}
	}
	return o
}

// nothing ends a letter that has no recipient.
func (t *Conversation) nothing(o Outcome) Outcome {
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

func brokenBy(o Outcome) Outcome {
	o.Broken = true
	return o
}

// Tail is how many bytes Send may put behind a letter.
const Tail = 3

var dot = []byte(".\r\n")

// content sends the letter's text and waits for the server's word on it. What cannot be
// written to the end was not taken, since its last bytes did not leave; once they have
// left, only the server's answer says what became of it.
func (t *Conversation) content(message []byte) Outcome {
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
		t.hear(StepLetter, OneLine(text))
		return Outcome{Fate: Taken}
	}
	o := after(StepLetter, err)
	if o.Reason.Code == 0 || o.Reason.Code < 400 {
		o.Fate, o.Broken = Lost, true
	}
	if o.Reason.Code >= 500 {
		o.Fate, o.Server = Refused, false
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
