// Command train makes the base model of the examples in the folder "examples" and writes
// it to "base.model", both in the folder that it is started in.
package main

import (
	"fmt"
	"os"

	"waypost/spam/base/examples"
)

func main() {
	trained, err := examples.Train(os.DirFS("examples"))
	if err == nil {
		err = os.WriteFile("base.model", trained.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
