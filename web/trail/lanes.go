package trail

// strip is a leg in the wide drawing: its place from side to side.
type strip struct {
	leg
	x0, x1 float64
	link   bool // goes on from the one before it in its lane, without going back to the spine
	joins  bool // goes back to the spine at its end
}

// startLane is the lane on which the step begins: a detour begins on the spine.
func (s strip) startLane() int {
	if s.step.Detour {
		return 0
	}
	return s.lane
}

const (
	laneGap   = 30.0
	leastLong = 7.0  // shortest drawn leg
	branch    = 24.0 // how far a path takes to leave the spine or to join it
	bulge     = 9.0  // how far a detour's loop swings out beside its feet
)

// bend is how far a path to that lane takes to leave the spine.
func bend(lane int) float64 {
	return branch + float64(float64(max(lane, -lane)-1)*7)
}

// lay gives every leg its place and its lane: detours on the far side of the
// spine, what merely overlaps on the near side first.
func lay(r route, x func(day float64) float64) []strip {
	strips := make([]strip, len(r.legs))
	for i, l := range r.legs {
		s := strip{leg: l, x0: x(l.from), x1: x(l.to)}
		s.x1 = max(s.x1, s.x0+leastLong)
		s.joins = s.lane != 0 && !l.step.Open() && l.to < r.last
		strips[i] = s
	}
	ends := make(map[int]int) // lane → the last strip in it
	for i := range strips {
		if strips[i].lane == 0 {
			continue
		}
		for n := 0; ; n++ {
			lane := laneToTry(n, strips[i].step.Detour)
			before, taken := ends[lane]
			if taken && !fits(strips[before], strips[i], lane) {
				continue
			}
			strips[i].lane = lane
			if taken && linked(strips[before], strips[i], lane) {
				strips[i].link, strips[before].joins = true, false
			}
			ends[lane] = i
			break
		}
	}
	return strips
}

func laneToTry(n int, detour bool) int {
	lane := n/2 + 1
	if (n%2 == 0) == detour {
		return -lane
	}
	return lane
}

// fits reports whether two strips can share a lane: linked, or with room for
// both to bend. A loop is never linked.
func fits(before, next strip, lane int) bool {
	gap := next.x0 - before.x1
	if before.step.Detour || next.step.Detour {
		return gap >= 2*bulge+4+bend(lane)
	}
	return gap >= 0
}

func linked(before, next strip, lane int) bool {
	return !before.step.Detour && !next.step.Detour && next.x0-before.x1 < float64(2*bend(lane)+8)
}
