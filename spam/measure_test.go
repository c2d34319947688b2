package spam_test

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/cases"
	"waypost/spam"
	"waypost/spam/base/examples"
)

// corpus is a row of labelled messages.
type corpus struct {
	name     string
	messages []spam.Example
}

// corpora are the project's own examples, mixed, and those outside it, of each at most so
// many messages, from all over it.
func corpora(t testing.TB, most int) []corpus {
	t.Helper()
	own, err := examples.Read(os.DirFS("base/examples"))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(own, func(a, b spam.Example) int { return cmp.Compare(mixed(a), mixed(b)) })
	all := []corpus{{"own", own}}
	for _, file := range cases.Files(t, "corpora", "*/*.jsonl.gz") {
		all = append(all, corpus{strings.TrimSuffix(filepath.Base(file), ".jsonl.gz"), unpacked(t, file)})
	}
	cases.Count(t, 1, len(all)-1)
	for i, c := range all {
		if step := (len(c.messages) - 1) / most; step > 0 {
			all[i].messages = nil
			for at := 0; at < len(c.messages); at += step + 1 {
				all[i].messages = append(all[i].messages, c.messages[at])
			}
		}
	}
	return all
}

// mixed orders messages without regard to their kind.
func mixed(e spam.Example) uint32 {
	h := uint32(2166136261)
	for _, c := range []byte(e.Message.Text) {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

func unpacked(t testing.TB, name string) []spam.Example {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	read, err := spam.ReadExamples(plain, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return read
}

// tally counts verdicts beside the truth.
type tally struct {
	right, wrong [2]int // of ham, of spam
	bins         [10]struct{ n, spam, sum float64 }
}

func (c *tally) add(v spam.Verdict, isSpam bool) {
	kind := 0
	if isSpam {
		kind = 1
	}
	if v.Decided == isSpam {
		c.right[kind]++
	} else {
		c.wrong[kind]++
	}
	bin := &c.bins[min(int(v.Probability*10), 9)]
	bin.n++
	bin.sum += v.Probability
	bin.spam += float64(kind)
}

// lost is the share of honest messages that were called spam (FPR).
func (c *tally) lost() float64 { return float64(c.wrong[0]) / float64(max(1, c.wrong[0]+c.right[0])) }

// caught is the share of spam that was called so.
func (c *tally) caught() float64 {
	return float64(c.right[1]) / float64(max(1, c.wrong[1]+c.right[1]))
}

// miscalibration is the expected calibration error over ten bins (Naeini and others 2015).
func (c *tally) miscalibration() float64 {
	off, n := 0.0, 0.0
	for _, b := range c.bins {
		off += math.Abs(b.sum - b.spam)
		n += b.n
	}
	return off / max(n, 1)
}

// online checks each message before it learns it.
func online(messages []spam.Example, count func(at int) *tally) {
	m := spam.New(nil)
	limits := spam.Usual.Thresholds()
	for i, e := range messages {
		count(i).add(m.Check(e.Message, limits), e.Spam)
		m.Learn(spam.Extract(e.Message), e.Spam)
	}
}

// jumping lays messages of both kinds so that half are spam in the first and last third
// and one in ten in the second.
func jumping(all []spam.Example) (laid []spam.Example, third int) {
	var kinds [2][]spam.Example
	for _, e := range all {
		kind := 0
		if e.Spam {
			kind = 1
		}
		kinds[kind] = append(kinds[kind], e)
	}
	third = min(len(kinds[0])*10/19, len(kinds[1])*10/11)
	next := [2]int{}
	for i := range 3 * third {
		kind := i % 2
		if i/third == 1 {
			kind = 0
			if i%10 == 9 {
				kind = 1
			}
		}
		if next[kind] >= len(kinds[kind]) {
			break
		}
		laid = append(laid, kinds[kind][next[kind]])
		next[kind]++
	}
	return laid, third
}

// afterJumps are the verdicts after the share of spam fell and after it rose again.
func afterJumps(c corpus) (fell, rose tally) {
	laid, third := jumping(c.messages)
	var before tally
	online(laid, func(at int) *tally { return []*tally{&before, &fell, &rose}[min(at/third, 2)] })
	return fell, rose
}

// TestKnowsHowSureItIs holds the share of spam among messages against the probability
// that the filter gave them before it learned them.
func TestKnowsHowSureItIs(t *testing.T) {
	t.Parallel()
	all := corpora(t, 1000)
	mean := 0.0
	for _, c := range all {
		var counted tally
		online(c.messages, func(int) *tally { return &counted })
		mean += counted.miscalibration() / float64(len(all))
		if counted.lost() > 0.1 || counted.caught() < 0.7 {
			t.Errorf("%s: %.3f of the honest lost, %.3f of the spam caught", c.name, counted.lost(), counted.caught())
		}
	}
	if mean > 0.05 {
		t.Errorf("the expected calibration error is %.3f", mean)
	}
}

// TestJumps lets the share of spam jump, after which honest messages must not be lost.
func TestJumps(t *testing.T) {
	t.Parallel()
	for _, c := range corpora(t, 1000) {
		fell, rose := afterJumps(c)
		if fell.lost() > 0.1 || rose.lost() > 0.1 {
			t.Errorf("%s: %.3f of the honest are lost after the share of spam fell, %.3f after it rose", c.name, fell.lost(), rose.lost())
		}
	}
}

// BenchmarkCorpora prints the tables of docs/spam.md that need more than scores.
func BenchmarkCorpora(b *testing.B) {
	all := corpora(b, math.MaxInt)
	for b.Loop() {
		var together tally
		fmt.Printf("%-14s %8s %8s | %s\n", "corpus", "messages", "ECE", "honest messages lost after spam fell to 1 in 10, after it rose to 1 in 2")
		for _, c := range all {
			var counted tally
			online(c.messages, func(int) *tally { return &counted })
			fell, rose := afterJumps(c)
			fmt.Printf("%-14s %8d %8.3f | %.3f %.3f\n", c.name, len(c.messages), counted.miscalibration(), fell.lost(), rose.lost())
			for i, bin := range counted.bins {
				together.bins[i].n += bin.n
				together.bins[i].sum += bin.sum
				together.bins[i].spam += bin.spam
			}
		}
		fmt.Printf("\n%-12s %9s %9s %9s\n", "probability", "messages", "mean", "were spam")
		for i, bin := range together.bins {
			fmt.Printf("%.1f to %.1f   %9.0f %9.3f %9.3f\n", float64(i)/10, float64(i+1)/10, bin.n, bin.sum/max(bin.n, 1), bin.spam/max(bin.n, 1))
		}
		fmt.Printf("expected calibration error over all %.3f\n", together.miscalibration())
	}
}
