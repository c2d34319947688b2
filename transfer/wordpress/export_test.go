package wordpress

// For tests of what reads foreign text.
var (
	Plain      = plain
	Shorten    = shorten
	WishedSlug = wishedSlug
	OldPath    = oldPath
)
