// Package examples reads the examples that the base model is made of.
package examples

import (
	"fmt"
	"io/fs"
	"strings"

	"waypost/spam"
)

// Train makes a base of the files in a folder: each is all ham or all spam, as its name
// says.
func Train(folder fs.FS) (*spam.Base, error) {
	all, err := Read(folder)
	if err != nil {
		return nil, err
	}
	return spam.TrainBase(all)
}

// Read reads all examples in a folder, file after file.
func Read(folder fs.FS) ([]spam.Example, error) {
	names, err := fs.Glob(folder, "*.jsonl")
	if err != nil {
		return nil, err
	}
	var all []spam.Example
	for _, name := range names {
		isSpam := strings.HasSuffix(name, "-spam.jsonl")
		if !isSpam && !strings.HasSuffix(name, "-ham.jsonl") {
			return nil, fmt.Errorf("%s is neither *-ham.jsonl nor *-spam.jsonl", name)
		}
		file, err := folder.Open(name)
		if err != nil {
			return nil, err
		}
		some, err := spam.ReadExamples(file, &isSpam)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, some...)
	}
	return all, nil
}
