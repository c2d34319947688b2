// Package people serves the desk's pages on people: who is here, what each may do, and
// whether they may sign in. The rules are those of package members.
package people
