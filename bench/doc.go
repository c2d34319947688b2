// Command bench measures what the project promises of speed and size, on the
// machine it runs on. It judges by ratios within one run and by CPU time, since
// times and requests per second differ several times between machines and hours.
//
//	go run ./bench             the table of docs/performance.md, in a few minutes
//	go run ./bench -growth     the same questions among ever more stories
//	go run ./bench -soak       what harm does: kills, power cuts, full disks, slow clients
//
// The server under test runs on one processor and the load on another. Everything
// happens in a temporary folder on the disk of -dir; nothing in the project changes
// unless -write names a document.
//
// Each measurement that needs a process of its own starts this program again in a
// role (roles.go); what it asks and answers are JSON documents on a pipe.
package main
