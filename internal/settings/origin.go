package settings

import "fmt"

// origin is the place where a value was found.
type origin struct {
	where  string // as Line.From
	inFile bool   // several settings share the place
}

const byDefault = "default"

// originOf is the origin of a setting by its name in the file.
func (s Settings) originOf(name string) origin {
	if found, ok := s.origins[name]; ok {
		return found
	}
	return origin{where: byDefault}
}

// fault is what an operator reads about the value of a setting: its place, and
// its name where the place does not tell it.
func (o origin) fault(name, what string) Fault {
	switch {
	case o.inFile:
		return Fault{Where: o.where, What: fmt.Sprintf("%q %s", name, what)}
	case o.where == byDefault:
		return Fault{Where: name, What: what}
	default:
		return Fault{Where: o.where, What: what}
	}
}
