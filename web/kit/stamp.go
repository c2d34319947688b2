package kit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// TooQuick is in how little time no person fills in a form: what comes back so soon waits
// behind others.
const TooQuick = 2 * time.Second

// stampOldest is how long a form may be open before it has to be shown again.
const stampOldest = 24 * time.Hour

// Stamps mark forms that anybody may send with the moment they were shown, by a key.
type Stamps []byte

// New is the stamp of a form that is shown now.
func (s Stamps) New(now time.Time) string {
	at := strconv.FormatInt(now.UnixMilli(), 36)
	return at + "." + s.sign(at)
}

func (s Stamps) sign(at string) string {
	mac := hmac.New(sha256.New, s)
	mac.Write([]byte(at))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// Age is how long ago a form was shown; ok is false if this is no stamp of ours, or one
// too old.
func (s Stamps) Age(stamp string, now time.Time) (age time.Duration, ok bool) {
	at, signature, _ := strings.Cut(stamp, ".")
	if !hmac.Equal([]byte(signature), []byte(s.sign(at))) {
		return 0, false
	}
	ms, err := strconv.ParseInt(at, 36, 64)
	if err != nil {
		return 0, false
	}
	age = now.Sub(time.UnixMilli(ms))
	return age, age >= 0 && age < stampOldest
}
