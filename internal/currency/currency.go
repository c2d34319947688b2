// Package currency knows how an amount of a currency is counted: in its smallest unit, as
// ISO 4217 has it.
package currency

import (
	"slices"
	"strconv"
	"strings"
)

// other are the currencies whose smallest unit is not a hundredth.
var other = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
	"BYR": 0, "MGF": 0, "TRL": 0, // withdrawn
}

// Digits is how many decimals an amount of a currency has; 2 for a code that is not known.
func Digits(code string) int {
	if digits, ok := other[code]; ok {
		return digits
	}
	return 2
}

// Valid reports whether a text looks like a code of ISO 4217.
func Valid(code string) bool {
	return len(code) == 3 && !slices.ContainsFunc([]byte(code), func(c byte) bool { return c < 'A' || c > 'Z' })
}

// Split is an amount as its whole units and the rest, written with all its decimals; "" where
// there is none. A rest is never below zero.
func Split(minor int64, code string) (whole int64, rest string) {
	digits := Digits(code)
	unit := Unit(code)
	whole, part := minor/unit, minor%unit
	if part == 0 {
		return whole, ""
	}
	text := strconv.FormatInt(max(part, -part), 10)
	return whole, strings.Repeat("0", digits-len(text)) + text
}

// Unit is how many of the smallest unit make one.
func Unit(code string) int64 {
	unit := int64(1)
	for range Digits(code) {
		unit *= 10
	}
	return unit
}
