package typeset

// settle sets the distances of flags, in the order of their poles, so that no
// text lies on another and no pole crosses a text, and returns how far the
// farthest reaches. A text that covers another flag's pole must lie beyond that
// flag; with two that cover each other's there is no way, and it reports so.
// When all texts stand after their poles there always is one.
func settle(flags []Flag) (reach float64, possible bool) {
	n := len(flags)
	waits := make([]int, n) // how many poles its text still has to clear
	flagsOf := make([]bool, n*n+n)
	beyond, settled := flagsOf[n:], flagsOf[:n] // beyond: whether one has to lie beyond another
	for i := range flags {
		f := &flags[i]
		f.Off = 0
		b := f.Box()
		for j := range flags {
			if x := flags[j].Pole; x > b.Left-textGap/2 && x < b.Right+textGap/2 && clears(flags, i, j) {
				waits[i]++
				beyond[i*n+j] = true
			}
		}
	}
	for range flags {
		next := -1
		for i := len(flags) - 1; i >= 0 && next < 0; i-- {
			if !settled[i] && waits[i] == 0 {
				next = i
			}
		}
		if next < 0 {
			return 0, false
		}
		drop(flags, settled, next)
		settled[next] = true
		reach = max(reach, flags[next].Reach())
		for i := range flags {
			if beyond[i*n+next] {
				waits[i]--
			}
		}
	}
	return reach, true
}

// clears reports whether the text of flag i has to lie beyond flag j. Of two
// that stand at the same place the later one lies nearer.
func clears(flags []Flag, i, j int) bool {
	f, g := &flags[i], &flags[j]
	if i == j || !f.covers(g.Pole) {
		return false
	}
	if near := f.Pole - g.Pole; near > -textGap/2 && near < textGap/2 && f.Before == g.Before {
		return i < j
	}
	return true
}

// drop brings a flag as near as those already settled allow.
func drop(flags []Flag, settled []bool, i int) {
	f := &flags[i]
	for moved := true; moved; {
		moved = false
		for j := range flags {
			g := &flags[j]
			if !settled[j] || j == i || f.Off >= g.Reach()+rowGap {
				continue
			}
			if f.beside(g) && g.Off < f.Reach()+rowGap || f.covers(g.Pole) {
				f.Off = g.Reach() + rowGap
				moved = true
			}
		}
	}
}
