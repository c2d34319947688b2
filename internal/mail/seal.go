package mail

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
)

// Labels of the keys derived from the instance key. They never change: what was sealed
// with them could not be read any more.
const (
	labelSecret   = "mail: text of a secret letter"
	labelPassword = "mail: password of a server"
	labelKey      = "mail: key that letters are signed with"
)

// sealer seals with one key. What was sealed for one name opens for that name alone.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) sealer {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("mail: " + err.Error()) // a key of the wrong length is a fault of the program
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("mail: " + err.Error())
	}
	return sealer{aead}
}

func (s sealer) seal(name string, text []byte) []byte {
	return s.aead.Seal(nil, nil, text, []byte(name))
}

func (s sealer) open(name string, sealed []byte) ([]byte, error) {
	text, err := s.aead.Open(nil, nil, sealed, []byte(name))
	if err != nil {
		return nil, errors.New("what is sealed does not open with the instance key")
	}
	return text, nil
}

// content is what a letter says.
type content struct{ Subject, Text, HTML string }

func (o *Outbox) sealContent(id string, c content) ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("seal a letter: %w", err)
	}
	return o.secrets.seal(id, text), nil
}

func (o *Outbox) openContent(id string, sealed []byte) (c content, err error) {
	text, err := o.secrets.open(id, sealed)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return content{}, fmt.Errorf("open the letter %s: %w", id, err)
	}
	return c, nil
}
