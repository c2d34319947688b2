package public

import (
	"fmt"
	"net/http"
	"time"

	"waypost/community"
)

const textType = "text/plain; charset=utf-8"

// Robots answers /robots.txt.
func (p *Public) Robots(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, "/robots.txt", textType, func(b *build) ([]byte, error) {
		return fmt.Appendf(nil, "User-agent: *\nDisallow: /desk\nDisallow: /sign-in\n\nSitemap: %s\n", b.abs("/sitemap.xml")), nil
	})
}

// SecurityTxt answers /.well-known/security.txt (RFC 9116). Its Expires is a year
// after the settings were last saved or the program was started, whichever is later.
func (p *Public) SecurityTxt(started time.Time) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		return p.file(w, r, "/.well-known/security.txt", textType, func(b *build) ([]byte, error) {
			expires := started
			if b.settings.Updated.After(expires) {
				expires = b.settings.Updated
			}
			contact := "/"
			if page, err := b.Community.PageBySlug(b.tx, "about"); err == nil && page.State == community.PagePublished {
				contact = "/about"
			}
			return fmt.Appendf(nil, "Contact: %s\nExpires: %s\nPreferred-Languages: %s\nCanonical: %s\n",
				b.abs(contact), expires.AddDate(1, 0, -1).UTC().Format(time.RFC3339), b.settings.Language, b.abs("/.well-known/security.txt")), nil
		})
	}
}
