package changes_test

import (
	"fmt"

	"waypost/paths/changes"
)

func Example() {
	all := alike(30, 4, 4, 5, 4, 4, 2, 2, 2)
	f, err := changes.Look(all)
	if err != nil {
		fmt.Println(err)
		return
	}
	from, to, _ := f.Around(all)
	fmt.Printf("%.1f → %.1f on %s, around %s to %s, detected: %v\n", f.Before, f.After, f.Curve, from.Date(), to.Date(), f.Detected())
	moves, _ := changes.Moves(all[f.Window:f.Split], all[f.Split:])
	fmt.Printf("%s moved by %.1f\n", moves[0].Item, moves[0].By())
	// Output:
	// 4.2 → 2.0 on overall, around 2025-02-01 to 2025-04-02, detected: true
	// learning moved by -2.2
}
