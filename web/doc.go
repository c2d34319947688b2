// Package web is everything HTTP and HTML. routes.go is the site map: every route
// of the program, with what it takes, who may, and what may be kept of its answer.
package web
