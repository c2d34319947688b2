package web

import (
	"net/http"
	"slices"
	"time"

	"waypost/web/desk"
	"waypost/web/join"
	"waypost/web/kit"
	"waypost/web/letters"
	"waypost/web/me"
	"waypost/web/paths"
	"waypost/web/public"
	"waypost/web/replies"
	"waypost/web/wire"
)

var (
	get    = []string{http.MethodGet}
	anyone = []string{kit.Anyone}
)

// Own are the pages of people's own: how they get in, what they hear of, and how that ends.
type Own struct {
	Me         *me.Me
	ByPasskey  *join.ByPasskey
	ByProvider *join.ByProvider
	Ways       *me.Ways
	Leaving    *me.Leaving
	Letters    *me.Letters
	Ending     *letters.Letters
	Profile    *me.Profile
	Replies    *replies.Replies
	Paths      *paths.Paths
}

// Routes is every route of the program. started is when it was started; development
// are those of who works on it.
func Routes(p *public.Public, d *desk.Desk, j *join.Join, own Own, h *wire.Health, development []kit.Route, started time.Time) []kit.Route {
	kept := func(path string, handler kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: get, Roles: anyone, Cache: kit.Kept, Handler: handler}
	}
	reading := []kit.Route{
		kept("/{$}", p.Home),
		kept("/stories", p.Archive),
		kept("/stories/{slug}", p.Story),
		kept("/stories/{slug}/card.png", p.Card),
		kept("/stories/{slug}/replies", p.Talk),
		kept("/stories/{slug}/replies/{id}", p.Reply),
		kept("/stories/{slug}/replies/feed.atom", p.TalkFeed),
		kept("/replies/feed.atom", p.RepliesFeed),
		kept("/authors", p.Authors),
		kept("/authors/{handle}", p.Author),
		kept("/authors/{handle}/feed.atom", p.AuthorFeed),
		kept("/authors/{handle}/feed.json", p.AuthorFeed),
		kept("/topics", p.AllTopics),
		kept("/topics/{slug}", p.Topic),
		kept("/topics/{slug}/feed.atom", p.TopicFeed),
		kept("/topics/{slug}/feed.json", p.TopicFeed),
		kept("/resources", p.Library),
		kept("/privacy/replies", p.ReplyPrivacy),
		kept("/feed.atom", p.SiteFeed),
		kept("/feed.json", p.SiteFeed),
		kept("/sitemap.xml", p.Sitemap),
		kept("/robots.txt", p.Robots),
		kept("/.well-known/security.txt", p.SecurityTxt(started)),
		kept("/{slug}", p.Standing),
		kept("/", p.Elsewhere),
		{Path: "/media/{name}", Methods: get, Roles: anyone, Cache: kit.Forever, Handler: p.Media},
		{Path: "/static/{name}", Methods: get, Roles: anyone, Cache: kit.Forever, Handler: p.Static},
	}
	health := []kit.Route{
		{Path: "/healthz", Methods: get, Roles: anyone, Cache: kit.Unstored, AnyHost: true, Handler: h.Alive},
		{Path: "/readyz", Methods: get, Roles: anyone, Cache: kit.Unstored, AnyHost: true, Handler: h.Ready},
	}
	list := slices.Concat(reading, d.Routes(), j.Routes(), own.ByPasskey.Routes(), own.ByProvider.Routes(), own.Me.Routes(), own.Ways.Routes(), own.Leaving.Routes(), own.Letters.Routes(), own.Profile.Routes(), own.Ending.Routes(), own.Replies.Routes(), own.Paths.Routes(), health)
	return append(list, development...)
}
