package looks_test

import (
	"strings"
	"testing"

	"waypost/internal/looks"
)

// BenchmarkSkeleton is that of a reply of 300 signs, with what a German one has beside
// ASCII.
func BenchmarkSkeleton(b *testing.B) {
	for name, text := range map[string]string{
		"ascii":  strings.Repeat("The night shift in the harbour office taught me more than school, 1 time. ", 4),
		"german": strings.Repeat("Die Nachtschicht im Hafenbüro hat mich mehr gelehrt als die Schule, 1 Mal. ", 4),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				looks.Skeleton(text)
			}
		})
	}
}
