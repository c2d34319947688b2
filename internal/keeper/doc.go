// Package keeper keeps public pages as ready bytes. A page is rendered once after
// a change and served from memory to everybody, so it holds nothing of one visitor.
//
// A page carries the tags of what it was made from ("story:01J…"). A change names
// its tags in its own transaction: Touch makes the pages stale, Forget also drops
// their bytes at once. The next reader of a stale page renders it and all others
// wait for that one render. Nobody gets a page older than a change made through
// this node before they asked; other nodes of the same database follow within a
// second by a clock that counts the changes.
//
//	missing ──render──▶ fresh ──Touch──▶ stale ──render──▶ fresh
//	   ▲                  │                │ └─failed: the old bytes stay, reported
//	   └───── Forget ─────┴────────────────┘
//
// A page that says something which time ends names that moment and is stale from then on.
//
// A piece of a page that other changes make stale than the rest is a part of its own: a
// page made anew takes it as it is, and has its tags too.
//
// Memory is bounded; the pages unused for longest fall out and are rendered again
// when somebody asks.
package keeper
