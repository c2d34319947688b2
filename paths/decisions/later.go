package decisions

import (
	"errors"
	"fmt"
)

// Phase is a number of months at one pay.
type Phase struct {
	Months int
	Pay    int64 // a month, in minor units of one currency
}

// Later is what an option costs now, and what would make up for it.
type Later struct {
	Months int   // that its phases last
	Cost   int64 // minor units; below 0 it earns more than the reference
	Rise   int64 // a month after its phases, minor units, rounded up; below 0 it may fall by that
	Repays bool  // the horizon leaves months after its phases; Rise is 0 without
}

const (
	mostMonths = 600
	mostMoney  = 1_000_000_000_000
)

// NowAgainstLater returns
//
//	cost = Σ months · (reference pay − pay) + one-off costs
//	rise = cost / (horizon − months)
//
// for an option with the given phases. Pay is a month's, all amounts are minor
// units of one currency. It is arithmetic and forecasts nothing. It is an error
// if months are below 0 or above 600, phases last longer than that together, or
// an amount is beyond a million millions.
func NowAgainstLater(reference int64, phases []Phase, oneOff int64, horizon int) (Later, error) {
	if horizon < 1 || horizon > mostMonths {
		return Later{}, fmt.Errorf("a horizon of %d months; it is 1 to %d", horizon, mostMonths)
	}
	l := Later{Cost: oneOff}
	if !money(reference) || !money(oneOff) {
		return Later{}, errTooMuch
	}
	for _, p := range phases {
		if p.Months < 0 || p.Months > mostMonths-l.Months {
			return Later{}, fmt.Errorf("phases last 0 to %d months, all together", mostMonths)
		}
		if !money(p.Pay) {
			return Later{}, errTooMuch
		}
		l.Months += p.Months
		l.Cost += int64(p.Months) * (reference - p.Pay)
	}
	if left := int64(horizon - l.Months); left > 0 {
		l.Repays = true
		l.Rise = l.Cost / left
		if l.Cost > 0 && l.Cost%left != 0 {
			l.Rise++
		}
	}
	return l, nil
}

var errTooMuch = errors.New("an amount is beyond a million millions")

func money(n int64) bool { return n >= -mostMoney && n <= mostMoney }
