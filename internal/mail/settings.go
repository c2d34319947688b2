package mail

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail/talk"
	"waypost/internal/problem"
)

// Sender is who letters come from.
type Sender struct {
	Name     string
	Address  string
	Selector string // of the key that the mail server signs with (DKIM); empty: not known
}

// Server is one that carries letters.
type Server struct {
	ID          string
	Host        string
	Port        int
	Security    Security
	OpenAnyway  bool // letters may go to another machine without protection
	User        string
	Password    string // as it is typed; empty when read, or to keep the one there is
	HasPassword bool
	PerMinute   int // letters at most; 0: no limit
	PerDay      int
	Connections int // at once
	Version     int64
	Worked      bool // it has taken a letter as it is set now

	Fault   string // why it could not be used last time; empty when it could
	FaultAt time.Time

	sealed []byte
}

// Address is where the server listens.
func (s Server) Address() string { return net.JoinHostPort(s.Host, fmt.Sprint(s.Port)) }

// Reason is why it could not be used last time.
func (s Server) Reason() Reason { return readReason(s.Fault) }

// Settings are what the owner set up.
type Settings struct {
	Sender  Sender
	Version int64
	Servers []Server // in the order in which they are asked
	Signing Signing
}

// Limits of what is set.
const (
	mostConnections  = 20
	usualConnections = 4
	mostServers      = 10
	longestName      = 200
)

// SettingsIn reads what is set; the passwords stay sealed.
func (o *Outbox) SettingsIn(tx *db.Tx) (Settings, error) {
	var s Settings
	err := tx.QueryRow(`SELECT name, address, selector, version FROM mail_settings WHERE id = 'mail'`).
		Scan(&s.Sender.Name, &s.Sender.Address, &s.Sender.Selector, &s.Version)
	if err != nil && !db.Missing(err) {
		return s, fmt.Errorf("read who letters come from: %w", err)
	}
	if s.Signing, err = signingIn(tx); err != nil {
		return s, err
	}
	s.Servers, err = db.List(tx, scanServer, `SELECT id, host, port, security, open_anyway, username, password, per_minute, per_day, connections, fault, fault_at, version, `+workedColumn+`
		FROM mail_servers ORDER BY position, id`)
	if err != nil {
		return s, fmt.Errorf("read the mail servers: %w", err)
	}
	return s, nil
}

func scanServer(r db.Row) (Server, error) {
	var s Server
	var faultAt *int64
	var worked string
	err := r.Scan(&s.ID, &s.Host, &s.Port, &s.Security, &s.OpenAnyway, &s.User, &s.sealed, &s.PerMinute, &s.PerDay, &s.Connections, &s.Fault, &faultAt, &s.Version, &worked)
	s.HasPassword, s.FaultAt, s.Worked = len(s.sealed) > 0, at(faultAt), worked == "yes"
	return s, err
}

// ServerIn reads one server.
func (o *Outbox) ServerIn(tx *db.Tx, id string) (Server, error) {
	settings, err := o.SettingsIn(tx)
	if err != nil {
		return Server{}, err
	}
	for _, s := range settings.Servers {
		if s.ID == id {
			return s, nil
		}
	}
	return Server{}, problem.New(problem.NotFound, "problem.not_found")
}

// SaveSender keeps who letters come from; version is that of what was read.
func (o *Outbox) SaveSender(tx *db.Tx, s Sender, version int64) error {
	var faults problem.Fields
	if s.Name == "" || len(s.Name) > longestName || HeaderText(s.Name) != s.Name {
		faults.Add("name", "mail.fault.name")
	}
	a, err := ParseAddress(s.Address)
	if _, utf8 := a.envelope(); err != nil || utf8 {
		faults.Add("address", "mail.fault.address")
	}
	if !validSelector(s.Selector) {
		faults.Add("selector", "mail.fault.selector")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	now := o.clock().UnixMilli()
	n, err := tx.Exec(`INSERT INTO mail_settings (id, name, address, selector, version, updated_at) VALUES ('mail', $1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address, selector = excluded.selector, version = excluded.version,
			updated_at = excluded.updated_at WHERE mail_settings.version = $6`, s.Name, s.Address, s.Selector, version+1, now, version)
	if err != nil {
		return fmt.Errorf("save who letters come from: %w", err)
	}
	if n == 0 {
		return problem.New(problem.Conflict, "mail.changed")
	}
	tx.AfterCommit(o.settingsChanged)
	return nil
}

func validSelector(s string) bool {
	return len(s) <= 63 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == "" && !strings.Contains(s, "..")
}

// loopback reports that a host is this machine by its name. What it resolves to is
// looked at once more when it is dialled.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// checkServer finds what a server cannot be asked with.
func checkServer(s Server) error {
	var faults problem.Fields
	if s.Host == "" || len(s.Host) > 253 || strings.Trim(s.Host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:") != "" {
		faults.Add("host", "mail.fault.host")
	}
	if s.Port < 1 || s.Port > 65535 {
		faults.Add("port", "mail.fault.port")
	}
	if !slices.Contains([]Security{TLS, StartTLS, Plain}, s.Security) {
		faults.Add("security", "field.unknown")
	}
	if s.Security == Plain && !s.OpenAnyway && !loopback(s.Host) {
		faults.Add("security", "mail.fault.plain")
	}
	if len(s.User) > longestName || HeaderText(s.User) != s.User || len(s.Password) > longestName || strings.ContainsAny(s.Password, "\r\n\x00") {
		faults.Add("user", "mail.fault.user")
	}
	if s.User != "" && s.Password == "" && !s.HasPassword {
		faults.Add("password", "mail.fault.password")
	}
	for name, n := range map[string]int{"per_minute": s.PerMinute, "per_day": s.PerDay} {
		if n < 0 || n > 10_000_000 {
			faults.Add(name, "mail.fault.limit")
		}
	}
	if s.Connections < 1 || s.Connections > mostConnections {
		faults.Add("connections", "mail.fault.connections")
	}
	return faults.Err()
}

// SaveServer writes a server, a new one when it has no ID, and returns its ID. An empty
// password keeps the one there is, but only for the same host and user: a password is
// never sent to a place that it was not typed for.
func (o *Outbox) SaveServer(tx *db.Tx, s Server) (string, error) {
	if s.Connections == 0 {
		s.Connections = usualConnections
	}
	if s.ID == "" {
		return o.addServer(tx, s)
	}
	was, err := o.ServerIn(tx, s.ID)
	if err != nil {
		return "", err
	}
	s.HasPassword = was.HasPassword && was.Host == s.Host && was.Port == s.Port && was.User == s.User && safer(was.Security, s.Security)
	if err := checkServer(s); err != nil {
		return "", err
	}
	sealed := was.sealed
	if s.Password != "" {
		sealed = o.passwords.seal(s.ID, []byte(s.Password))
	}
	if s.User == "" {
		sealed = nil
	}
	n, err := tx.Exec(`UPDATE mail_servers SET host = $1, port = $2, security = $3, open_anyway = $4, username = $5, password = $6, per_minute = $7, per_day = $8,
			connections = $9, fault = '', fault_at = NULL, version = version + 1 WHERE id = $10 AND version = $11`,
		s.Host, s.Port, string(s.Security), s.OpenAnyway, s.User, sealed, s.PerMinute, s.PerDay, s.Connections, s.ID, s.Version)
	if err != nil {
		return "", fmt.Errorf("save a mail server: %w", err)
	}
	if n == 0 {
		return "", problem.New(problem.Conflict, "mail.changed")
	}
	tx.AfterCommit(o.settingsChanged)
	if was.Host == s.Host && was.Port == s.Port && was.User == s.User && was.Security == s.Security && s.Password == "" {
		return s.ID, nil
	}
	return s.ID, unproved(tx, s.ID)
}

// safer reports that a way is at least as well protected as another.
func safer(was, is Security) bool { return was == is || was == Plain || is != Plain }

func (o *Outbox) addServer(tx *db.Tx, s Server) (string, error) {
	s.HasPassword = false
	if err := checkServer(s); err != nil {
		return "", err
	}
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM mail_servers`))
	if err != nil {
		return "", err
	}
	if n >= mostServers {
		return "", problem.New(problem.Invalid, "mail.fault.servers", "count", mostServers)
	}
	s.ID = o.ids.New()
	var sealed []byte
	if s.User != "" {
		sealed = o.passwords.seal(s.ID, []byte(s.Password))
	}
	_, err = tx.Exec(`INSERT INTO mail_servers (id, position, host, port, security, open_anyway, username, password, per_minute, per_day, connections, fault, version)
		VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM mail_servers), $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 1)`,
		s.ID, s.Host, s.Port, string(s.Security), s.OpenAnyway, s.User, sealed, s.PerMinute, s.PerDay, s.Connections)
	if err != nil {
		return "", fmt.Errorf("add a mail server: %w", err)
	}
	tx.AfterCommit(o.settingsChanged)
	return s.ID, unproved(tx, s.ID)
}

// DeleteServer forgets a server; letters on their way over it are finished.
func (o *Outbox) DeleteServer(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`DELETE FROM instance WHERE name = $1`, worked+id); err != nil {
		return fmt.Errorf("forget a mail server: %w", err)
	}
	_, err := tx.Exec(`DELETE FROM mail_servers WHERE id = $1`, id)
	tx.AfterCommit(o.settingsChanged)
	return err
}

// RaiseServer puts a server before the one that was asked before it.
func (o *Outbox) RaiseServer(tx *db.Tx, id string) error {
	settings, err := o.SettingsIn(tx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(settings.Servers, func(s Server) bool { return s.ID == id })
	if i < 1 {
		return nil
	}
	list := settings.Servers
	list[i-1], list[i] = list[i], list[i-1]
	for position, s := range list {
		if _, err := tx.Exec(`UPDATE mail_servers SET position = $1 WHERE id = $2`, position+1, s.ID); err != nil {
			return fmt.Errorf("order the mail servers: %w", err)
		}
	}
	tx.AfterCommit(o.settingsChanged)
	return nil
}

// place is a server as it is talked to.
func (o *Outbox) place(s Server) (talk.Server, error) {
	p := talk.Server{Host: s.Host, Port: s.Port, Security: s.Security, OpenAnyway: s.OpenAnyway, User: s.User}
	if len(s.sealed) == 0 {
		return p, nil
	}
	text, err := o.passwords.open(s.ID, s.sealed)
	p.Password = string(text)
	return p, err
}
