package public

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/keeper"
	"waypost/members"
	"waypost/pictures"
	"waypost/replies"
	"waypost/resources"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/topics"
	"waypost/web/messages"
	"waypost/web/render"
)

// Public serves the reader's pages.
type Public struct {
	DB        *db.DB
	Keeper    *keeper.Keeper
	Renderer  *render.Renderer
	Base      *url.URL // scheme://host of the site
	Clock     clock.Clock
	Community *community.Service
	Members   *members.Service
	Topics    *topics.Service
	Stories   *stories.Service
	Beside    *beside.Service
	Resources *resources.Service
	Pictures  *pictures.Service
	Replies   *replies.Service

	// CanJoin tells whether somebody without an invitation may join; a change touches the
	// tag of the site. May be nil.
	CanJoin func(tx *db.Tx) (bool, error)

	SetUp SetUp

	notes   notes
	replied notes // of which the rendered text that is stored is outdated
}

// build is one page in the making: the transaction it reads in, the settings in
// force, and the tags of what it has read so far.
type build struct {
	*Public
	common
	tx     *db.Tx
	words  *messages.Catalog
	tags   []string
	failed error     // of a look-up that could not return it
	until  time.Time // when the page says what is no longer so; zero: never
}

// common is what pages have in common, a part of each under the tag of the site.
type common struct {
	settings community.Settings
	menu     []community.MenuItem
	zone     *time.Location
	join     bool // one can join
}

func (p *Public) newBuild(tx *db.Tx) (*build, error) {
	part, err := p.Keeper.Part(tx.Context(), "common", func() (keeper.Part, error) {
		c, err := p.common(tx)
		return keeper.Part{Value: c, Bytes: 2 << 10, Tags: []string{community.TagSite}}, err
	})
	if err != nil {
		return nil, err
	}
	c := part.Value.(common)
	return &build{Public: p, common: c, tx: tx, words: p.Renderer.Catalog(c.settings.Language), tags: []string{community.TagSite}}, nil
}

// common reads what every page needs.
func (p *Public) common(tx *db.Tx) (c common, err error) {
	if c.settings, err = p.Community.SettingsIn(tx); err != nil {
		return c, err
	}
	if c.menu, err = p.Community.Menu(tx); err != nil {
		return c, err
	}
	if p.CanJoin != nil && c.settings.SetUp {
		c.join, err = p.CanJoin(tx)
	}
	c.zone = c.settings.Location()
	return c, err
}

func (b *build) tag(tags ...string) { b.tags = append(b.tags, tags...) }

// abs is an address with the site's scheme and host.
func (b *build) abs(path string) string { return b.Base.String() + path }

// texts renders what people wrote with the pictures that are stored here.
func (b *build) texts() render.Texts {
	return render.Texts{Base: b.Base.String(), Catalog: b.words, Zone: b.settings.TimeZone, Picture: func(id string) (pictures.Picture, bool) {
		found, err := b.Pictures.ByIDs(b.tx, []string{id})
		b.failed = errors.Join(b.failed, err)
		picture, ok := found[id]
		if ok {
			b.tag(pictures.Tag(id))
		}
		return picture, ok && err == nil
	}}
}

// part is a piece of a page that is kept under the tags of what make reads, and its size.
// What else it depends on is in the key.
func (b *build) part(key string, make func() (value any, size int, err error)) (any, error) {
	part, err := b.Keeper.Part(b.tx.Context(), key, func() (keeper.Part, error) {
		before, until := len(b.tags), b.until
		b.until = time.Time{}
		b.tag(community.TagSite)
		value, size, err := make()
		part := keeper.Part{Value: value, Bytes: int64(size), Tags: slices.Clone(b.tags[before:]), Until: b.until}
		if b.until.IsZero() || !until.IsZero() && until.Before(b.until) {
			b.until = until
		}
		return part, cmp.Or(err, b.failed)
	})
	return part.Value, err
}

const htmlType = "text/html; charset=utf-8"

// page serves a kept page: make reads its content and layout in one View, and the
// template of this name shows them.
func (p *Public) page(w http.ResponseWriter, r *http.Request, key, template string, make func(*build) (Layout, error)) error {
	return p.Keeper.Serve(w, r, key, func(ctx context.Context) (keeper.Page, error) {
		var b *build
		var layout Layout
		err := p.DB.View(ctx, func(tx *db.Tx) (err error) {
			if b, err = p.newBuild(tx); err != nil {
				return err
			}
			layout, err = make(b)
			return cmp.Or(err, b.failed)
		})
		if err != nil {
			return keeper.Page{}, err
		}
		body, done, err := p.Renderer.Draft(b.settings.Language, template, layout)
		return keeper.Page{ContentType: htmlType, Body: body, Done: done, Tags: b.tags, Until: b.until}, err
	})
}

// file serves a kept answer that is no HTML page: make returns its bytes.
func (p *Public) file(w http.ResponseWriter, r *http.Request, key, contentType string, make func(*build) ([]byte, error)) error {
	return p.Keeper.Serve(w, r, key, func(ctx context.Context) (keeper.Page, error) {
		var b *build
		var body []byte
		err := p.DB.View(ctx, func(tx *db.Tx) (err error) {
			if b, err = p.newBuild(tx); err != nil {
				return err
			}
			body, err = make(b)
			return cmp.Or(err, b.failed)
		})
		if err != nil {
			return keeper.Page{}, err
		}
		return keeper.Page{ContentType: contentType, Body: body, Tags: b.tags}, nil
	})
}

// bare is a build that has read nothing, for the error page when nothing can be read.
func (p *Public) bare() *build {
	settings := community.Defaults()
	return &build{Public: p, common: common{settings: settings, zone: time.UTC}, words: p.Renderer.Catalog(settings.Language)}
}
