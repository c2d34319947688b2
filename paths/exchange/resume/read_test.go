package resume_test

import (
	"encoding/json"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/found"
	"waypost/paths/exchange/resume"
)

func day(t testing.TB, text string) partdate.Date {
	t.Helper()
	var d partdate.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestResumes compares what is found in whole résumés with what was read in them by eye.
// Of a résumé from outside its sentences are left out.
func TestResumes(t *testing.T) {
	t.Parallel()
	own := []string{"testdata/roles.json"}
	outside := cases.Files(t, "fixtures/path/jsonresume", "sample.resume.json")
	cases.Count(t, len(own), len(outside))
	for _, name := range slices.Concat(own, outside) {
		list, err := resume.Read(load(t, name), day(t, "2026-03-01"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found.Sound(t, list)
		var got []string
		for line := range strings.Lines(found.Lines(list)) {
			if name == own[0] {
				got = append(got, line)
				continue
			}
			before, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ` text="`)
			got = append(got, before+"\n")
		}
		expected := filepath.Join("testdata", strings.TrimSuffix(path.Base(name), ".json")+".txt")
		if want := string(load(t, expected)); strings.Join(got, "") != want {
			t.Errorf("%s:\n%s\nexpected:\n%s", name, strings.Join(got, ""), want)
		}
	}
}

// TestCases reads each case of the schema's own tests: the valid ones in full, the others
// without harm.
func TestCases(t *testing.T) {
	t.Parallel()
	own := 0
	read := func(name string, text []byte) {
		list, err := resume.Read(text, day(t, "2026-03-01"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		found.Sound(t, list)
		for _, s := range list.Skipped {
			if strings.Contains(name, "Valid") && s.Why.Key == "exchange.skipped_form" {
				t.Errorf("%s: %+v", name, s)
			}
		}
	}
	for name, text := range map[string]string{
		"workValid": `{"work": []}`, "workInvalid": `{"work": null}`, "workNumber": `{"work": 3}`,
		"datesValid":   `{"work": [{"name": "A", "startDate": "2013-12-01", "endDate": "2014"}]}`,
		"dateInvalid":  `{"work": [{"name": "A", "startDate": 2013, "endDate": []}]}`,
		"coursesValid": `{"education": [{"institution": "B", "courses": ["x"]}]}`, "coursesInvalid": `{"education": [{"courses": [null, {}]}]}`,
	} {
		own++
		read(name, []byte(text))
	}
	outside := outsideCases(t)
	for name, text := range outside {
		read(name, text)
	}
	cases.Count(t, own, len(outside))
}

// outsideCases are the cases of the schema's own tests, by file and name.
func outsideCases(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, name := range cases.Files(t, "fixtures/path/jsonresume", "cases-*.json") {
		var some map[string]json.RawMessage
		if err := json.Unmarshal(load(t, name), &some); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, text := range some {
			if path.Base(name) != "cases-dates.json" { // of jobs, which are something else
				all[path.Base(name)+" "+key] = text
			}
		}
	}
	return all
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "exchange.not_json",
		"{\n\"work\": [\n}":        "exchange.not_json",
		`{"work": []} x`:           "exchange.not_json",
		`{"work": []}{}`:           "exchange.not_json",
		`[]`:                       "exchange.resume_other",
		`{"jobs": []}`:             "exchange.resume_other",
		"null":                     "exchange.resume_other",
		strings.Repeat("[", 1<<20): "exchange.not_json",
		strings.Repeat(" ", resume.MostBytes) + "{}": "exchange.file_large",
	} {
		_, err := resume.Read([]byte(text), day(t, "2026-03-01"))
		var p *problem.Problem
		if !errors.As(err, &p) || p.Message.Key != want {
			t.Errorf("%.40q: %v, expected %s", text, err, want)
		}
		if strings.HasPrefix(text, "{\n") && p.Message.Args[1] != 3 {
			t.Errorf("%.40q: %v; the fault is in line 3", text, p.Message.Args)
		}
	}
}

// FuzzRead reads anything as a résumé.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"work":[{"name":"A","position":"B","startDate":"2019","endDate":"2020","highlights":["x"]},{"name":"a","position":"C","startDate":"2020-02"}]}`))
	f.Add([]byte("\xEF\xBB\xBF" + `{"projects":[{"name":"\u0000\ud800","startDate":"2019","keywords":[1,null,{}],"url":"https://x.example/?\u202e"}]}`))
	f.Add([]byte(`{"skills":[{"name":7,"keywords":"a"}],"certificates":[{"name":"c","date":"2019-02-30"}],"education":{"a":1}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := resume.Read(text, day(t, "2026-03-01"))
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		found.Sound(t, list)
	})
}
