package document

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"waypost/internal/problem"
	"waypost/paths"
)

// MostPacked is how long a packed document may be at most: one of MostBytes that could
// not be made smaller, with what packing adds to it.
const MostPacked = MostBytes/3*4 + 64<<10

// Pack writes a path as one word of letters, digits, '-' and '_', for a page to carry
// until its member has ticked what they want of it. The error is a problem.Problem of
// kind TooLarge where the document is larger than Read takes.
func Pack(p paths.Path) (string, error) {
	p.Version = paths.PathVersion
	var text bytes.Buffer
	w := json.NewEncoder(&text)
	w.SetEscapeHTML(false)
	if err := w.Encode(p); err != nil {
		return "", fmt.Errorf("write a path: %w", err)
	}
	if text.Len() > MostBytes {
		return "", problem.New(problem.TooLarge, "path.import_large")
	}
	var out strings.Builder
	letters := base64.NewEncoder(base64.RawURLEncoding, &out)
	small, err := flate.NewWriter(letters, flate.BestSpeed)
	if err == nil {
		_, err = small.Write(text.Bytes())
		err = errors.Join(err, small.Close(), letters.Close())
	}
	if err != nil {
		return "", fmt.Errorf("pack a path: %w", err)
	}
	return out.String(), nil
}

// Unpack reads what Pack wrote. It never holds more than a document of MostBytes.
func Unpack(word string) (paths.Path, error) {
	small := flate.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(word)))
	text, err := io.ReadAll(io.LimitReader(small, MostBytes+1))
	if err != nil {
		return paths.Path{}, &problem.Problem{Kind: problem.Malformed, Message: problem.Message{Key: "problem.malformed"}, Cause: err}
	}
	return Read(text)
}
