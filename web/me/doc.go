// Package me is a member's own pages, under /me/: where they are signed in, another
// address, and the page on which they show once more who they are.
package me
