// Package calendar reads a member's own calendar (iCalendar, RFC 5545) as events they went
// to, and writes the days that a path has ahead as a calendar to follow.
//
// Of an event it takes the title, the day and how long it was; never who was there, where,
// or what else is written of it. Events to come and cancelled ones are left out. One that
// repeats gives each time up to now.
//
// What is written says that a check-in or a review is due, in words that the caller gives,
// and nothing of what it is about: calendars are shown on screens of others.
package calendar
