package settings

import (
	"maps"
	"net/mail"
	"slices"
	"time"
)

// Check finds values that are impossible by themselves or beside each other.
// Load has done it; a command that changes a field afterwards does it again.
// The error is Faults.
func (s Settings) Check() error { return s.faults(nil).err() }

// faults checks every setting but those that are known to have failed: a fault
// has one line.
func (s Settings) faults(failed map[string]bool) Faults {
	c := checker{Settings: s, failed: failed}
	c.bounds()
	c.addresses()
	c.certificate()
	return c.found
}

type checker struct {
	Settings
	failed map[string]bool
	found  Faults
}

// require notes a fault of a setting unless ok, or unless one of the settings
// that the rule is about could not be read at all.
func (c *checker) require(ok bool, name, what string, about ...string) {
	for _, other := range append(about, name) {
		if c.failed[other] {
			return
		}
	}
	if !ok {
		c.found = append(c.found, c.originOf(name).fault(name, what))
	}
}

func (c *checker) bounds() {
	c.require(c.Data != "", "data", "has to name a folder")
	c.require(c.DBConns >= 1 && c.DBConns <= 1000, "db_conns", "has to be from 1 to 1000")
	c.require(c.MaxConnections >= 16 && c.MaxConnections <= 1_000_000, "max_connections", "has to be from 16 to 1000000")
	c.require(c.PagesMemory >= 1<<20, "pages_memory", "has to be at least 1MiB")
	c.require(c.UploadMax >= 64<<10 && c.UploadMax <= 4<<30, "upload_max", "has to be from 64KiB to 4GiB")
	c.require(c.ShutdownTimeout >= 0 && c.ShutdownTimeout <= 10*time.Minute, "shutdown_timeout", "has to be from 0s to 10m")
}

func (c *checker) addresses() {
	c.require(c.BaseURL.Secure() || c.BaseURL.Local() || c.InsecureHTTP, "base_url",
		"is plain http beyond this machine: anyone on the way could read sign-in links and cookies. "+
			"Begin it with https://, set tls, or allow it with insecure_http", "insecure_http")
	c.require(!c.Listen.clashes(c.MetricsListen), "metrics_listen",
		"has the port that the pages are served on ("+string(c.Listen)+"); give it another", "listen")
}

func (c *checker) certificate() {
	if c.TLS {
		c.require(c.BaseURL.Secure() && c.BaseURL.named(), "base_url",
			"has to begin with https:// and a public name, because tls gets a certificate for it", "tls")
		c.require(!c.BaseURL.named() || c.BaseURL.URL().Port() == "", "base_url",
			"cannot have a port, because tls gets a certificate through port 443", "tls")
	}
	if c.TLSEmail != "" {
		_, err := mail.ParseAddress(c.TLSEmail)
		c.require(err == nil, "tls_email", "is not a mail address")
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
