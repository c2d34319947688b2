// Package places says where a reply stands among those of its story, in a text that sorts
// as the threads do.
package places
