package web

import (
	"embed"
	"io/fs"
)

//go:embed templates static
var embedded embed.FS

// Files are the templates and static files that lie in the program.
func Files() fs.FS { return embedded }
