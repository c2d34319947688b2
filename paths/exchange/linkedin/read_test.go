package linkedin_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/found"
	"waypost/paths"
	"waypost/paths/exchange"
	"waypost/paths/exchange/linkedin"
)

var update = flag.Bool("update", false, "write what is found as what is expected")

func today(t testing.TB) partdate.Date {
	t.Helper()
	d, err := partdate.Of(2026, 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t testing.TB, archive []byte) (exchange.Found, error) {
	t.Helper()
	return linkedin.Read(bytes.NewReader(archive), int64(len(archive)), today(t))
}

// archives are all archives that are kept as files: our own and those from outside.
func archives(t *testing.T) []string {
	t.Helper()
	own, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(own) < 4 {
		t.Fatalf("own archives: %v, %v", own, err)
	}
	outside := cases.Files(t, "fixtures/path/linkedin", "*.zip")
	cases.Count(t, len(own), len(outside))
	return slices.Concat(own, outside)
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestExports compares what is found in whole archives with what was read in them by eye.
func TestExports(t *testing.T) {
	t.Parallel()
	for _, name := range archives(t) {
		list, err := read(t, load(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found.Sound(t, list)
		expected := filepath.Join("testdata", strings.TrimSuffix(path.Base(name), ".zip")+".txt")
		if *update {
			if err := os.WriteFile(expected, []byte(found.Lines(list)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := found.Lines(list), string(load(t, expected)); got != want {
			t.Errorf("%s:\n%s\nexpected:\n%s", name, got, want)
		}
	}
}

// TestAgain imports an archive twice: all of it is known the second time, on whatever day.
func TestAgain(t *testing.T) {
	t.Parallel()
	for _, name := range archives(t) {
		list, err := read(t, load(t, name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var p paths.Path
		for _, i := range list.Items {
			switch {
			case i.Step != nil:
				p.Steps = append(p.Steps, *i.Step)
			case i.Entry != nil:
				e := *i.Entry
				if i.Undated {
					e.Date = (e.Date.First() - 40).Date()
				}
				p.Entries = append(p.Entries, e)
			case i.Goal != nil:
				p.Goals = append(p.Goals, *i.Goal)
			}
		}
		twins := exchange.Duplicates(list, p)
		for _, i := range list.Items {
			if twins[i.ID] != i.ID {
				t.Errorf("%s: %s %q is taken for %q", name, i.Kind(), i.Title(), twins[i.ID])
			}
		}
		if alone := exchange.Duplicates(list, paths.Path{}); len(alone) > 0 {
			t.Errorf("%s: twice in itself: %v", name, alone)
		}
	}
}

// TestOpensNoOtherFiles counts which files of an archive are opened: those of a career,
// each once, and never letters, contacts or addresses.
func TestOpensNoOtherFiles(t *testing.T) {
	t.Parallel()
	private := 0
	mayOpen := []string{"Profile.csv", "Positions.csv", "Education.csv", "Certifications.csv", "Skills.csv", "Volunteering.csv", "Languages.csv"}
	for _, name := range archives(t) {
		archive := load(t, name)
		opened := map[string]int{}
		_, err := linkedin.ReadWith(bytes.NewReader(archive), int64(len(archive)), today(t), func(f *zip.File) (io.ReadCloser, error) {
			opened[path.Base(f.Name)]++
			return f.Open()
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all.File {
			base, want := path.Base(f.Name), 0
			if slices.Contains(mayOpen, base) {
				want = 1
			} else {
				private++
			}
			if opened[base] != want {
				t.Errorf("%s: %s was opened %d times, expected %d", name, base, opened[base], want)
			}
		}
	}
	if private < 10 {
		t.Errorf("the archives hold %d files that are not to be opened, which shows little", private)
	}
}

// TestOthersMayBeBroken: a file that is not read does no harm, whatever is in it.
func TestOthersMayBeBroken(t *testing.T) {
	t.Parallel()
	archive := pack(t, file{"messages.csv", "CONVERSATION ID,FROM\n1,secret"}, file{"Skills.csv", "Name\nSQL\n"})
	broken := bytes.Replace(archive, []byte("PK\x03\x04"), []byte("PK\x00\x00"), 1) // the head of the first
	list, err := read(t, broken)
	if err != nil || len(list.Items) != 1 || list.Items[0].Title() != "SQL" {
		t.Errorf("%+v, %v", list, err)
	}
}

type file struct{ name, text string }

func pack(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		how := zip.Deflate
		if f.text == "" {
			how = zip.Store
		}
		in, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: how})
		if err == nil {
			_, err = io.WriteString(in, f.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRows reads rows one by one: what becomes of each, and what is said of it.
func TestRows(t *testing.T) {
	t.Parallel()
	const head = "Company Name,Title,Description,Location,Started On,Finished On\n"
	for _, c := range []struct{ name, file, text, want string }{
		{"no title", "Positions.csv", head + "Acme,,,,2019,2020\n",
			`1 position title="Acme" organization="Acme" 2019/2020 @Positions.csv:2` + "\n"},
		{"nothing to call it", "Positions.csv", head + ",,text,,2019,\n",
			"skipped Positions.csv:2: skipped_untitled\n"},
		{"no date", "Positions.csv", head + "Acme,Clerk,,,,\n",
			"skipped Positions.csv:2: skipped_undated title=Clerk\n"},
		{"only an end", "Positions.csv", head + "Acme,Clerk,,,,May 2020\n",
			`1 position title="Clerk" organization="Acme" 2020-05/2020-05 (note_no_start) @Positions.csv:2` + "\n"},
		{"no such month", "Positions.csv", head + "Acme,Clerk,,,Smarch 2019,\n",
			"skipped Positions.csv:2: skipped_start title=Clerk date=Smarch 2019\n"},
		{"an end that is no date", "Positions.csv", head + "Acme,Clerk,,,2019,soon\n",
			"skipped Positions.csv:2: skipped_end title=Clerk date=soon\n"},
		{"backward", "Positions.csv", head + "Acme,Clerk,,,2019,2018\n",
			"skipped Positions.csv:2: skipped_backward title=Clerk start=2019 end=2018\n"},
		{"rows without anything", "Positions.csv", head + ",,,,,\n\nAcme,Clerk,,,2019,\n",
			`1 position title="Clerk" organization="Acme" 2019/ @Positions.csv:3` + "\n"},
		{"a row too short", "Positions.csv", head + "Acme,Clerk\n",
			"skipped Positions.csv:2: skipped_undated title=Clerk\n"},
		{"a gap between roles", "Positions.csv", head + "Acme,Clerk,,,Jan 2019,Mar 2019\nacme,Lead,,,May 2019,\n",
			`1 position title="Clerk" organization="Acme" 2019-01/2019-03 @Positions.csv:2` + "\n" +
				`2 position title="Lead" organization="acme" 2019-05/ @Positions.csv:3` + "\n"},
		{"roles that touch", "Positions.csv", head + "Acme,Lead,,,Apr 2019,May 2020\nOther,Cook,,,2018,\nACME,Clerk,,,Jan 2019,Mar 2019\n",
			`1 position title="Acme" organization="Acme" 2019-01/2020-05 (note_roles count=2) @Positions.csv:2` + "\n" +
				`2 position in="1" title="Lead" organization="Acme" 2019-04/2020-05 @Positions.csv:2` + "\n" +
				`3 position title="Cook" organization="Other" 2018/ @Positions.csv:3` + "\n" +
				`4 position in="1" title="Clerk" organization="ACME" 2019-01/2019-03 @Positions.csv:4` + "\n"},
		{"lines before the head", "Positions.csv", "Notes:\n\"about this file\"\n\n" + head + "Acme,Clerk,,,2019,\n",
			`1 position title="Clerk" organization="Acme" 2019/ @Positions.csv:4` + "\n"},
		{"another head", "Positions.csv", "Firma,Titel\nAcme,Clerk\n",
			"skipped Positions.csv: skipped_head columns=company name, title\n"},
		{"not UTF-8", "Skills.csv", "Name\nCaf\xe9\n",
			"1 learned 2026-03-01 skills=\"Caf\uFFFD\" undated (note_no_date) @Skills.csv\nskipped Skills.csv: skipped_garbled\n"},
		{"many skills", "Skills.csv", "Name\nA\nB\nC\nD\nE\nF\nG\nH\nI\na\n",
			`1 learned 2026-03-01 skills="A|B|C|D|E|F|G|H" undated (note_no_date) @Skills.csv` + "\n" +
				`2 learned 2026-03-01 skills="I" undated (note_no_date) @Skills.csv` + "\n"},
		{"a link that is none", "Certifications.csv", "Name,Url,Authority,Started On,Finished On,License Number\nBasics,javascript:alert(1),Academy,Feb 2020,Feb 2022,77\n",
			`1 learned 2020-02 text="Basics\nAcademy\n77" (note_no_link link=javascript:alert(1)) @Certifications.csv:2` + "\nskipped Certifications.csv: skipped_columns columns=finished on\n"},
		{"a date that is none", "Certifications.csv", "Name,Url,Authority,Started On\nBasics,,,13/2020\n",
			"skipped Certifications.csv:2: skipped_date title=Basics date=13/2020\n"},
		{"two profiles", "Profile.csv", "First Name,Headline\nA,Cook\nB,Baker\n",
			`1 goal title="Cook" unsure @Profile.csv:2` + "\nskipped Profile.csv:3: skipped_one_row\nskipped Profile.csv: skipped_columns columns=first name\n"},
		{"a long skill", "Skills.csv", "Name\n" + strings.Repeat("x", 61) + "\n",
			`1 learned 2026-03-01 skills="` + strings.Repeat("x", 59) + `…" undated (note_skill_cut max=60) (note_no_date) @Skills.csv` + "\n"},
		{"file twice", "old/Skills.csv", "Name\nSQL\n",
			`1 learned 2026-03-01 skills="SQL" undated (note_no_date) @Skills.csv` + "\n"},
	} {
		list, err := read(t, pack(t, file{c.file, c.text}))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		found.Sound(t, list)
		if got := found.Lines(list); got != c.want {
			t.Errorf("%s:\n%s\nexpected:\n%s", c.name, got, c.want)
		}
	}
	list, err := read(t, pack(t, file{"old/Skills.csv", "Name\nGo\n"}, file{"Skills.csv", "Name\nSQL\n"}))
	if want := "1 learned 2026-03-01 skills=\"SQL\" undated (note_no_date) @Skills.csv\nskipped old/Skills.csv: skipped_twice\n"; err != nil || found.Lines(list) != want {
		t.Errorf("one file twice: %v\n%s", err, found.Lines(list))
	}
}
