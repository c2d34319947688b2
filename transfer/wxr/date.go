package wxr

import (
	"strings"
	"time"
)

// moment is the first of the times that can be read: the one in UTC, the one in the
// site's own zone, and the RFC 1123 one of RSS, which counts only where the other two
// are absent, since WordPress invents one for drafts. Zero dates
// ("0000-00-00 00:00:00") are none.
func moment(utc, local, rss string) Time {
	if t, ok := dateTime(utc); ok {
		return Time{Time: t}
	}
	if t, ok := dateTime(local); ok {
		return Time{Time: t, Local: true}
	}
	if utc != "" || local != "" {
		return Time{}
	}
	if t, err := time.Parse(time.RFC1123Z, strings.TrimSpace(rss)); err == nil && t.Year() > 0 {
		return Time{Time: t.UTC()}
	}
	return Time{}
}

func dateTime(s string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateTime, strings.TrimSpace(s), time.UTC)
	return t, err == nil && t.Year() > 0
}
