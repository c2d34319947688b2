// Package topics holds the words a community files its stories and resources
// under. A topic has a page of its own.
package topics
