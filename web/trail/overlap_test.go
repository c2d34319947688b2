package trail_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"waypost/stories/trails"
	"waypost/web/trail"
	"waypost/web/trail/typeset"
)

// TestNothingLiesOnAnother looks at the finished drawings.
func TestNothingLiesOnAnother(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		wide, tall := trail.TextBoxes(s.trail, s.opts)
		checkApart(t, s.name, s.opts, trail.Draw(s.trail, s.opts), wide, tall)
	}
}

// checkApart checks that in neither drawing a symbol lies on another or on a text,
// and that in one that runs across no line runs through a text, be it a label, a note
// or the words of a milestone.
func checkApart(t fataler, name string, o trail.Options, f trail.Figure, wideTexts, tallTexts []typeset.Box) {
	wide, tall := readPicture(t, f.Wide), readPicture(t, f.Tall)
	wide.checkSymbols(t, name, o, wideTexts)
	tall.checkSymbols(t, name, o, tallTexts)
	if wide.wide != acrossWidth {
		return
	}
	for _, line := range wide.lines {
		if text := slices.IndexFunc(wideTexts, line.Overlaps); text >= 0 {
			t.Errorf("%s: the line %+v runs through the text %+v", name, line, wideTexts[text])
		}
	}
}

// checkSymbols also mirrors the texts of a drawing that runs from right to left, to
// lie where the drawing has them.
func (p *picture) checkSymbols(t fataler, name string, o trail.Options, texts []typeset.Box) {
	if o.Dir == trail.RightToLeft {
		for i, b := range texts {
			texts[i].Left, texts[i].Right = p.wide-b.Right, p.wide-b.Left
		}
	}
	for i, a := range p.symbols {
		for _, b := range p.symbols[:i] {
			if a.Overlaps(b) {
				t.Errorf("%s, %g wide: symbols on each other: %+v and %+v", name, p.wide, a, b)
			}
		}
		if text := slices.IndexFunc(texts, a.Overlaps); text >= 0 {
			t.Errorf("%s, %g wide: the symbol %+v lies on the text %+v", name, p.wide, a, texts[text])
		}
	}
}

const acrossWidth = 920

// picture is what a drawing shows besides its texts.
type picture struct {
	wide    float64
	symbols []typeset.Box // rings and blazes
	lines   []typeset.Box // poles, threads and the lines of changes
}

func readPicture(t fataler, svg []byte) (p picture) {
	var classes []string
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			classes = classes[:len(classes)-1]
		case xml.StartElement:
			class := attribute(e, "class")
			if class == "" && len(classes) > 0 {
				class = classes[len(classes)-1]
			}
			classes = append(classes, class)
			p.add(t, e, class)
		}
	}
}

func (p *picture) add(t fataler, e xml.StartElement, class string) {
	switch {
	case e.Name.Local == "svg":
		p.wide = numbers(t, attribute(e, "viewBox"))[2]
	case e.Name.Local == "circle" && (class == "tr-node" || class == "tr-fork"):
		x, y, r := numbers(t, attribute(e, "cx"))[0], numbers(t, attribute(e, "cy"))[0], numbers(t, attribute(e, "r"))[0]
		p.symbols = append(p.symbols, typeset.Box{Left: x - r, Top: y - r, Right: x + r, Bottom: y + r})
	case e.Name.Local == "path" && (class == "tr-blaze" || class == "tr-maybe"):
		p.symbols = append(p.symbols, bounds(numbers(t, attribute(e, "d"))))
	case e.Name.Local == "path" && class == "tr-poles" && strings.Contains(attribute(e, "d"), "C"): // leads to a name
	case e.Name.Local == "path" && slices.Contains([]string{"tr-poles", "tr-threads", "tr-marker"}, class):
		p.lines = append(p.lines, bounds(numbers(t, attribute(e, "d"))))
	}
}

// bounds is the box around places; that of an upright line has a little width.
func bounds(places []float64) typeset.Box {
	const hair = 0.5
	b := typeset.Box{Left: places[0], Top: places[1], Right: places[0], Bottom: places[1]}
	for i, n := range places {
		if i%2 == 0 {
			b.Left, b.Right = min(b.Left, n), max(b.Right, n)
		} else {
			b.Top, b.Bottom = min(b.Top, n), max(b.Bottom, n)
		}
	}
	b.Left, b.Right = b.Left-hair, b.Right+hair
	return b
}

// TestWordsAreWhole asks that a figure cuts no word of a path of ordinary length.
func TestWordsAreWhole(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		f := trail.Draw(s.trail, s.opts)
		for form, svg := range map[string][]byte{"wide": f.Wide, "tall": f.Tall} {
			if len(s.trail.Steps) < 15 && strings.Contains(string(svg), typeset.Ellipsis) {
				t.Errorf("%s, %s: words are cut", s.name, form)
			}
		}
	}
}

// TestCrowdedPathsRunDownwards asks that a path with more steps than there is room
// for beside one another shows all of them with their dates, wherever it stands.
func TestCrowdedPathsRunDownwards(t *testing.T) {
	t.Parallel()
	s := readSample(t, "testdata/crowded.json", "crowded")
	f := trail.Draw(s.trail, s.opts)
	for form, svg := range map[string]string{"wide": string(f.Wide), "tall": string(f.Tall)} {
		for _, step := range s.trail.Steps {
			if !strings.Contains(svg, ">"+step.Title+"<") {
				t.Errorf("%s does not show %q", form, step.Title)
			}
		}
		if dates := strings.Count(svg, `class="tr-dates"`); dates < len(s.trail.Steps) {
			t.Errorf("%s shows the dates of %d steps of %d", form, dates, len(s.trail.Steps))
		}
	}
	if readPicture(t, f.Wide).wide == acrossWidth {
		t.Error("a path of nineteen steps runs across")
	}
}

// TestNotesLeftOut asks that a figure says how many notes are only in the list.
func TestNotesLeftOut(t *testing.T) {
	t.Parallel()
	s := readSample(t, "testdata/dream-job.json", "dream-job")
	if f := trail.Draw(s.trail, s.opts); !strings.Contains(string(f.Wide), "more notes in the list below") {
		t.Error("the figure does not say that there are more notes")
	}
	if f := trail.Draw(s.trail, s.opts); strings.Contains(string(f.Tall), "in the list below") {
		t.Error("the tall figure has room for all notes")
	}
}

// TestEndOfTheTrail asks that an open path ends on the month it was told in, whoever
// reads it when.
func TestEndOfTheTrail(t *testing.T) {
	t.Parallel()
	s := readSample(t, "testdata/dream-job.json", "dream-job")
	f := trail.Draw(s.trail, s.opts)
	for _, svg := range []string{string(f.Wide), string(f.Tall)} {
		if !strings.Contains(svg, ">told Sept 2026<") {
			t.Error("the signpost does not say when the story was told")
		}
	}
}

// TestDatesStayWhole asks that within the dates of a figure lines break only after a
// dash.
func TestDatesStayWhole(t *testing.T) {
	t.Parallel()
	s := readSample(t, "testdata/dream-job.json", "dream-job")
	f := trail.Draw(s.trail, s.opts)
	for _, svg := range []string{string(f.Wide), string(f.Tall)} {
		if !strings.Contains(svg, "11\u00a0May\u00a0– 24\u00a0Jul\u00a02026") {
			t.Error("a date can break")
		}
	}
}

// TestChangesHaveRoom asks that the words of a change are set in lines that can be
// read, also on the first day of a crowded path.
func TestChangesHaveRoom(t *testing.T) {
	t.Parallel()
	s := readSample(t, "testdata/first-day.json", "first-day")
	f := trail.Draw(s.trail, s.opts)
	words := regexp.MustCompile(`<g class="tr-words".*?</g>`).FindString(string(f.Wide))
	if lines := strings.Count(words, "<text"); lines == 0 || lines > 10 {
		t.Errorf("the change is set in %d lines", lines)
	}
}

// TestTypeIsLargeEnough asks that the wide drawing shows only where its smallest
// letters have 12.5 px, and that the tall one never grows beyond its heading.
func TestTypeIsLargeEnough(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("../static/trail.css")
	if err != nil {
		t.Fatal(err)
	}
	from := regexp.MustCompile(`@container \(min-width: (\d+)px\)`).FindSubmatch(css)
	most := regexp.MustCompile(`\.tr-tall \{ max-inline-size: ([0-9.]+)rem`).FindSubmatch(css)
	if from == nil || most == nil {
		t.Fatal("the stylesheet does not say where which drawing shows")
	}
	const smallest, title, heading = 13.5, 17, 20
	if px := numbers(t, string(from[1]))[0] / acrossWidth * smallest; px < 12.45 {
		t.Errorf("letters are %.1f px", px)
	}
	if px := numbers(t, string(most[1]))[0] * 16 / 360 * title; px > heading {
		t.Errorf("titles are %.1f px", px)
	}
}

// TestStepsEndOnTheirLastDay asks that a step ends after the milestone of its last
// day and before that of the next.
func TestStepsEndOnTheirLastDay(t *testing.T) {
	t.Parallel()
	tr := trails.Trail{Steps: []trails.Step{
		{ID: "a", Kind: trails.Trial, Title: "A", Start: read(t, "2025-03-03"), End: read(t, "2025-03-12")},
		{ID: "b", Kind: trails.Gig, Title: "B", Start: read(t, "2025-03-20"), End: read(t, "2025-03-26")},
	}}
	stones, ends := trail.Milestones(tr, trail.Options{AsOf: 21_000, Words: words(t, "en")})
	for day, place := range stones {
		number, _, _ := strings.Cut(day, " ")
		n, err := strconv.Atoi(number)
		if err != nil || n > 31 {
			continue
		}
		if end := ends["a"]; n <= 12 && place >= end || n > 12 && place <= end {
			t.Errorf("the step ends on 12 March at %g; %s is at %g", end, day, place)
		}
	}
	if len(stones) < 5 {
		t.Errorf("milestones: %v", stones)
	}
}

// TestOrganizationOnce asks that a role does not repeat where its step was.
func TestOrganizationOnce(t *testing.T) {
	t.Parallel()
	at := trails.Organization{Shown: trails.Named, Text: "Brack Valley Water"}
	tr := trails.Trail{Steps: []trails.Step{
		{ID: "a", Kind: trails.Position, Title: "A", Start: read(t, "2015"), Organization: at},
		{ID: "b", Kind: trails.Position, Title: "B", Start: read(t, "2016"), Organization: at, Parent: "a"},
		{ID: "c", Kind: trails.Position, Title: "C", Start: read(t, "2018"), Organization: at, Parent: "a"},
	}}
	f := trail.Draw(tr, trail.Options{AsOf: 20_000, Words: words(t, "en")})
	for form, svg := range map[string][]byte{"wide": f.Wide, "tall": f.Tall} {
		if n := strings.Count(string(svg), at.Text); n != 1 {
			t.Errorf("the %s drawing names it %d times", form, n)
		}
	}
}
