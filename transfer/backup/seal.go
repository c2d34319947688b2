package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// The archive's comment, its last 64 bytes, is the seal: the SHA-256 of the whole
// file as it was when the seal was 64 zeros. So a changed byte is noticed wherever
// it is, even where it would do no harm.

// unsealed is the comment before it holds the sum.
var unsealed = strings.Repeat("0", hex.EncodedLen(sha256.Size))

// sealedFile is a file that hashes what is written to it.
type sealedFile struct {
	file *os.File
	hash hash.Hash
	size int64
}

func (s *sealedFile) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.hash.Write(p[:n]) // never fails
	s.size += int64(n)
	return n, err
}

// seal writes the sum over the zeros that stand for it at the end.
func (s *sealedFile) seal() error {
	_, err := s.file.WriteAt([]byte(hex.EncodeToString(s.hash.Sum(nil))), s.size-int64(len(unsealed)))
	return err
}

// checkSeal reads the whole file.
func (a *archive) checkSeal() error {
	if len(a.comment) != len(unsealed) {
		return &PartError{"archive", "has no seal, so another program has packed it", nil}
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(a.file, 0, a.size-int64(len(unsealed)))); err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	sum.Write([]byte(unsealed))
	if hex.EncodeToString(sum.Sum(nil)) != a.comment {
		return &PartError{"archive", "is damaged between its parts", nil}
	}
	return nil
}
