// Package news is who wants to hear of what, and the letters that tell them.
//
// A list is a kind of letter that somebody may want: Stories tells of every new story,
// Followed of those by authors and under topics that a member follows. A subscription
// is one person's wish for one list, with its pace: at once, weekly or never. It
// belongs to an account, whose address it goes to whatever that comes to be, or to an
// address whose owner has proved that it is theirs; of anybody else nothing is kept.
//
// A mailing is one thing told to all who want it: a story when it is published, or the
// new stories of a week. It goes out in steps of some hundred letters, each step in one
// transaction with the place it has come to, so a process may die anywhere: nobody is
// missed, and nobody gets a story twice.
//
//	sending ──▶ done
//	  │ ▲         │
//	  ▼ │         ▼
//	stopped ◀─────┘   the story was taken back; what has not left yet never does
//
// What it must never do: tell of a story that was imported, or that bears a date before
// the day on which readers first could see it; write to an account that is disabled;
// let the reading of a link end or begin anything; keep letters from leaving that
// nobody subscribes to, such as those by which people sign in.
package news
