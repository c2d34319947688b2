package typeset_test

import (
	"testing"

	"waypost/web/trail/typeset"
)

func TestNum(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{0: "0", -0.04: "0", 1: "1", 12.34: "12.3", 12.35: "12.4", -7.96: "-8"} {
		if got := typeset.Num(v); got != want {
			t.Errorf("%g is written %s, want %s", v, got, want)
		}
	}
}

func TestPenEscapes(t *testing.T) {
	t.Parallel()
	p := typeset.NewPen(100, false)
	p.Open("g", "id", `"><x`)
	p.Words("text", "<b> & 'c'\x01\n\ufffe\xff")
	p.Leaf("path", "d", "M"+p.Place(1, 2.04))
	p.Close("g")
	const want = `<g id="&#34;&gt;&lt;x"><text>&lt;b&gt; &amp; &#39;c&#39; ` + "\ufffd" + `</text><path d="M1 2"/></g>`
	if got := string(p.Written()); got != want {
		t.Errorf("written %s, want %s", got, want)
	}
}

func TestSheet(t *testing.T) {
	t.Parallel()
	quiet := typeset.Face{Class: "quiet", Size: 10, Fill: "#555"}
	for mirror, want := range map[bool]string{
		false: `<g class="plain" font-family="" font-size="10" fill=""><text x="20" y="19.8">Gig<tspan class="quiet" fill="#555" font-weight="400">  2015</tspan></text>` +
			`<text x="90" y="29.8" text-anchor="end">Role</text></g>` +
			`<g class="quiet" font-family="" font-size="10" fill="#555"><text x="50" y="60">now</text></g>`,
		true: `<g class="plain" font-family="" font-size="10" fill=""><text x="80" y="19.8">Gig<tspan class="quiet" fill="#555" font-weight="400">  2015</tspan></text>` +
			`<text x="10" y="29.8" text-anchor="end">Role</text></g>` +
			`<g class="quiet" font-family="" font-size="10" fill="#555"><text x="50" y="60">now</text></g>`,
	} {
		s, p := typeset.NewSheet(), typeset.NewPen(100, mirror)
		s.Set(typeset.Headed(plain, "Gig", quiet, "2015", 80), 20, 10)
		s.SetBefore(typeset.Block{typeset.NewLine(plain, "Role")}, 90, 20)
		s.SetMiddle(quiet, "now", 50, 60)
		s.Write(p)
		if got := string(p.Written()); got != want {
			t.Errorf("mirrored %v:\n%s\nwant\n%s", mirror, got, want)
		}
		if len(s.Taken()) != 3 {
			t.Errorf("%d boxes are taken: %+v", len(s.Taken()), s.Taken())
		}
	}
}
