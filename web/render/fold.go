package render

import (
	"html"
	"html/template"
	"text/template/parse"

	"waypost/web/messages"
)

// constants are the functions that give the same on every page of a language when they
// are called with literals, as HTML for texts and quoted attributes: no template calls
// them anywhere else.
type constants map[string]func(argument string) string

func (r *Renderer) constants(c *messages.Catalog) constants {
	return constants{
		"t":     func(key string) string { return html.EscapeString(c.T(key)) },
		"asset": func(name string) string { return html.EscapeString(r.Assets.URL(name)) },
		"icon":  func(name string) string { return string(icon(name)) },
		"lang":  func(string) string { return html.EscapeString(c.Language) },
		"dir":   func(string) string { return html.EscapeString(c.Direction) },
	}
}

// fold writes what constants give into the templates, once: of what a page calls they
// are the most.
func (k constants) fold(t *template.Template) {
	for _, defined := range t.Templates() {
		if defined.Tree != nil {
			k.list(defined.Tree.Root)
		}
	}
}

func (k constants) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if text, ok := k.call(n.Pipe); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(text)}
			}
		case *parse.IfNode:
			k.list(n.List)
			k.list(n.ElseList)
		case *parse.RangeNode:
			k.list(n.List)
			k.list(n.ElseList)
		case *parse.WithNode:
			k.list(n.List)
			k.list(n.ElseList)
		}
	}
}

// call is what {{name}} or {{name "literal"}} gives.
func (k constants) call(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) > 2 {
		return "", false
	}
	arguments := p.Cmds[0].Args
	name, ok := arguments[0].(*parse.IdentifierNode)
	if !ok || k[name.Ident] == nil {
		return "", false
	}
	if len(arguments) == 1 {
		return k[name.Ident](""), true
	}
	literal, ok := arguments[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return k[name.Ident](literal.Text), true
}
