// Package base holds the base model that the program comes with: what it knows of spam
// before a community has decided anything. It is made of the examples beside it, which
// were written for this project, by
//
//	go generate ./spam/base
package base

import (
	_ "embed"
	"fmt"
	"sync"

	"waypost/spam"
)

//go:generate go run waypost/cmd/waypost spam train examples base.model

//go:embed base.model
var file []byte

// Shipped is the base model that the program comes with.
var Shipped = sync.OnceValue(func() *spam.Base {
	b, err := spam.ReadBase(file)
	if err != nil {
		panic(fmt.Sprintf("the base model in the program: %v; make it anew with go generate", err))
	}
	return b
})
