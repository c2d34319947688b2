//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
)

// draftOrder asks how many saves of a draft a second become durable.
type draftOrder struct {
	Place  site.Place
	Bare   string // a database beside it
	Rounds int
	Span   time.Duration
}

// draftRates are saves a second, medians of the rounds.
type draftRates struct {
	Bare   float64 // one row of the same size per transaction, SQLite alone
	Alone  float64 // one writer, through the handler
	Shared float64 // many writers, through the handler
	Bytes  int     // of a request
	Fsync  time.Duration
}

// insertDraft writes a row as a first save does.
const insertDraft = `INSERT INTO story_drafts (story_id, account_id, base_version, writer, sequence, title, document, saved_at, dropped)
	VALUES ($1, 'writer', 0, 'page', 1, 'A title', $2, 1, FALSE)`

func measureDrafts(ctx context.Context, o draftOrder) (rates draftRates, err error) {
	s, err := site.Open(ctx, o.Place, nil)
	if err != nil {
		return rates, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	bare, err := bareDatabase(ctx, o.Bare)
	if err != nil {
		return rates, err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	if _, err := bare.ExecContext(ctx, `INSERT INTO accounts (id, name, created_at) VALUES ('writer', 'A writer', 1)`); err != nil {
		return rates, err
	}
	insert, err := bare.PrepareContext(ctx, insertDraft)
	if err != nil {
		return rates, err
	}
	text := strings.Repeat("Nobody asked what the lamp was for. ", 3000/7)
	var next atomic.Int64
	directly := func() error {
		_, err := insert.ExecContext(ctx, fmt.Sprint(next.Add(1)), text)
		return err
	}
	typing, err := newTyping(ctx, s, text)
	if err != nil {
		return rates, err
	}
	var alone, shared, single []float64
	for range o.Rounds {
		for _, way := range []struct {
			into    *[]float64
			writers int
			write   func() error
		}{{&single, 1, directly}, {&alone, 1, typing.save}, {&shared, writers, typing.save}} {
			rate, err := rowsPerSecond(o.Span, way.writers, way.write)
			if err != nil {
				return rates, err
			}
			*way.into = append(*way.into, rate)
		}
	}
	rates = draftRates{Bare: proc.Median(single), Alone: proc.Median(alone), Shared: proc.Median(shared), Bytes: len(typing.form)}
	rates.Fsync, err = proc.Fsync(o.Place.Folder)
	return rates, err
}

// typing is the owner at many browsers, each with a story of its own.
type typing struct {
	form  string
	pages chan *page // those that nobody types in now
}

type page struct {
	*site.Visitor
	id       string
	sequence int
}

func newTyping(ctx context.Context, s *site.Site, text string) (*typing, error) {
	t := &typing{pages: make(chan *page, writers)}
	for range writers {
		owner, account, err := s.Owner(ctx)
		if err != nil {
			return nil, err
		}
		t.form = url.Values{"title": {"A title"}, "standfirst": {"In a few words."}, "body": {text}, "format": {"markdown"}, "language": {"en"},
			"authors": {"", ""}, "draft_account": {account}, "draft_writer": {"page"}, "draft_after": {"0"}, "version": {"0"}}.Encode()
		t.pages <- &page{Visitor: owner, id: s.Stories.IDs.New()}
	}
	return t, nil
}

// save sends a whole form, as the editor does some seconds after a word was typed.
func (t *typing) save() error {
	p := <-t.pages
	defer func() { t.pages <- p }()
	p.sequence++
	form := t.form + "&id=" + p.id + "&draft_sequence=" + strconv.Itoa(p.sequence)
	path := "/desk/stories/new/draft"
	if p.sequence > 1 {
		path = "/desk/stories/" + p.id + "/draft"
	}
	a, err := p.Post(context.Background(), path, form)
	if err == nil && !strings.Contains(a.Body.String(), `"kept"`) {
		err = fmt.Errorf("a save answers %.200s", a.Body.String())
	}
	return err
}
