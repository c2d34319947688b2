package linkedin_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"waypost/internal/problem"
	"waypost/internal/testkit/found"
	"waypost/paths/exchange/linkedin"
)

// keyOf is the key of a problem's message, or the error's own text.
func keyOf(err error) string {
	var p *problem.Problem
	if errors.As(err, &p) {
		return strings.TrimPrefix(p.Message.Key, "exchange.")
	}
	return fmt.Sprint(err)
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	skills := file{"Skills.csv", "Name\nSQL\n"}
	many := []file{skills}
	for n := range linkedin.MostEntries {
		many = append(many, file{fmt.Sprintf("media/%d.csv", n), ""})
	}
	packed := pack(t, skills)
	encrypted := bytes.Clone(packed)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	damaged := bytes.Clone(packed)
	damaged[bytes.Index(damaged, []byte("PK\x01\x02"))+16] ^= 0xFF // the checksum
	for _, c := range []struct {
		want    string
		archive []byte
	}{
		{"not_zip", nil},
		{"not_zip", []byte("Name\nSQL\n")},
		{"not_zip", packed[:len(packed)-30]},
		{"zip_large", make([]byte, linkedin.MostBytes+1)},
		{"zip_entries", pack(t, many...)},
		{"zip_entries", listOf(t, 25_000)},
		{"zip_name", pack(t, skills, file{"../Skills.csv", ""})},
		{"zip_name", pack(t, skills, file{"a/../../Skills.csv", ""})},
		{"zip_name", pack(t, skills, file{"/etc/Skills.csv", ""})},
		{"zip_name", pack(t, skills, file{`C:\Skills.csv`, ""})},
		{"zip_name", pack(t, skills, file{`..\Skills.csv`, ""})},
		{"zip_encrypted", encrypted},
		{"zip_damaged", damaged},
		{"zip_nested", pack(t, skills, file{"more.zip", "PK\x03\x04"})},
		{"zip_nested", pack(t, file{"Skills.csv", string(packed)})},
		{"zip_unpacked", bomb(t, "messages.csv", 10, 101<<20)},
		{"zip_file_large", bomb(t, "Skills.csv", 9<<20, 9<<20)},
		{"zip_damaged", bomb(t, "Skills.csv", 9<<20, 10)}, // says that it has 10 bytes
		{"linkedin_other", pack(t, file{"messages.csv", "private"})},
		{"linkedin_other", pack(t)},
	} {
		_, err := read(t, c.archive)
		if got := keyOf(err); got != c.want {
			t.Errorf("%s expected, %s came", c.want, got)
		}
	}
}

// bomb packs a file of zeros of a size, and gives another size for it.
func bomb(t *testing.T, name string, size, says int) []byte {
	t.Helper()
	var small bytes.Buffer
	pressed, err := flate.NewWriter(&small, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for left := size; left > 0; left -= len(zeros) {
		_, _ = pressed.Write(zeros[:min(left, len(zeros))])
	}
	if err := pressed.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	in, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate,
		CompressedSize64: uint64(small.Len()), UncompressedSize64: uint64(says)})
	if err == nil {
		_, err = io.Copy(in, &small)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listOf is an archive whose list of files is very long, and which says at its end that
// it has few.
func listOf(t *testing.T, files int) []byte {
	t.Helper()
	var all []file
	for n := range files {
		all = append(all, file{fmt.Sprint(n), ""})
	}
	archive := pack(t, all...)
	end := bytes.LastIndex(archive, []byte("PK\x05\x06"))
	archive[end+8], archive[end+9], archive[end+10], archive[end+11] = 1, 0, 1, 0
	return archive
}

// FuzzArchive reads anything as an archive.
func FuzzArchive(f *testing.F) {
	f.Add([]byte("PK\x05\x06"))
	f.Add(pack(f, file{"Skills.csv", "Name\nSQL\n"}))
	f.Add(pack(f, file{"in/Profile.csv", "First Name,Headline,Summary\nA,\"x\ny\",\u202ez\x00\n"}, file{"messages.csv", "x"}))
	f.Fuzz(func(t *testing.T, archive []byte) {
		list, err := read(t, archive)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		found.Sound(t, list)
	})
}

// FuzzTables reads anything as the tables of an archive.
func FuzzTables(f *testing.F) {
	f.Add("Company Name,Title,Started On,Finished On\nAcme,Clerk,Jan 2019,Mar 2019\nAcme,Lead,Apr 2019,\n", "School Name,Degree Name,Start Date\nS,D,2019\n")
	f.Add("\uFEFFCompany Name,Title,Description,Started On\r\n\"A\nB\",\"C \"\"D\"\"\",\u0085,Okt 2022\r\n", "School Name\n\x00\n")
	f.Add("Company Name,Title\n\"open", "Notes:\n\nSchool Name,Notes,Start Date\na\u0301,\xff,2017年3月\n")
	f.Fuzz(func(t *testing.T, positions, education string) {
		list, err := read(t, pack(t, file{"Positions.csv", positions}, file{"Education.csv", education}))
		if err == nil {
			found.Sound(t, list)
		}
	})
}
