// Package load asks an HTTP server for pages as fast as it answers, over
// connections that stay open, and tells what that cost the server.
//
// It is made to cost little itself, so that one processor saturates a server on
// another: one thread, the kernel's epoll, no parsing beyond status and length. It
// speaks only to the servers that the bench started on this machine.
package load
