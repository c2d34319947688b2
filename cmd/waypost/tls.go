package main

import (
	"net"
	"path/filepath"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"waypost/app"
	"waypost/internal/outbound"
	"waypost/web/kit"
)

// certify gives the listener certificates for the host of the base URL. Port 80, where
// it can be had, answers the authority's questions (RFC 8555, section 8.3) and leads
// readers to https.
func (c *serveCommand) certify(l *app.Listening) {
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, Email: c.TLSEmail, HostPolicy: autocert.HostWhitelist(c.BaseURL.URL().Hostname()),
		Cache:  autocert.DirCache(filepath.Join(c.Data, "certificates")),
		Client: &acme.Client{DirectoryURL: autocert.DefaultACMEDirectory, HTTPClient: outbound.New(outbound.Options{})}}
	l.TLS = m.TLSConfig()
	host, _, err := net.SplitHostPort(string(c.Listen))
	if err == nil {
		l.Plain, err = net.Listen("tcp", net.JoinHostPort(host, "80"))
	}
	if err != nil {
		newLog(c.Settings).Warn("port 80 cannot be had: http addresses lead nowhere, and certificates come by port 443 alone", "error", err)
		return
	}
	l.PlainHandler = m.HTTPHandler(kit.ToBase(c.BaseURL.URL()))
}
