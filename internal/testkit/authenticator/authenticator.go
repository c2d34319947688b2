// Package authenticator is what keeps a passkey, in a test: it answers a site's options
// as a browser and its device do (WebAuthn level 3, sections 5.8.1, 6.1 and 6.5), and can be told
// to lie. Only tests import it.
package authenticator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"
)

// Device keeps one passkey. Its fields are what it says of itself; a test that wants a
// lie changes them.
type Device struct {
	Origin    string // where the browser says that it is
	Host      string // for which host it signs
	Challenge string // signed instead of the site's; empty: the site's
	Type      string // of what is signed, instead of the right one
	Frame     bool   // the page is in a frame of another site
	Verifies  bool   // checks who holds it
	CanBackUp bool
	BackedUp  bool
	Counts    bool   // has a counter that goes up
	Count     uint32 // the counter

	t      testing.TB
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte
}

// New is a device that verifies its holder, counts, and is at an origin such as
// https://waypost.example.
func New(t testing.TB, origin, host string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &Device{Origin: origin, Host: host, Verifies: true, Counts: true, t: t, key: key, id: id}
}

// Copy is a second device with the same passkey, as nobody should have.
func (d *Device) Copy() *Device {
	c := *d
	return &c
}

// Answers is the device as one test sees it, with changes.
func (d *Device) But(change func(*Device)) *Device {
	c := d.Copy()
	change(c)
	return c
}

// Named tells the device whose passkey it keeps.
func (d *Device) Named(handle string) *Device {
	return d.But(func(c *Device) { c.handle = []byte(handle) })
}

type options struct {
	Challenge string `json:"challenge"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
	AllowCredentials []any `json:"allowCredentials"`
}

func (d *Device) read(text []byte) options {
	d.t.Helper()
	var o options
	if err := json.Unmarshal(text, &o); err != nil {
		d.t.Fatalf("options are no JSON: %v: %s", err, text)
	}
	if d.Challenge != "" {
		o.Challenge = d.Challenge
	}
	return o
}

// Create answers creation options with a new passkey.
func (d *Device) Create(text []byte) []byte {
	d.t.Helper()
	o := d.read(text)
	handle, err := base64.RawURLEncoding.DecodeString(o.User.ID)
	if err != nil {
		d.t.Fatalf("the user's handle %q: %v", o.User.ID, err)
	}
	d.handle = handle
	const attested = 0x40
	data := d.state(attested)
	data = append(data, make([]byte, 16)...) // a device that does not say what it is
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = slices.Concat(data, d.id, d.cose())
	object := slices.Concat([]byte{0xa3, 0x63}, []byte("fmt"), []byte{0x64}, []byte("none"), []byte{0x67}, []byte("attStmt"), []byte{0xa0, 0x68}, []byte("authData"), cborBytes(data))
	return d.answer(map[string]any{"clientDataJSON": encode(d.client("webauthn.create", o.Challenge)), "attestationObject": encode(object),
		"transports": []string{"internal", "hybrid"}})
}

// Get answers request options with a signature.
func (d *Device) Get(text []byte) []byte {
	d.t.Helper()
	o := d.read(text)
	if d.Counts {
		d.Count++
	}
	data, client := d.state(0), d.client("webauthn.get", o.Challenge)
	over := sha256.Sum256(client)
	sum := sha256.Sum256(slices.Concat(data, over[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(d.handle)})
}

// state is the authenticator data up to its counter.
func (d *Device) state(flags byte) []byte {
	flags |= 0x01 // somebody is there
	for bit, on := range map[byte]bool{0x04: d.Verifies, 0x08: d.CanBackUp, 0x10: d.BackedUp} {
		if on {
			flags |= bit
		}
	}
	host := sha256.Sum256([]byte(d.Host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), d.Count)
}

func (d *Device) client(kind, challenge string) []byte {
	if d.Type != "" {
		kind = d.Type
	}
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": d.Frame})
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

func (d *Device) answer(response map[string]any) []byte {
	text, err := json.Marshal(map[string]any{"id": encode(d.id), "rawId": encode(d.id), "type": "public-key", "authenticatorAttachment": "platform",
		"clientExtensionResults": map[string]any{}, "response": response})
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

// cose is the public key for ES256 (RFC 9053, section 7.1).
func (d *Device) cose() []byte {
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	return slices.Concat([]byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}, cborBytes(point[1:33]), []byte{0x22}, cborBytes(point[33:]))
}

func cborBytes(b []byte) []byte {
	return slices.Concat([]byte{0x59, byte(len(b) >> 8), byte(len(b))}, b)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
