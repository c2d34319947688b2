package wxr

import "fmt"

// Limits bound what an export may ask for. A zero field stands for its default.
type Limits struct {
	OutBytes int64 // read in all, after unpacking; default 16 GiB
	Ratio    int64 // unpacked bytes per packed byte, beyond the first 16 MiB; default 200
	Entries  int   // files in an archive; default 1,000

	ItemBytes  int64 // all texts of an item with its comments; default 32 MiB
	ShortBytes int   // a title, name, address or key; default 64 KiB
	TagBytes   int   // one XML tag, at most and by default 64 KiB
	Attrs      int   // of one XML tag; default 64
	Depth      int   // of nested elements; default 256
	Problems   int   // reported one by one; default 1,000
}

// recordBytes is what each meta value, term and comment counts towards ItemBytes
// besides its texts.
const recordBytes = 256

func (l Limits) withDefaults() Limits {
	orDefault(&l.OutBytes, 16<<30)
	orDefault(&l.Ratio, 200)
	orDefault(&l.Entries, 1000)
	orDefault(&l.ItemBytes, 32<<20)
	orDefault(&l.ShortBytes, 64<<10)
	orDefault(&l.TagBytes, 64<<10)
	orDefault(&l.Attrs, 64)
	orDefault(&l.Depth, 256)
	orDefault(&l.Problems, 1000)
	return l
}

func orDefault[T int | int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// LimitError refuses a file that goes beyond Limits as a whole.
type LimitError struct {
	What string // such as "more than 1000 files"
}

// Error is a sentence fit for the person who brought the file.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the file has %s, which is refused", e.What)
}
