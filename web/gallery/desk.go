package gallery

import (
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/shell"
)

// desk is a page of the desk around its content, as an owner sees it.
func (c cast) desk(section string, content any) shell.Layout {
	sections, group := shell.Menu(members.Console(), section)
	return shell.Layout{Name: c.text("Brackmouth Careers"), Who: c.text("Tamsin Oyelaran"), SignedIn: true, Sections: sections, Group: group, Content: content}
}

// member is a page of the desk as a member sees it.
func (c cast) member(section string, content any) shell.Layout {
	page := c.desk(section, content)
	page.Sections, page.Group = shell.Menu(members.Actor{Roles: []members.Role{members.Member}}, section)
	return page
}

// outside is a page of the desk for somebody who is not signed in.
func (c cast) outside(content any) shell.Layout {
	return shell.Layout{Name: c.text("Brackmouth Careers"), Content: content}
}

// done is a page after something was done.
func done(key string, page shell.Layout) shell.Layout {
	page.Done = &problem.Message{Key: key}
	return page
}

// refused is a form with faults: the name of a field, the key of a message and what it
// is given, by turns.
func refused(f fields.Form, faults ...problem.Field) fields.Form {
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
