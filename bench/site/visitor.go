//go:build linux

package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"waypost/internal/db"
)

// Visitor asks a site through its handler, without a connection, and keeps its cookies
// as a browser does.
type Visitor struct {
	site    *Site
	Network string // the address that requests come from
	cookies map[string]string
}

// Answer is what a visitor got, and how long the handler took.
type Answer struct {
	*httptest.ResponseRecorder
	Took time.Duration
}

// Visitor is a new one, whom the site has never seen.
func (s *Site) Visitor(network string) *Visitor {
	return &Visitor{site: s, Network: network, cookies: map[string]string{}}
}

// Text is the body of the answer.
func (a Answer) Text() (string, error) {
	if a.Header().Get("Content-Encoding") != "gzip" {
		return a.Body.String(), nil
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(a.Body.Bytes()))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(unpacked)
	return string(text), err
}

// Owner is a visitor who is signed in as the community's owner, and the owner's account.
func (s *Site) Owner(ctx context.Context) (*Visitor, string, error) {
	if _, err := s.Members.OwnerLink(ctx); err != nil { // makes the owner
		return nil, "", err
	}
	v := s.Visitor("127.0.0.1")
	var owner string
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if err = tx.QueryRow(`SELECT account_id FROM account_roles WHERE role = 'owner' ORDER BY account_id LIMIT 1`).Scan(&owner); err == nil {
			v.cookies["waypost"], err = s.Members.OpenSession(tx, owner, "bench")
		}
		return err
	})
	return v, owner, err
}

// Get asks for a page.
func (v *Visitor) Get(ctx context.Context, path string) (Answer, error) {
	return v.ask(ctx, http.MethodGet, path, "")
}

// Post sends an encoded form.
func (v *Visitor) Post(ctx context.Context, path, form string) (Answer, error) {
	return v.ask(ctx, http.MethodPost, path, form)
}

// ask fails with anything but a page and a way on.
func (v *Visitor) ask(ctx context.Context, method, path, body string) (Answer, error) {
	r := httptest.NewRequestWithContext(ctx, method, v.site.Config.Base.String()+path, strings.NewReader(body))
	r.RemoteAddr = v.Network + ":1"
	r.Header.Set("Accept-Encoding", "gzip")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	a := Answer{ResponseRecorder: httptest.NewRecorder()}
	began := time.Now()
	v.site.Handler().ServeHTTP(a, r)
	a.Took = time.Since(began)
	for _, c := range a.Result().Cookies() {
		v.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	if a.Code != http.StatusOK && a.Code != http.StatusSeeOther {
		return a, fmt.Errorf("%s %s answers %d: %.300s", method, path, a.Code, a.Body.Bytes())
	}
	return a, nil
}
