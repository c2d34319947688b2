package shell

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"waypost/community"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/internal/storable"
	"waypost/members"
	"waypost/web/kit"
)

// OtherWays are the ways in that the page for signing in offers besides mail.
type OtherWays struct {
	Passkeys  bool
	Providers []ProviderWay
	Next      string // where to go on to then; "" for where one starts
}

// ProviderWay is a button that leads to another site's sign-in.
type ProviderWay struct{ Name, URL string }

const browserLife = 10 * time.Minute

func (h *Shell) browserCookie() string {
	if h.Secure {
		return "__Host-waypost-browser"
	}
	return "waypost-browser"
}

// Browser is a secret that this browser alone has while somebody signs in, so that what
// was begun in one browser cannot be ended in another. It is no session and opens
// nothing.
func (h *Shell) Browser(w http.ResponseWriter, r *http.Request) string {
	secret := h.KnownBrowser(r)
	if secret == "" {
		secret = id.Secret()
	}
	http.SetCookie(w, &http.Cookie{Name: h.browserCookie(), Value: secret, Path: "/", MaxAge: int(browserLife / time.Second),
		Secure: h.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return secret
}

// KnownBrowser is the secret that Browser gave this browser before; empty if none.
func (h *Shell) KnownBrowser(r *http.Request) string {
	c, err := r.Cookie(h.browserCookie())
	if err != nil || len(c.Value) != len(id.Secret()) {
		return ""
	}
	return c.Value
}

// Begin keeps a new session in the browser. One that the browser had before ends.
func (h *Shell) Begin(w http.ResponseWriter, r *http.Request, secret string) error {
	h.SetCookie(w, secret) // what it took is spent, so whatever else goes wrong must not lose what it bought
	if old := h.Secret(r); old != "" {
		return h.Members.SignOut(r.Context(), old)
	}
	return nil
}

// Landing is where somebody who has just signed in goes: by what they have to see first,
// if there is anything, to where they wanted.
func (h *Shell) Landing(ctx context.Context, a members.Account, next string) (string, error) {
	settings, err := h.Community.Settings(ctx)
	if err != nil {
		return "", err
	}
	if actor := (members.Actor{AccountID: a.ID, Roles: a.Roles}); !settings.SetUp && actor.Has(members.Owner) {
		return "/desk/set-up", nil
	}
	if next = kit.Next(next); h.First != nil {
		first, err := h.First(ctx, a)
		if err != nil {
			return "", err
		}
		if first != "" {
			return first + Onward(next), nil
		}
	}
	return cmp.Or(next, Home), nil
}

// Onward is what an address ends in that keeps where to go on to; "" for nowhere.
func Onward(next string) string {
	if next == "" {
		return ""
	}
	return "?" + url.Values{"next": {next}}.Encode()
}

const longestDevice = 200

// Device is what the browser calls itself, for the list of sessions.
func Device(r *http.Request) string { return storable.Cut(r.UserAgent(), longestDevice) }

// Answer answers a script.
func Answer(w http.ResponseWriter, r *http.Request, status int, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return AnswerJSON(w, r, status, text)
}

// AnswerJSON answers a script with JSON that is made already.
func AnswerJSON(w http.ResponseWriter, r *http.Request, status int, text []byte) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(text)
	}
	return nil
}

// Sent is what a script is told when something was done: where to go on.
type Sent struct {
	Next string `json:"next"`
}

// Scripted reports that a script asks, which shows a sentence and no page.
func Scripted(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// failScript tells a script in one sentence what went wrong.
func (h *Shell) failScript(w http.ResponseWriter, r *http.Request, status int, err error) bool {
	settings, failed := h.Community.Settings(r.Context())
	if failed != nil {
		settings = community.Defaults()
	}
	m := Sentence(err)
	if m == nil {
		m = &problem.Message{Key: fmt.Sprintf("error.%d", status)}
	}
	said := struct {
		Message string `json:"message"`
	}{h.Words(r, settings).T(m.Key, m.Args...)}
	return Answer(w, r, status, said) == nil
}
