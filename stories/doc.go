// Package stories holds what the community publishes: a story with its title,
// standfirst, text, cover, topics, authors and the path behind it.
//
//	draft ──submit──▶ in review ──schedule──▶ scheduled ──its time──▶ published
//	  ▲  ◀──return──────┘  │                     │                     │    ▲
//	  │                    └──────publish────────┼────────────────────▶│    │
//	  ├──────────────────unschedule──────────────┘                     │    │
//	  └──────────────────unpublish─────────────────────────────────────┤    │
//	                                              archived ◀──archive──┘    │
//	                                                 └──────publish─────────┘
//
// A published story is listed and read by everybody. An archived one stays at its
// address, out of all lists. An unpublished one was there and is gone: its address
// says so. Every save is a revision; a save over a version that somebody else has
// changed is refused with both texts, and loses neither.
//
// What a published story's page shows besides its own text (related stories and
// resources, counts, neighbours) is written when something changes, never when it
// is read. Rules are here; store*.go has only SQL.
package stories
