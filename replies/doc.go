// Package replies holds what readers write under stories: a reply with its place in a
// thread, what the filter and moderators said of it, and what its writer may still do.
//
//	Post ─▶ published ◀──approve── pending ◀── held by a setting, the filter's doubt,
//	  │        │  ▲ │                │  ▲       three reports, an appeal
//	  │        │  │ └──spam, trash──▶│  │
//	  │      report └──approve── spam, trash ──a month──▶ gone, or an empty place in its
//	  └─▶ pending, spam ──appeal──▶ pending                thread if something answers it
//
// Anybody may write; what becomes of it is policy.go's. Moderators and owners decide, each
// decision can be taken back, and what they decided is what the filter learns. An
// e-mail address, a network and a browser's name are in reply_checks alone, seen by
// moderators, and go by their time.
//
// Rules are here; the files named store*.go have all the SQL.
package replies
