package members

import (
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// State is whether an account may sign in; the package comment draws the ways.
type State string

// The states.
const (
	Active   State = "active"
	Disabled State = "disabled"
)

// Person is an account as those see it who look after people.
type Person struct {
	Account
	State   State
	Created time.Time
	Author  string // the ID of the profile it is linked with, if any
	Handle  string // of that profile
}

// Above reports that somebody has a right that the actor lacks: what they may do is
// not for the actor to decide.
func (p Person) Above(by Actor) bool {
	for _, role := range p.Roles {
		if !by.MayGive(role) {
			return true
		}
	}
	return false
}

// Search chooses among people.
type Search struct {
	Text  string // beginnings of words of a name or an address; all of them fit
	Role  Role   // empty, or Member: any
	State State  // empty: any
}

// AccountKey is a place in the list of people. The zero value is its start.
type AccountKey struct {
	Word string // that was found, where there is a search
	ID   string
}

const personColumns = `a.id, a.name, COALESCE(a.email, ''), COALESCE(a.language, ''), a.trusted, a.created_at, a.disabled_at, p.id, p.handle`

func scanPerson(r db.Row, more ...any) (Person, error) {
	p := Person{State: Active}
	var created int64
	var disabled *int64
	var author, handle *string
	err := r.Scan(append([]any{&p.ID, &p.Name, &p.Email, &p.Language, &p.Trusted, &created, &disabled, &author, &handle}, more...)...)
	p.Created = time.UnixMilli(created)
	if disabled != nil {
		p.State = Disabled
	}
	if author != nil {
		p.Author, p.Handle = *author, *handle
	}
	return p, err
}

// PersonByID finds an account whether it may sign in or not; NotFound if there is none.
func (s *Service) PersonByID(tx *db.Tx, id string) (Person, error) {
	p, err := scanPerson(tx.QueryRow(`SELECT `+personColumns+` FROM accounts a LEFT JOIN profiles p ON p.account_id = a.id WHERE a.id = $1`, id))
	if db.Missing(err) {
		return p, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return p, fmt.Errorf("read a person: %w", err)
	}
	p.Roles, err = rolesIn(tx, id)
	return p, err
}

func rolesIn(tx *db.Tx, id string) ([]Role, error) {
	return db.List(tx, db.Value[Role], `SELECT role FROM account_roles WHERE account_id = $1 ORDER BY role`, id)
}

// Accounts lists people from after a place on, at most limit, and the place where the list
// goes on; the zero key if it ends. Without a search the newest are first, with one
// those whose word is first in order.
func (s *Service) Accounts(tx *db.Tx, find Search, after AccountKey, limit int) ([]Person, AccountKey, error) {
	query, args := find.query(after, limit+1)
	var keys []AccountKey
	list, err := db.List(tx, func(r db.Row) (Person, error) {
		var word []byte
		p, err := scanPerson(r, &word)
		keys = append(keys, AccountKey{string(word), p.ID})
		return p, err
	}, query, args...)
	if err != nil {
		return nil, AccountKey{}, fmt.Errorf("list people: %w", err)
	}
	var next AccountKey
	if len(list) > limit {
		list, next = list[:limit], keys[limit-1]
	}
	return list, next, addRoles(tx, list)
}

// query is the statement of a search. Each way has an index that gives the rows in the
// order of the list, so that a page reads little more than it shows.
func (find Search) query(after AccountKey, limit int) (string, []any) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprint("$", len(args))
	}
	var where []string
	from, word, order := `accounts a`, `a.id`, `a.id DESC`
	words := asked(find.Text)
	hasRole := find.Role != "" && find.Role != Member
	switch {
	case len(words) > 0:
		first, last := span(words[0])
		from, word, order = `account_words w JOIN accounts a ON a.id = w.account_id`, `w.word`, `w.word, w.account_id`
		low := arg(first)
		where = append(where, `w.word >= `+low, `w.word < `+arg(last),
			`NOT EXISTS (SELECT 1 FROM account_words v WHERE v.account_id = w.account_id AND v.word >= `+low+` AND v.word < w.word)`)
		if after.ID != "" {
			where = append(where, `(w.word, w.account_id) > (`+arg([]byte(after.Word))+`, `+arg(after.ID)+`)`)
		}
		for _, other := range words[1:] {
			first, last := span(other)
			where = append(where, `EXISTS (SELECT 1 FROM account_words v WHERE v.account_id = w.account_id AND v.word >= `+arg(first)+` AND v.word < `+arg(last)+`)`)
		}
		if hasRole {
			where = append(where, `EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = w.account_id AND r.role = `+arg(find.Role)+`)`)
		}
	case hasRole:
		from, order = `account_roles r JOIN accounts a ON a.id = r.account_id`, `r.account_id DESC`
		where = append(where, `r.role = `+arg(find.Role))
		if after.ID != "" {
			where = append(where, `r.account_id < `+arg(after.ID))
		}
	case after.ID != "":
		where = append(where, `a.id < `+arg(after.ID))
	}
	switch find.State {
	case Active:
		where = append(where, `a.disabled_at IS NULL`)
	case Disabled:
		where = append(where, `a.disabled_at IS NOT NULL`)
	}
	if word == `a.id` {
		word = `NULL`
	}
	query := `SELECT ` + personColumns + `, ` + word + ` FROM ` + from + ` LEFT JOIN profiles p ON p.account_id = a.id`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, ` AND `)
	}
	return query + ` ORDER BY ` + order + ` LIMIT ` + arg(limit), args
}

// addRoles reads the roles of a page of people at once.
func addRoles(tx *db.Tx, list []Person) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[string]int, len(list))
	ids := make([]string, len(list))
	for i, p := range list {
		at[p.ID], ids[i] = i, p.ID
	}
	in, args := db.In(1, ids)
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var id string
		var role Role
		err := r.Scan(&id, &role)
		list[at[id]].Roles = append(list[at[id]].Roles, role)
		return struct{}{}, err
	}, `SELECT account_id, role FROM account_roles WHERE account_id IN `+in+` ORDER BY account_id, role`, args...)
	if err != nil {
		return fmt.Errorf("read the roles of people: %w", err)
	}
	return nil
}

// NamesByID are the names of accounts, whether they may sign in or not; those that are
// gone have none.
func (s *Service) NamesByID(tx *db.Tx, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	in, args := db.In(1, ids)
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var id, name, email string
		err := r.Scan(&id, &name, &email)
		names[id] = name
		return struct{}{}, err
	}, `SELECT id, name, COALESCE(email, '') FROM accounts WHERE id IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read the names of accounts: %w", err)
	}
	return names, nil
}
