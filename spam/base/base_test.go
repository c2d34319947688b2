package base_test

import (
	"bytes"
	"os"
	"testing"

	"waypost/spam/base"
	"waypost/spam/base/examples"
)

func TestShippedIsWhatTrainingMakes(t *testing.T) {
	t.Parallel()
	trained, err := examples.Train(os.DirFS("examples"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(trained.Bytes(), base.Shipped().Bytes()) {
		t.Error("base.model is not what its examples make: run go generate ./spam/base")
	}
}
