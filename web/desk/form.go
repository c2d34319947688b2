package desk

import (
	"strconv"

	"waypost/web/desk/fields"
)

// What pages show of their forms.
type (
	Form   = fields.Form
	Input  = fields.Input
	Option = fields.Option
	Typed  = fields.Typed
)

// NewForm shows values that are name and value in turn.
func NewForm(pairs ...string) Form { return fields.New(pairs...) }

func number(n int64) string { return strconv.FormatInt(n, 10) }
