// Package app puts the parts together: which service gets which, what follows when
// something happened, what is done on schedule, and how the program starts, serves
// and stops. Nothing of the product is decided here.
package app
