// Package partdate holds dates of which only a part is known: a year, a month
// or a day, written as in ISO 8601 and EDTF level 0 (2016, 2016-05,
// 2016-05-14).
//
// A partial date stands for an interval of civil days: 2016-05 is the days
// from First, 1 May, to Last, 31 May. Days are counted without a time zone
// ([Days], days since 1 January 1970), so that a date written in Auckland is
// the same date when it is read in Lima.
//
// The package never guesses: it fills no missing part, reads no other spelling
// and knows no "today".
package partdate
