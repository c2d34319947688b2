package joining

import (
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/members/proofs"
)

// Letters are the words in which people are written to. None holds what a visitor typed.
type Letters interface {
	SignIn(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error)
	// Join asks to confirm an address; decided says that somebody has to let its reader in then.
	Join(tx *db.Tx, language string, decided bool, s proofs.Secrets) (mail.Letter, error)
	// NoAccount says that an address has no account, and that it could not join.
	NoAccount(tx *db.Tx, language string) (mail.Letter, error)
	// Fresh carries a code alone, to somebody who is signed in.
	Fresh(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error)
	// NewEmail asks whether an address is to be an account's, OldEmail tells the one before.
	NewEmail(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error)
	OldEmail(tx *db.Tx, language string, s proofs.Secrets) (mail.Letter, error)
	Admitted(tx *db.Tx, language string) (mail.Letter, error)
	Declined(tx *db.Tx, language string) (mail.Letter, error)
}
