package settings

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Bytes is an amount of memory or the size of a file.
type Bytes int64

// units are the endings of Bytes; the binary ones first, which String prefers.
var units = []struct {
	name string
	size int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1},
}

// UnmarshalText reads a whole number with a unit: B, kB, MB, GB count in
// thousands, KiB, MiB, GiB in 1024s (IEC 80000-13); without one it is bytes.
func (b *Bytes) UnmarshalText(text []byte) error {
	word := strings.TrimSpace(string(text))
	size := int64(1)
	for _, unit := range units {
		if number, found := cutSuffixFold(word, unit.name); found {
			word, size = strings.TrimSpace(number), unit.size
			break
		}
	}
	number, err := strconv.ParseInt(word, 10, 64)
	if err != nil || number < 0 || number > math.MaxInt64/size {
		return fmt.Errorf("is %q, not a size", text)
	}
	*b = Bytes(number * size)
	return nil
}

func cutSuffixFold(word, ending string) (string, bool) {
	cut := len(word) - len(ending)
	if cut < 0 || !strings.EqualFold(word[cut:], ending) {
		return word, false
	}
	return word[:cut], true
}

// String is the size in the largest unit that needs no fraction.
func (b Bytes) String() string {
	for _, unit := range units[:3] {
		if b != 0 && int64(b)%unit.size == 0 {
			return fmt.Sprintf("%d%s", int64(b)/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%dB", int64(b))
}

// HostPort is an address to listen on, such as 127.0.0.1:8080, [::1]:8080 or
// :8080 for every address of the machine. Port 0 takes any free one. Empty
// means no listener.
type HostPort string

// UnmarshalText checks the form and the port.
func (h *HostPort) UnmarshalText(text []byte) error {
	word := string(text)
	if word == "" {
		*h = ""
		return nil
	}
	_, port, err := net.SplitHostPort(word)
	if err != nil {
		return fmt.Errorf("is %q, not an address with a port", word)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("is %q, whose port is not a number from 0 to 65535", word)
	}
	*h = HostPort(word)
	return nil
}

// Port is the number after the colon, as text.
func (h HostPort) Port() string {
	_, port, err := net.SplitHostPort(string(h))
	if err != nil {
		return ""
	}
	return port
}

// clashes reports whether two listeners want the same port of an address.
func (h HostPort) clashes(other HostPort) bool {
	host, port, err := net.SplitHostPort(string(h))
	otherHost, otherPort, otherErr := net.SplitHostPort(string(other))
	if err != nil || otherErr != nil || port != otherPort || port == "0" {
		return false
	}
	return host == otherHost || everyAddress(host) || everyAddress(otherHost)
}

func everyAddress(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "" || err == nil && addr.IsUnspecified()
}
