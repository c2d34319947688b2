// Package server builds the program, starts it as an operator would, and asks it for
// single pages.
package server
