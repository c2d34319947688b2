// Package dev answers those who work on the program, under /_dev: the gallery of all
// pages and the clock that moves the program's time. Its routes are in the table only
// when the program runs with --dev; it must never be run so where others can reach it,
// for anybody may move its clock.
package dev
