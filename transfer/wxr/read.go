package wxr

import (
	"context"
	"errors"
	"fmt"
	"io"

	"waypost/transfer/wxr/loosexml"
)

// Read streams one XML document, in UTF-8, UTF-16 or the encoding it declares, and
// hands what it holds to h. Input that is not well-formed is no error: Summary and
// the problems tell of it. The errors are those for which Refused is true, those
// of src and h, and that of ctx when it ends; what was handed out until then stands.
func Read(ctx context.Context, src io.Reader, h Handler, limits Limits) (Summary, error) {
	limits = limits.withDefaults()
	return read(ctx, src, limits, &reporter{h: h, left: limits.Problems})
}

func read(ctx context.Context, src io.Reader, limits Limits, out *reporter) (Summary, error) {
	r := &reader{
		out:    out,
		limits: limits,
		sum:    newSummary(),
		site:   map[string]string{},
		dec: loosexml.NewDecoder(src, loosexml.Limits{
			TagBytes: limits.TagBytes, Attrs: limits.Attrs, Depth: limits.Depth,
		}, out.breach),
	}
	err := r.run(ctx)
	if first := r.dec.Err(); first != nil {
		r.sum.WellFormed, r.sum.Error = false, first.Error()
	} else if err != nil {
		r.sum.WellFormed, r.sum.Error = false, err.Error()
	}
	return r.sum, err
}

// run reads all tokens.
func (r *reader) run(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		tok, err := r.dec.Next()
		switch {
		case err == io.EOF:
			return r.finish()
		case err != nil:
			return r.broken(err)
		}
		if err := errors.Join(r.token(tok), r.out.err); err != nil {
			return err
		}
	}
}

// token hands one token on to what is open.
func (r *reader) token(tok *loosexml.Token) error {
	switch tok.Kind {
	case loosexml.Start:
		return r.start(tok)
	case loosexml.End:
		return r.end(tok)
	}
	if r.leaf.name == "" {
		return nil
	}
	switch tok.Kind {
	case loosexml.DataStart:
		r.leaf.dataStart()
	case loosexml.DataEnd:
		r.leaf.dataEnd()
	case loosexml.StrayClose:
		r.leaf.strayClose()
	case loosexml.Text:
		if !r.leaf.blank(tok.Text) {
			r.append(tok.Text)
		}
	}
	return nil
}

// broken ends a document that could not be read to its end. Damage to a compressed
// file counts as an early end, all else as an error.
func (r *reader) broken(err error) error {
	d, ok := errors.AsType[*damaged](err)
	if !ok {
		return err
	}
	line := r.dec.Line()
	r.out.problem(NotWellFormed, line, d.Error())
	if err := r.finish(); err != nil {
		return err
	}
	r.sum.WellFormed, r.sum.Error = false, fmt.Sprintf("%v: line %d", d, line)
	return nil
}

// finish ends a document. A record still open is not delivered: its end is missing,
// and perhaps half its text.
func (r *reader) finish() error {
	if len(r.open) > 0 {
		rec := r.open[0]
		r.out.problem(Incomplete, rec.line, fmt.Sprintf("the file ends inside the <%s> that starts here; it was left out", rec.name))
	}
	if n := r.dec.Dropped(); n > 0 {
		r.out.problem(Repaired, 0, fmt.Sprintf("%d characters that XML does not allow were dropped", n))
	}
	if n := r.dec.Replaced(); n > 0 {
		r.out.problem(Repaired, 0, fmt.Sprintf("%d bytes that are not UTF-8 were replaced", n))
	}
	r.out.finish()
	if !r.known {
		return errors.Join(ErrNotExport, r.out.err)
	}
	return errors.Join(r.sendSite(), r.out.err)
}
