// Package waypost is the map of the project: every package in one line. There
// is no code here but the tests that hold the whole to its promises: layers,
// sizes, one place for each danger, links and words.
//
// Arrows point down: cmd/waypost → app → web → the product → internal.
//
// The commands:
//
//	cmd/waypost             flags and subcommands: serve, import, backup, restore, check, config, routes
//	bench                   measures speed and size as ratios in one run
//	bench/child             the other programs of a run, and how they are told what to do
//	bench/growth            the same questions among ever more stories
//	bench/load              asks a server for pages as fast as it answers, and what that costs it
//	bench/proc              CPU time, memory and disk of processes, as the kernel counts them
//	bench/server            builds and starts the program, and asks it for single pages
//	bench/site              communities of a given size to measure
//	bench/soak              kills the program, cuts its power, fills its disk, and counts what is lost
//	demo/drawcovers         draws the pictures of the sample community
//	scripts/testreport      makes the output of the tests short
//
// Putting the parts together:
//
//	app                     wiring, reactions to what happened, schedules, the server's life
//	app/pathing             the keys that protect members' paths, and letters that say what is due
//	app/replying            how replies meet stories, members, the filter and letters
//	demo                    the sample community: its texts, and how they are put in
//
// How it is served:
//
//	web                     the route table, which reads as the site map; templates and static files
//	web/public              the readers' pages, feeds and the tags that make them stale
//	web/shell               what every page behind sign-in stands in: session, layout, language, refused forms
//	web/paths               a member's private path: overview, steps, check-ins, entries, decisions
//	web/paths/typed         what members type into the forms of their path: dates, numbers, times, amounts, answers
//	web/paths/ways          the page of a decision: its form in parts, the ways side by side, what came out and what came of it
//	web/letters             where the links at the foot of letters lead
//	web/replies             the pages of who writes a reply: form, what became of it, changes, reports
//	web/me                  a member's own pages: what they hear of, and how they are shown
//	web/join                the door: signing in and joining by e-mail, invitations, who may join
//	web/me                  a member's own pages: sessions, another address, a fresh sign-in
//	web/desk                the pages of those who run the community: today, settings, import
//	web/desk/write          where stories are written: editor, preview, versions, pictures
//	web/desk/people         who is here, what each may do, and whether they may sign in
//	web/desk/diff           two texts line by line, when two people changed the same story
//	web/desk/fields         a form as it is shown: values, faults, and what its fields are called
//	web/desk/replies        the queue of what readers write under stories, and what moderators do with it
//	web/desk/letters        mail: who it comes from, its servers, what became of each letter
//	web/desk/languages      languages that a story may be in, by their own names
//	web/desk/trailform      the path behind a story as a form, and back
//	web/desk/zones          time zones to choose from, and the one that a city means
//	web/me                  a member's own pages: the ways into their account
//	web/gallery             every page in every state, of prepared values, for development and as a test
//	web/gallery/walks       the values of the pages of a path
//	web/dev                 the pages of development: the gallery, the clock that moves the program's time
//	web/wire                routes for other programs: health, readiness, metrics
//	web/kit                 what handlers share: errors, forms, origins, sessions, limits, headers
//	web/render              templates into bytes; the one place where text becomes trusted HTML
//	web/trail               the figure of a path, behind a story or one's own, as SVG and as a list
//	web/trail/ink           what it is drawn with: faces, colours, strokes, small pictures, charts
//	web/trail/timescale     where in a drawing a day lies, and its milestones
//	web/trail/wording       what it says: dates, spans and counts, in one language
//	web/trail/chart         how the check-ins on a step went, as a small SVG
//	web/trail/typeset       its texts: measured, wrapped, set so that none lies on another, written as SVG
//	web/messages            the words of the interface in each language
//
// The product, one folder a noun:
//
//	community               the site itself: name, look, language, time zone, pages, redirects, audit
//	members                 accounts, roles, sessions; profiles of authors
//	members/proofs          how somebody shows that they read an address or were given a link
//	members/passkeys        signing in by a key that a device keeps
//	members/oidc            signing in by an account at another site
//	members/joining         how people come in: modes, invitations, requests, who is barred
//	topics                  tags with a page of their own
//	stories                 write, review, schedule, publish, revise; the frozen trail
//	stories/drafts          what somebody types of a story until it is saved as a version
//	stories/trails          the path behind a story as a document: read, written, checked, ordered
//	stories/beside          chooses and reads what stands around a story: neighbours, related stories, resources
//	stories/copies          stories with all their versions as files that are read without the program
//	stories/related         what belongs beside a story and why: compared, listed, written
//	stories/terms           the words that tell one text from others, by which related stories are found
//	replies                 what readers write under stories: threads, moderation, what becomes of them
//	replies/asked           which addresses were asked whether they want letters on answers
//	replies/counts          what is counted of replies to stories, and which stories take none
//	replies/decided         the log of what moderators decided
//	replies/earlier         what came before a reply: the same text, a wave, what was decided of the writer
//	replies/marks           hashes by which texts, senders and networks are known
//	replies/places          where a reply stands among others, in a text that sorts as the threads do
//	replies/reported        what readers find wrong with replies
//	replies/sources         where a reply comes from and what it links to: networks and hosts
//	replies/tally           what is in a part of the moderators' queue, counted by story
//	spam                    tells replies from spam, says why, and learns from moderators' decisions
//	spam/labels             what moderators decided, and the filter's model as it follows from that
//	spam/base               the base model that the program comes with
//	spam/base/examples      the examples that the base model is made of
//	paths                   each member's private career log: goal, steps, entries, check-ins, changes, decisions
//	paths/feeds             the secrets by which calendars follow the days that are due
//	paths/offered           the list of occupations that an owner added
//	paths/quarters          the quarterly figure of those who joined it
//	paths/sealed            what a member wrote, unreadable to whoever has the database alone
//	paths/checkins          answers about a step: curves, levels, the last three beside those before
//	paths/changes           whether a member's check-ins changed, since when and in what; how sure that is
//	paths/decisions         options compared by ranks and ranges: what came out, and what would change it
//	paths/exchange          how a path comes in and goes out: what an import found, as a list to tick
//	paths/exchange/badges   Open Badges 3.0 credentials, as what was learned; their proofs are not checked
//	paths/exchange/calendar  one's own calendar as events gone to, and days that are due as a calendar to follow
//	paths/exchange/document  a whole path as JSON, out and in again to the same
//	paths/exchange/occupations  a list of occupations from a table, and some of them while a name is typed
//	paths/exchange/resume   JSON Resume, in and out
//	paths/exchange/linkedin  the archive that LinkedIn gives its members, of which only a career is opened
//	news                    who wants to hear of what, and the letters that tell them
//	resources               curated links to elsewhere
//	pictures                uploads, their alt texts and the sizes a page needs
//	transfer                import, export, backup, restore
//	transfer/backup         the whole community in one file, written, checked and read back
//	transfer/wordpress      a WordPress export into stories, pages, profiles and topics; goes on where it stopped
//	transfer/wordpress/words  what foreign HTML and addresses say, as lines, slugs, paths and the Markdown of replies
//	transfer/wxr            reads the export of a WordPress blog, item by item
//	transfer/wxr/markup     the text of a WordPress post into plain HTML
//	transfer/wxr/loosexml   XML that goes on after the faults real exports have
//
// The machinery, which nobody needs to read to understand the product:
//
//	internal/db             open, migrate, View and Update; the few differences between engines
//	internal/jobs           durable work: enqueued in a transaction, claimed, retried, scheduled
//	internal/limits         how often something may be done, counted in the database
//	internal/personal       how features hand over what they hold on a person, and forget it
//	internal/keeper         rendered public pages: kept, served, forgotten by tag
//	internal/mail           letters, each written down in a transaction and sent once; e-mail addresses
//	internal/mail/encode    what people wrote, in the forms that mail has for headers and parts
//	internal/mail/preflight what other servers look for in DNS before they believe a sender
//	internal/mail/sign      signatures of letters, checked by a record in DNS (DKIM)
//	internal/mail/talk      the conversation with a mail server
//	internal/mail/traces    what letters hold on people: handed over, forgotten
//	internal/markdown       what a writer typed, or a blog exported, into safe HTML
//	internal/images         pictures of strangers into pictures of ours, in every size
//	internal/drawing        pictures the program draws itself, the same from the same seed
//	internal/outbound       the one HTTP client, which knows what it must not ask
//	internal/settings       every setting by flag, variable or file, and where it came from
//	internal/adminsock      the socket by which a command reaches the running server
//	internal/currency       how an amount of a currency is counted, by ISO 4217
//	internal/datadir        the folder a community lives in: its lock, its key, its mark
//	internal/partdate       dates known to the year, the month or the day
//	internal/problem        errors that are written for people
//	internal/looks          names that look alike
//	internal/alphabet       names in the order in which people look for them
//	internal/slug           the readable part of an address, out of a title
//	internal/storable       text as every database takes it, out of what others sent
//	internal/tuning         the Go runtime of a small server that waits for its disk
//	internal/clock          the time, as something a test can move
//	internal/id             identifiers in the order of time
//	internal/testkit        what tests share: databases of both engines
//	internal/testkit/ground what a feature stands on: database, clock, jobs and kept pages
//	internal/testkit/site   a whole Waypost in a test, and a visitor who reads it
//	internal/testkit/browser  Chromium for tests, and what axe finds in a page
//	internal/testkit/authenticator  a device that keeps a passkey, and may lie
//	internal/testkit/provider  a site by which people sign in, and may lie
//	internal/testkit/growth  work that grows faster than what it is given
//	internal/testkit/postbox  a mail server for tests, which keeps what it takes
//	internal/testkit/found  what an import found, as lines, and whether it can be taken over
//	internal/testkit/cases  cases from outside the project, and how many of them
package waypost
