package backup

// Progress is told how far the work is: one step for each row and each media file,
// once when it is written and once when it is read back. The total is a little off
// while others still write. It may be nil.
type Progress func(done, total int64)

// everySteps is how often a Progress is called.
const everySteps = 1000

// tally counts steps.
type tally struct {
	fn          Progress
	done, total int64
}

func (t *tally) step() {
	t.done++
	if t.done%everySteps == 0 {
		t.tell()
	}
}

// tell is called after steps that take long each, and at the end.
func (t *tally) tell() {
	if t.fn != nil {
		t.fn(t.done, max(t.done, t.total))
	}
}
