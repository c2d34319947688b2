package decisions_test

import (
	"fmt"

	"waypost/paths/decisions"
)

func Example() {
	d := small()
	outcomes, err := decisions.Outcomes(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range outcomes {
		fmt.Printf("%s: best in about %d of 100 draws, from %.0f to %.0f\n", o.Name, decisions.Percent(o.ShareBest), o.Low, o.High)
	}
	_, w := decisions.Word(outcomes)
	fmt.Println("a close call:", w == decisions.CloseCall)
	turns, _ := decisions.WouldChange(d)
	fmt.Printf("%s draws level if its learning were %.1f\n", turns.Shifts[1].Option, turns.Shifts[1].To)
	// Output:
	// stay: best in about 45 of 100 draws, from 5 to 7
	// go: best in about 55 of 100 draws, from 5 to 8
	// a close call: true
	// stay draws level if its learning were 5.7
}
