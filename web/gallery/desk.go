package gallery

import (
	"waypost/internal/problem"
	"waypost/web/desk"
)

// desk is a page of the desk around its content, as an owner sees it.
func (c cast) desk(section string, content any) desk.Layout {
	return desk.Layout{Name: c.text("Brackmouth Careers"), Who: c.text("Tamsin Oyelaran"), SignedIn: true, Sections: desk.Sections(true, section), Content: content}
}

// outside is a page of the desk for somebody who is not signed in.
func (c cast) outside(content any) desk.Layout {
	return desk.Layout{Name: c.text("Brackmouth Careers"), Content: content}
}

// done is a page after something was done.
func done(key string, page desk.Layout) desk.Layout {
	page.Done = &problem.Message{Key: key}
	return page
}

// refused is a form with faults: the name of a field, the key of a message and what it
// is given, by turns.
func refused(f desk.Form, faults ...problem.Field) desk.Form {
	f.Problem, f.Faults = &problem.Message{Key: "problem.invalid"}, faults
	return f
}

func fault(field, key string, args ...any) problem.Field {
	return problem.Field{Name: field, Message: problem.Message{Key: key, Args: args}}
}

// scene shows a page of the desk.
func scene(page, state, section string, content func(c cast) any) Scene {
	return Scene{Page: "desk/" + page, State: state, show: func(c cast) any { return c.desk(section, content(c)) }}
}
