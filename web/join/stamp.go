package join

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// A form is stamped with the moment it was shown. What comes back in less time than a
// person needs waits behind others; what has no stamp, or an old one, is shown again.
const (
	tooQuick    = 2 * time.Second
	stampOldest = 24 * time.Hour
)

func (j *Join) stamp() string {
	at := strconv.FormatInt(j.Clock().UnixMilli(), 36)
	return at + "." + j.sign(at)
}

func (j *Join) sign(at string) string {
	mac := hmac.New(sha256.New, j.StampBy)
	mac.Write([]byte(at))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// stampAge is how long ago a form was shown; ok is false if this is no stamp of ours, or
// one too old.
func (j *Join) stampAge(stamp string) (age time.Duration, ok bool) {
	at, signature, _ := strings.Cut(stamp, ".")
	if !hmac.Equal([]byte(signature), []byte(j.sign(at))) {
		return 0, false
	}
	ms, err := strconv.ParseInt(at, 36, 64)
	if err != nil {
		return 0, false
	}
	age = j.Clock().Sub(time.UnixMilli(ms))
	return age, age >= 0 && age < stampOldest
}
