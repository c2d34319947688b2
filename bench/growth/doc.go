// Package growth asks the same questions among ever more stories: a page that takes
// longer because there are others is a fault of its query.
package growth
