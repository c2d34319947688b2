//go:build !linux

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "bench: CPU time and memory are read from Linux; this system is another")
	os.Exit(1)
}
