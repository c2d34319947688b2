package spam

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// line is a message as commands and files of examples write it.
type line struct {
	Text   *string `json:"text"`
	Spam   *bool   `json:"spam"`
	Author string  `json:"author"`
	Name   string  `json:"name"`
	Email  string  `json:"email"`
	URL    string  `json:"url"`
	Agent  string  `json:"user_agent"`

	Seconds  float64 `json:"seconds"`
	Approved int     `json:"approved"`
	Refused  int     `json:"refused"`
	Language string  `json:"language"`
	Subject  string  `json:"subject"`
}

func (l line) message() Message {
	m := Message{Name: l.Name, Email: l.Email, URL: l.URL, UserAgent: l.Agent, Seconds: l.Seconds,
		Approved: l.Approved, Refused: l.Refused, Language: l.Language, Subject: l.Subject}
	if m.Name == "" {
		m.Name = l.Author
	}
	if l.Text != nil {
		m.Text = *l.Text
	}
	return m
}

var errNoText = errors.New("a message has at least \"text\"")

// ParseMessage reads a message from JSON, and what it says of it being spam: true, false
// or nothing.
func ParseMessage(in []byte) (m Message, spam *bool, err error) {
	var l line
	if err := json.Unmarshal(in, &l); err != nil {
		return Message{}, nil, fmt.Errorf("not a message as JSON: %w", err)
	}
	if l.Text == nil {
		return Message{}, nil, errNoText
	}
	return l.message(), l.Spam, nil
}

// LongestLine is the most bytes that one line of examples may have.
const LongestLine = 4 << 20

// ReadExamples reads messages from JSON lines. A line that does not say whether it is
// spam is what the argument says; without that it is an error.
func ReadExamples(in io.Reader, unsaid *bool) ([]Example, error) {
	var out []Example
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, LongestLine)
	for number := 1; lines.Scan(); number++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		m, spam, err := ParseMessage(lines.Bytes())
		if spam == nil {
			spam = unsaid
		}
		if err == nil && spam == nil {
			err = errors.New("\"spam\" says neither true nor false")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		out = append(out, Example{Message: m, Spam: *spam})
	}
	return out, lines.Err()
}
