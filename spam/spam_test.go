package spam_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"waypost/spam"
)

// history is a small stream of labels that no site ever had.
func history(n int) []spam.Example {
	var out []spam.Example
	for i := range n {
		text, isSpam := fmt.Sprintf("I liked chapter %d of your story about leaving the night shift", i), i%2 == 1
		if isSpam {
			text = fmt.Sprintf("Cheap watches no. %d, order now at http://watches%d.example/buy?ref=%d", i, i%3, i)
		}
		out = append(out, spam.Example{Message: spam.Message{Text: text, Name: fmt.Sprint("writer ", i%7)}, Spam: isSpam})
	}
	return out
}

func learned(base *spam.Base, labels []spam.Example) *spam.Model {
	m := spam.New(base)
	for _, e := range labels {
		m.Learn(spam.Extract(e.Message), e.Spam)
	}
	return m
}

func TestLearns(t *testing.T) {
	t.Parallel()
	m := learned(nil, history(60))
	limits := spam.Usual.Thresholds()
	bad := m.Check(spam.Message{Text: "cheap watches, order at http://watches9.example/buy?ref=1"}, limits)
	good := m.Check(spam.Message{Text: "Your story about the night shift: I liked it"}, limits)
	if bad.Kind != spam.Spam || !bad.Decided || good.Kind != spam.Ham || good.Decided {
		t.Errorf("verdicts are %+v and %+v", bad, good)
	}
	if len(bad.Reasons) == 0 || len(bad.Reasons) > 5 {
		t.Errorf("there are %d reasons", len(bad.Reasons))
	}
	said := ""
	for _, r := range bad.Reasons {
		said += r.String() + "\n"
	}
	if !strings.Contains(said, "times in spam, never in a reply you kept") {
		t.Errorf("no reason says how often a word stood in spam:\n%s", said)
	}
}

func TestNothingLearnedRefusesNothing(t *testing.T) {
	t.Parallel()
	trained, err := spam.TrainBase(history(60))
	if err != nil {
		t.Fatal(err)
	}
	text := spam.Message{Text: "cheap watches, order at http://watches9.example/buy?ref=1"}
	v := spam.New(trained).Check(text, spam.Usual.Thresholds())
	if v.Kind != spam.Unsure || !v.Decided {
		t.Errorf("the base alone says %+v", v)
	}
	if v := spam.New(nil).Check(text, spam.Usual.Thresholds()); v.Kind != spam.Unsure || v.Decided || v.Probability != 0.5 {
		t.Errorf("an empty model says %+v", v)
	}
}

func TestTheSameHistoryMakesTheSameBytes(t *testing.T) {
	t.Parallel()
	trained, err := spam.TrainBase(history(40))
	if err != nil {
		t.Fatal(err)
	}
	labels := history(200)
	one := learned(trained, labels)
	half := learned(trained, labels[:100])
	read, err := spam.Read(half.Bytes(), trained)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range labels[100:] {
		kept, err := spam.Extract(e.Message).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var f spam.Features
		if err := f.UnmarshalBinary(kept); err != nil {
			t.Fatal(err)
		}
		read.Learn(f, e.Spam)
	}
	if !bytes.Equal(one.Bytes(), read.Bytes()) {
		t.Error("a model that was written and read, and learned from kept features, is another")
	}
	if _, err := spam.Read(one.Bytes(), nil); err == nil {
		t.Error("a model was read on another base")
	}
	for _, broken := range [][]byte{nil, one.Bytes()[1:], one.Bytes()[:100], append(one.Bytes(), 0)} {
		if _, err := spam.Read(broken, trained); err == nil {
			t.Errorf("%d broken bytes were read", len(broken))
		}
	}
}

func TestBaseIsReadBack(t *testing.T) {
	t.Parallel()
	trained, err := spam.TrainBase(history(40))
	if err != nil {
		t.Fatal(err)
	}
	read, err := spam.ReadBase(trained.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read.Bytes(), trained.Bytes()) {
		t.Error("a base changes when it is read")
	}
	if _, err := spam.ReadBase([]byte("waypost spam base 1\nnot")); err == nil {
		t.Error("a broken base was read")
	}
	if _, err := spam.TrainBase(history(8)); err == nil {
		t.Error("a base was made of eight examples")
	}
}
