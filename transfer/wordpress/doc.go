// Package wordpress brings a WordPress export into the community: posts become
// stories, pages free-standing pages, authors profiles, categories and tags topics.
// Package wxr reads the file; everything is written through the features' services.
//
// Words used here: an item is what WordPress keeps as a post, whatever its type;
// its number is the post's ID in the old site. The old site is known by its host and
// path, so that the same blog fetched over http and https is one.
//
// An import reads the file twice. The survey proves that it can be read to its end
// and learns who and what its stories name; nothing is written before. Then items
// are taken in batches, each one transaction, so that an import which is cut off
// leaves whole items and no halves. Table imports tells how far each one came; running
// the same file again goes on where it stopped, because table imported knows what is
// here already:
//
//	not known                             → made
//	known, the same in the file           → kept
//	known, changed there and not here     → updated, under the address it has
//	known, changed here since             → kept as it is here
//
// Kinds in table imported: "story", "page", "author", "topic", and "cover", whose
// subject is the number of the attachment that was the story's picture, and "reply". What
// readers wrote comes through table imported_replies, where it stays if it has no place
// here: what other sites sent by themselves, what was said about a page, and what its writer
// took out. Settle does that with rows of before replies had a place. Attachments are kept
// as rows of table imported_media, not yet shown; no picture is fetched.
//
// The package must never give anybody an account or a role, put an e-mail address
// where readers see it, open an address, or publish what the old site did not show to
// everybody: private and password-protected items become drafts. HTML is kept as it
// came, and is as dangerous as it was until the renderer has made it safe.
package wordpress
