// Package messages holds every word of the interface, one file a language. A
// language is added by adding a file: en.json is the model, and a test says which
// keys another file lacks or has too many.
package messages
