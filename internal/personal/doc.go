// Package personal is how features say what they hold on a person and how they
// forget it.
//
// Each feature has two methods for it: Held hands over what it holds on a Person, and
// Forget takes it away, as the Wish says. Package app names them all in one table, and
// a test walks the schema: a table that nobody answers for fails it.
//
// What is handed over goes into an archive, which is read by people: a member takes it
// along. Secrets, and hashes of secrets, are in none.
package personal
