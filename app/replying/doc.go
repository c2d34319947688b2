// Package replying is how replies meet the other features: which stories take them, under
// which names, what the filter says of them and learns, and who gets letters.
package replying
