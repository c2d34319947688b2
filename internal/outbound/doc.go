// Package outbound is the one HTTP client of the program. An address to fetch
// often comes from somebody else: a picture in an imported story, the logo in a
// person's claims. Without care the server would fetch for them what only it
// can reach: its own database, the machine's metadata service, a router.
//
// So the address is judged where it cannot be changed any more: in the dialer,
// after the name was looked up, at every hop. Only public unicast addresses are
// dialled; addresses that carry an IPv4 address inside (mapped, 6to4, NAT64,
// Teredo) are judged by that one too. There is a limit to everything: scheme,
// port, hops, time, bytes after decompression, connections to a host.
//
// The package must never use a proxy from the environment, keep a cookie, ask a
// name or address again between judging and dialling, or be gone around: a test
// of the project finds any other client.
package outbound
