package markdown

import (
	"net/url"
	"strings"
)

// kind is what a card leads to.
type kind uint8

const (
	page kind = iota
	picture
	video
	sound
	post
)

// hosts names what the well-known hosts of embedded things hold; a name stands for its subdomains too.
var hosts = map[string]kind{
	"youtube.com": video, "youtube-nocookie.com": video, "youtu.be": video, "vimeo.com": video,
	"dailymotion.com": video, "dai.ly": video, "tiktok.com": video, "twitch.tv": video, "ted.com": video,
	"loom.com": video, "wordpress.tv": video, "videopress.com": video, "fb.watch": video, "streamable.com": video,
	"x.com": post, "twitter.com": post, "instagram.com": post, "instagr.am": post, "facebook.com": post,
	"threads.net": post, "bsky.app": post, "linkedin.com": post, "tumblr.com": post, "reddit.com": post,
	"pinterest.com": post, "mastodon.social": post,
	"soundcloud.com": sound, "spotify.com": sound, "mixcloud.com": sound, "bandcamp.com": sound,
	"podcasts.apple.com": sound, "audioboom.com": sound,
	"flickr.com": picture, "flic.kr": picture, "imgur.com": picture, "giphy.com": picture,
}

// hostKind tells what a host is known for.
func hostKind(host string) (kind, bool) {
	for name := host; name != ""; _, name, _ = strings.Cut(name, ".") {
		if k, known := hosts[name]; known {
			return k, true
		}
	}
	return page, false
}

// shownHost is the host as people know it, without www and the like.
func shownHost(host string) string {
	for _, prefix := range []string{"www.", "m.", "player.", "w."} {
		if rest, found := strings.CutPrefix(host, prefix); found && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}

// permalink turns the address of a player into that of the page where people watch or listen.
func permalink(href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return href
	}
	id := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	switch shownHost(u.Host) {
	case "youtube.com", "youtube-nocookie.com":
		if strings.HasPrefix(u.Path, "/embed/") || strings.HasPrefix(u.Path, "/v/") {
			return "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
		}
	case "vimeo.com":
		if strings.HasPrefix(u.Path, "/video/") {
			return "https://vimeo.com/" + url.PathEscape(id)
		}
	case "open.spotify.com":
		u.Path, u.RawPath = strings.Replace(u.Path, "/embed/", "/", 1), ""
		return u.String()
	case "soundcloud.com":
		if inner := u.Query().Get("url"); strings.HasPrefix(inner, "https://soundcloud.com/") {
			return inner
		}
	}
	return href
}
