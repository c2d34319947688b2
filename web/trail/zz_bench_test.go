package trail_test

import (
	"testing"
	"waypost/web/trail"
)

func BenchmarkDraw(b *testing.B) {
	t := &testing.T{}
	for _, s := range samples(t) {
		b.Run(s.name, func(b *testing.B) {
			for range b.N {
				trail.Draw(s.trail, s.opts)
			}
		})
	}
}
