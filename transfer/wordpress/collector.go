package wordpress

import (
	"context"
	"errors"
	"fmt"

	"waypost/internal/problem"
	"waypost/transfer/wxr"
)

// A batch is as many items, or as many bytes of them, as one transaction takes.
const (
	batchItems = 50
	batchBytes = 4 << 20
)

// collector is the second reading: it gathers items and hands them on in batches.
type collector struct {
	run     *run
	ctx     context.Context // of the import, which lives no longer than one call
	read    func()
	parcels []*parcel
	bytes   int
}

// Site is known from the survey.
func (c *collector) Site(wxr.Site) error { return nil }

// Author is known from the survey.
func (c *collector) Author(wxr.Author) error { return nil }

// Term is known from the survey.
func (c *collector) Term(wxr.Term) error { return nil }

// Problem is known from the survey.
func (c *collector) Problem(wxr.Problem) error { return nil }

// Item gathers.
func (c *collector) Item(it wxr.Item) error {
	c.parcels = append(c.parcels, c.run.pack(&it))
	c.bytes += 2 * len(it.Content)
	for _, r := range it.Comments {
		c.bytes += len(r.Content)
	}
	if len(c.parcels) < batchItems && c.bytes < batchBytes {
		return nil
	}
	return c.flush()
}

// flush takes the batch over. An item that a feature refuses is tried once more,
// for somebody may have taken its address just then, and then left out.
func (c *collector) flush() error {
	if err := c.run.prepare(c.ctx, c.parcels); err != nil {
		return err
	}
	failed := map[int]bool{}
	for {
		err := c.run.within(c.ctx, func(s *step) error { return s.batch(c.parcels) })
		bad, ok := errors.AsType[*itemError](err)
		if !ok || problem.KindOf(err) != problem.Invalid && problem.KindOf(err) != problem.Conflict {
			if err == nil {
				c.parcels, c.bytes = nil, 0
				c.read()
			}
			return err
		}
		if failed[bad.at] {
			c.parcels[bad.at].fate = fate{why: say("import.skip_refused").with(c.run.reason(bad.err))}
		}
		failed[bad.at] = true
	}
}

// itemError is a fault of one item of a batch.
type itemError struct {
	at   int
	what string
	err  error
}

// Error names the item.
func (e *itemError) Error() string { return fmt.Sprintf("%s: %v", e.what, e.err) }

// Unwrap is what the item met.
func (e *itemError) Unwrap() error { return e.err }

// reason is the first sentence of a problem, in the community's language.
func (r *run) reason(err error) string {
	p, ok := errors.AsType[*problem.Problem](err)
	switch {
	case !ok:
		return err.Error()
	case len(p.Fields) > 0:
		return r.say(say(p.Fields[0].Message.Key, p.Fields[0].Message.Args...))
	}
	return r.say(say(p.Message.Key, p.Message.Args...))
}

// batch takes some items over with their replies.
func (s *step) batch(parcels []*parcel) error {
	for i, p := range parcels {
		if err := s.parcel(p); err != nil {
			return &itemError{i, p.entry().What, err}
		}
	}
	return nil
}

func (s *step) parcel(p *parcel) error {
	var err error
	switch p.kind {
	case kindStory:
		err = s.story(p)
	case kindPage:
		err = s.page(p)
	case kindMedia:
		err = s.media(p)
	default:
		s.skip(p.entry(), p.why)
	}
	if err != nil {
		return err
	}
	return s.replies(p)
}
