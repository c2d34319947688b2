// Package occupations reads a list of occupations from a table, such as that of ESCO, the
// European Commission's classification, and finds some of them while a name is typed.
//
// A list is read once and then only asked, by any number of callers at a time. It is kept
// in memory: three thousand occupations with their other names take about 4 MB.
package occupations
