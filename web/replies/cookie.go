package replies

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// rememberFor is how long a browser can ask what became of what it sent.
	rememberFor = 30 * 24 * time.Hour
	// mostRemembered is of how many replies, the latest ones.
	mostRemembered = 10
)

// sentReply is a reply that a browser sent.
type sentReply struct {
	id    string
	until time.Time
}

func (x *Replies) cookieName() string {
	if x.Secure {
		return "__Host-waypost-replies"
	}
	return "waypost-replies"
}

func (x *Replies) sign(text string) string {
	mac := hmac.New(sha256.New, x.Key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// list is what a browser's cookie proves that it sent, without what is over.
func (x *Replies) list(r *http.Request) (list []sentReply) {
	c, err := r.Cookie(x.cookieName())
	if err != nil {
		return nil
	}
	text, signature, _ := strings.Cut(c.Value, "~")
	if !hmac.Equal([]byte(signature), []byte(x.sign(text))) {
		return nil
	}
	for part := range strings.SplitSeq(text, ".") {
		id, at, _ := strings.Cut(part, "-")
		seconds, err := strconv.ParseInt(at, 36, 64)
		if until := time.Unix(seconds, 0); err == nil && x.Clock().Before(until) {
			list = append(list, sentReply{id, until})
		}
	}
	return list
}

// remembers reports that a browser sent a reply.
func (x *Replies) remembers(r *http.Request, id string) bool {
	return slices.Contains(x.sentBy(r), id)
}

// sentBy lists the replies that a browser proves it sent.
func (x *Replies) sentBy(r *http.Request) (ids []string) {
	for _, s := range x.list(r) {
		ids = append(ids, s.id)
	}
	return ids
}

// remember lets a browser prove later that it sent a reply.
func (x *Replies) remember(w http.ResponseWriter, r *http.Request, id string) {
	list := append(x.list(r), sentReply{id, x.Clock().Add(rememberFor)})
	list = list[max(0, len(list)-mostRemembered):]
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = s.id + "-" + strconv.FormatInt(s.until.Unix(), 36)
	}
	text := strings.Join(parts, ".")
	http.SetCookie(w, &http.Cookie{Name: x.cookieName(), Value: text + "~" + x.sign(text), Path: "/", MaxAge: int(rememberFor / time.Second),
		Secure: x.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
