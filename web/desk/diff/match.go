package diff

// matcher finds what two lists have in common: a longest common subsequence, by Myers,
// "An O(ND) Difference Algorithm and Its Variations" (1986), section 4b, in linear space.
type matcher struct {
	a, b        []int
	fore, back  []int // how far each diagonal reaches, from the head and from the tail
	left        int   // steps that may still be taken
	pairA       []int // for each place of a, the place in b that is the same; -1 for none
	interrupted bool  // the steps did not suffice, and a passage was given up
}

// mostSteps bounds a comparison: some tenths of a second of one processor. Within it,
// texts are compared to the end that differ in some thousands of words.
const mostSteps = 8_000_000

// match pairs the places of a with those of b that are the same, in order. It leaves
// places unpaired where more than the given steps would be needed, and says so.
func match(a, b []int, steps *int) (pairs []int, whole bool) {
	m := &matcher{a: a, b: b, left: *steps, pairA: make([]int, len(a)),
		fore: make([]int, len(a)+len(b)+4), back: make([]int, len(a)+len(b)+4)}
	for i := range m.pairA {
		m.pairA[i] = -1
	}
	m.walk(0, len(a), 0, len(b))
	*steps = m.left
	return m.pairA, !m.interrupted
}

// walk pairs what a[a0:a1] and b[b0:b1] have in common.
func (m *matcher) walk(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && m.a[a0] == m.b[b0] {
		m.pairA[a0] = b0
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && m.a[a1-1] == m.b[b1-1] {
		a1, b1 = a1-1, b1-1
		m.pairA[a1] = b1
	}
	if a0 == a1 || b0 == b1 || m.interrupted {
		return
	}
	x, y, found := m.middle(m.a[a0:a1], m.b[b0:b1])
	if !found {
		m.interrupted = true
		return
	}
	m.walk(a0, a0+x, b0, b0+y)
	m.walk(a0+x, a1, b0+y, b1)
}

// middle is a point in the middle of a shortest way from the heads of two lists, which
// differ there, to their tails, which do too. It is neither end of the way.
func (m *matcher) middle(a, b []int) (x, y int, found bool) {
	n, most := len(a), (len(a)+len(b)+1)/2
	apart := len(a) - len(b)
	zero := most + 1 // where the diagonal 0 stands
	fore, back := m.fore[:2*most+3], m.back[:2*most+3]
	for i := range fore {
		fore[i], back[i] = 0, 0
	}
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			x := reach(fore, zero+k, k == -d, k == d)
			from := x
			for x < n && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			fore[zero+k] = x
			m.left -= 1 + x - from
			if other := apart - k; apart%2 != 0 && -d < other && other < d && x+back[zero+other] >= n && x <= n && x-k <= len(b) {
				return x, x - k, true
			}
		}
		for k := -d; k <= d; k += 2 {
			x := reach(back, zero+k, k == -d, k == d)
			from := x
			for x < n && x-k < len(b) && a[n-1-x] == b[len(b)-1-(x-k)] {
				x++
			}
			back[zero+k] = x
			m.left -= 1 + x - from
			if other := apart - k; apart%2 == 0 && -d <= other && other <= d && x+fore[zero+other] >= n && x <= n && x-k <= len(b) {
				return n - x, len(b) - (x - k), true
			}
		}
		if m.left < 0 {
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// reach is how far a diagonal comes with one more difference than its neighbours.
func reach(far []int, at int, lowest, highest bool) int {
	if lowest || !highest && far[at-1] < far[at+1] {
		return far[at+1]
	}
	return far[at-1] + 1
}
