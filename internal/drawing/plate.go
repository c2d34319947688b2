package drawing

// plate is the set of inks one print is pulled with.
type plate struct {
	sky, sun, cloud rgba
	land            [5]rgba // from the farthest to the nearest
	water, foam     rgba
	path            rgba
	dark, light     rgba // silhouettes, and what is cut out of them
	blaze           rgba
}

// plates returns the daylight plates: morning, noon, evening, winter.
func plates(b Base) []plate {
	common := plate{
		path: b.Paper, light: b.Paper, blaze: b.Marker,
		dark: b.mix(0, 6, 3, 0),
	}
	noon, morning, evening, winter := common, common, common, common

	noon.sky, noon.sun, noon.cloud = b.mix(8, 0, 1, 0), b.mix(4, 0, 0, 5), b.Paper
	noon.land = [5]rgba{b.mix(6, 0, 3, 0), b.mix(5, 0, 4, 0), b.mix(3, 0, 6, 0), b.mix(1, 0, 8, 0), b.mix(0, 3, 6, 0)}
	noon.water, noon.foam = b.mix(5, 0, 4, 0), b.mix(8, 0, 1, 0)

	morning.sky, morning.sun, morning.cloud = b.mix(8, 0, 0, 1), b.mix(2, 0, 0, 7), b.Paper
	morning.land = [5]rgba{b.mix(6, 0, 1, 2), b.mix(5, 0, 3, 1), b.mix(3, 0, 5, 1), b.mix(1, 1, 7, 0), b.mix(0, 4, 5, 0)}
	morning.water, morning.foam = b.mix(6, 0, 2, 1), b.Paper

	evening.sky, evening.sun, evening.cloud = b.mix(6, 0, 0, 3), b.mix(9, 0, 0, 0), b.mix(7, 0, 0, 2)
	evening.land = [5]rgba{b.mix(4, 0, 1, 4), b.mix(3, 1, 2, 3), b.mix(1, 2, 4, 2), b.mix(0, 3, 6, 0), b.mix(0, 6, 3, 0)}
	evening.water, evening.foam = b.mix(5, 0, 2, 2), b.mix(8, 0, 0, 1)
	evening.dark = b.mix(0, 8, 1, 0)
	evening.path = b.mix(8, 0, 0, 1)

	winter.sky, winter.sun, winter.cloud = b.mix(8, 1, 0, 0), b.mix(0, 0, 0, 9), b.Paper
	winter.land = [5]rgba{b.mix(6, 2, 1, 0), b.mix(5, 2, 2, 0), b.mix(3, 2, 4, 0), b.mix(1, 3, 5, 0), b.mix(0, 5, 4, 0)}
	winter.water, winter.foam = b.mix(5, 2, 2, 0), b.mix(8, 1, 0, 0)

	return []plate{noon, morning, evening, winter}
}

// nightPlate is the plate after dark.
func nightPlate(b Base) plate {
	return plate{
		sky: b.mix(0, 6, 3, 0), sun: b.mix(8, 0, 0, 1), cloud: b.mix(1, 5, 3, 0),
		land:  [5]rgba{b.mix(2, 3, 4, 0), b.mix(1, 3, 5, 0), b.mix(0, 4, 5, 0), b.mix(0, 6, 3, 0), b.mix(0, 8, 1, 0)},
		water: b.mix(2, 3, 4, 0), foam: b.mix(6, 1, 2, 0),
		path: b.mix(6, 1, 1, 1), dark: b.Ink, light: b.mix(8, 0, 0, 1), blaze: b.Marker,
	}
}
