package spam_test

import (
	"bytes"
	"math"
	"testing"
	"unicode/utf8"

	"waypost/spam"
)

// FuzzCheck reads whatever somebody may send.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{
		"", "Thanks for this.", "f r e e   m o n e y", "v.i.a.g.r.a", "ｆｕｌｌ ｗｉｄｔｈ", "рауреаl", "&#99;&#97;sino &amp; more", "<a href=\"http://a.example/?q=1\">x</a>",
		"<span style=\"display:none\">hidden</span>", "zero\u200bwidth\u2060joined", "http://", "HTTPS://WWW.EXAMPLE.ORG:8080/a?b=c#d", "www..example", "a@b.example",
		"\xff\xfe broken", "]]>", "[url=http://b.example]b[/url]", "мама мыла раму", "春が来た", "🎉🎉🎉", "\u202eright to left",
	} {
		f.Add(text, "Jo", "jo@post.example", "http://jo.example")
	}
	f.Add("text", "\x00", "@", "://")
	m := learned(nil, history(40))
	limits := spam.Usual.Thresholds()
	f.Fuzz(func(t *testing.T, text, name, email, url string) {
		message := spam.Message{Text: text, Name: name, Email: email, URL: url, UserAgent: name, Subject: url}
		v := m.Check(message, limits)
		if v.Probability < 0 || v.Probability > 1 || math.IsNaN(v.Probability) || len(v.Reasons) > 5 {
			t.Fatalf("verdict %+v", v)
		}
		for _, r := range v.Reasons {
			if r.String() == "" || !utf8.ValidString(r.Text) {
				t.Fatalf("reason %+v", r)
			}
		}
		features := spam.Extract(message)
		kept, err := features.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again spam.Features
		if err := again.UnmarshalBinary(kept); err != nil {
			t.Fatalf("features that were written are not read: %v", err)
		}
		if more, _ := again.MarshalBinary(); !bytes.Equal(kept, more) {
			t.Fatal("features change when they are read")
		}
	})
}

// FuzzRead reads models, bases, features and messages that anybody may have damaged.
func FuzzRead(f *testing.F) {
	trained, err := spam.TrainBase(history(40))
	if err != nil {
		f.Fatal(err)
	}
	m := learned(trained, history(20))
	kept, err := spam.Extract(comment).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m.Bytes())
	f.Add(trained.Bytes())
	f.Add(kept)
	f.Add([]byte(`{"op":"learn","text":"x","spam":true,"seconds":1e309}`))
	f.Add([]byte(`{"text":null}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		if read, err := spam.Read(in, trained); err == nil && !bytes.Equal(read.Bytes(), in) {
			t.Fatal("a model changes when it is read")
		}
		if b, err := spam.ReadBase(in); err == nil {
			spam.New(b).Check(comment, spam.Usual.Thresholds())
		}
		var features spam.Features
		if err := features.UnmarshalBinary(in); err == nil {
			spam.New(nil).Learn(features, true)
		}
		if message, _, err := spam.ParseMessage(in); err == nil {
			spam.Extract(message)
		}
	})
}
