// Package site is a whole Waypost in a test: a fresh data folder, a fresh database
// of the chosen engine, a clock that moves when told, and a server on a port of
// its own. A Visitor reads it as a browser without script does: pages, forms with
// their fields, redirects, cookies.
//
//	s := site.New(t, site.Demo)
//	page := s.Reader().Get("/stories").OK()
//	owner := s.SignIn()
//	owner.Get("/desk/stories/new").Form("#editor").Set("title", "A year of gigs").Press("save")
//	s.Work() // what follows from the change: related stories, sizes of pictures
//
// Nothing goes on behind the requests unless Running is asked for, so that a test
// sees exactly what it did. Only tests import the package.
package site
