package mail

import (
	"fmt"

	"waypost/internal/db"
)

// Lack is what keeps letters from going out; empty when they go.
type Lack string

// What there can be, the first thing first.
const (
	LackSetting Lack = "setting" // nobody said who letters come from, and no server is named
	LackSender  Lack = "sender"  // nobody said who letters come from
	LackName    Lack = "name"    // no server is named
	LackProof   Lack = "proof"   // no server has taken a letter as it is set now
	LackServer  Lack = "server"  // those that have could not be used last time
)

// Named reports that there is something to send letters with.
func (s Settings) Named() bool { return s.Sender.Address != "" && len(s.Servers) > 0 }

// Lack says what keeps letters from going out. A server that was only named may be
// wrong: it counts from the first letter on that it took.
func (s Settings) Lack() Lack {
	switch sender, named := s.Sender.Address != "", len(s.Servers) > 0; {
	case !sender && !named:
		return LackSetting
	case !sender:
		return LackSender
	case !named:
		return LackName
	}
	lack := LackProof
	for _, server := range s.Servers {
		switch {
		case server.Fault != "":
			lack = LackServer
		case server.Worked:
			return ""
		}
	}
	return lack
}

// Ready reports that letters go out.
func (s Settings) Ready() bool { return s.Lack() == "" }

// worked begins the names under which the database remembers of each server whether it
// has taken a letter as it is set now.
const worked = "mail-worked-"

const workedColumn = `coalesce((SELECT value FROM instance WHERE name = '` + worked + `' || mail_servers.id), 'no')`

// unproved notes that a server has taken no letter as it is set now.
func unproved(tx *db.Tx, id string) error {
	_, err := tx.Exec(`INSERT INTO instance (name, value) VALUES ($1, 'no') ON CONFLICT (name) DO UPDATE SET value = excluded.value`, worked+id)
	if err != nil {
		return fmt.Errorf("note that a mail server is new: %w", err)
	}
	return nil
}

// noteTook notes that a server took a letter, unless it was set otherwise meanwhile. The
// server's row is held, so that nobody sets it otherwise before the commit.
func (o *Outbox) noteTook(tx *db.Tx, s Server) error {
	if _, err := tx.Exec(`UPDATE mail_servers SET position = position WHERE id = $1`, s.ID); err != nil {
		return fmt.Errorf("note that a mail server works: %w", err)
	}
	_, err := tx.Exec(`INSERT INTO instance (name, value) SELECT CAST($1 AS TEXT), 'yes' FROM mail_servers WHERE id = $2 AND version = $3
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, worked+s.ID, s.ID, s.Version)
	if err != nil {
		return fmt.Errorf("note that a mail server works: %w", err)
	}
	return nil
}

// Works notes that a server took a letter that was tried with it: letters that wait for
// it go out at once.
func (o *Outbox) Works(tx *db.Tx, s Server) error {
	if err := o.noteTook(tx, s); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE mail_servers SET fault = '', fault_at = NULL, version = version + 1 WHERE id = $1 AND version = $2 AND fault <> ''`, s.ID, s.Version)
	if err != nil {
		return fmt.Errorf("forget why a mail server could not be used: %w", err)
	}
	tx.AfterCommit(o.settingsChanged)
	return nil
}
