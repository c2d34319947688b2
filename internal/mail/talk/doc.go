// Package talk is the conversation with a mail server: connecting, protecting the
// connection, signing in, and giving it letters one after the other. It says of each
// letter whether it was taken, refused, put off, or whether nobody can know; it decides
// nothing about what is done then, and it never says a password to anybody but the server.
package talk
