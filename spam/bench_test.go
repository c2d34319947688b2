package spam_test

import (
	"runtime"
	"testing"

	"waypost/spam"
	"waypost/spam/base"
)

// comment is eighty signs long.
var comment = spam.Message{Text: "I moved from night shifts to a desk after reading this, thank you for the detail", Name: "Jo Hartmann", Email: "jo@post.example"}

// BenchmarkCheck judges one comment of eighty signs, reasons included.
func BenchmarkCheck(b *testing.B) {
	m := learned(base.Shipped(), history(1000))
	limits := spam.Usual.Thresholds()
	b.ReportAllocs()
	for b.Loop() {
		m.Check(comment, limits)
	}
}

// BenchmarkLearn learns one comment of eighty signs, with its replays.
func BenchmarkLearn(b *testing.B) {
	m := learned(base.Shipped(), history(1000))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		m.Learn(spam.Extract(comment), n%2 == 0)
		n++
	}
}

// BenchmarkMemory says how many bytes a model takes that has learned twenty thousand
// comments.
func BenchmarkMemory(b *testing.B) {
	labels := history(20_000)
	base.Shipped()
	for b.Loop() {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m := learned(base.Shipped(), labels)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
		runtime.KeepAlive(m)
	}
}
