package partdate_test

import (
	"encoding/json"
	"testing"
	"time"

	"waypost/internal/partdate"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text      string
		precision partdate.Precision
		first     string
		last      string
	}{
		{"2016", partdate.Year, "2016-01-01", "2016-12-31"},
		{"2016-02", partdate.Month, "2016-02-01", "2016-02-29"},
		{"2015-02", partdate.Month, "2015-02-01", "2015-02-28"},
		{"2015-12", partdate.Month, "2015-12-01", "2015-12-31"},
		{"2016-05-14", partdate.Day, "2016-05-14", "2016-05-14"},
		{"0001", partdate.Year, "0001-01-01", "0001-12-31"},
		{"9999-12-31", partdate.Day, "9999-12-31", "9999-12-31"},
	} {
		d, err := partdate.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if d.String() != c.text || d.Precision() != c.precision {
			t.Errorf("%s: read as %s, precision %d", c.text, d, d.Precision())
		}
		if got := d.First().Date().String(); got != c.first {
			t.Errorf("%s: first day %s, want %s", c.text, got, c.first)
		}
		if got := d.Last().Date().String(); got != c.last {
			t.Errorf("%s: last day %s, want %s", c.text, got, c.last)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "16", "201", "0000", "2016-13", "2016-00", "2016-5", "2016-05-32", "2015-02-29",
		"2016-05-00", "2016/05", "2016-05-1", "20160514", "2016-05-14T10:00", "٢٠١٦", "-016", "+016", " 2016",
	} {
		if d, err := partdate.Parse(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	order := []string{"", "2015-12-31", "2016", "2016-01", "2016-01-01", "2016-01-02", "2016-02", "2017"}
	for i, a := range order {
		for j, b := range order {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := read(t, a).Compare(read(t, b)); got != want {
				t.Errorf("%q against %q: %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	if n := read(t, "1970-01-01").First(); n != 0 {
		t.Errorf("1 January 1970 is day %d", n)
	}
	if n := read(t, "2000-03-01").First() - read(t, "2000-02-28").First(); n != 2 {
		t.Errorf("from 28 February to 1 March 2000: %d days", n)
	}
	if n := read(t, "1969-12-31").First(); n != -1 {
		t.Errorf("the day before is %d", n)
	}
	late := time.Date(2016, 5, 14, 23, 30, 0, 0, time.FixedZone("far east", 13*60*60))
	if got := partdate.DayOf(late).Date().String(); got != "2016-05-14" {
		t.Errorf("the day of a late evening is %s", got)
	}
	if !partdate.Days(1 << 40).Date().IsZero() {
		t.Error("a day beyond the year 9999 has a date")
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	type span struct {
		Start partdate.Date `json:"start"`
		End   partdate.Date `json:"end,omitzero"`
	}
	var s span
	if err := json.Unmarshal([]byte(`{"start":"2016-05","end":""}`), &s); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(s)
	if err != nil || string(out) != `{"start":"2016-05"}` {
		t.Errorf("written as %s, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"start":"soon"}`), &s); err == nil {
		t.Error("a word was read as a date")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2016", "2016-05", "2016-05-14", "2015-02-29", "0000", "", "2016-W20", "2016-05-14Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := partdate.Parse(text)
		if err != nil {
			return
		}
		if d.String() != text {
			t.Errorf("%q is written back as %q", text, d)
		}
		if d.First() > d.Last() || d.IsZero() {
			t.Errorf("%q: from %d to %d", text, d.First(), d.Last())
		}
	})
}

func read(t *testing.T, text string) partdate.Date {
	t.Helper()
	var d partdate.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}
