package settings

import (
	"log/slog"
	"path/filepath"
	"time"
)

// Settings is every setting of the program. A command embeds it for its flags
// and calls Load before it reads a field. The tags are kong's; a setting is
// spelt in variables and in the file after its flag.
type Settings struct {
	Data     string      `placeholder:"DIR" default:"./waypost-data" help:"Folder of everything the program keeps: settings, key, media, backups and the SQLite database."`
	Database DatabaseURL `placeholder:"postgres://USER:PASSWORD@HOST/NAME" help:"PostgreSQL database to use instead of SQLite."`
	DBConns  int         `name:"db-conns" placeholder:"4" default:"4" help:"Connections to the database: readers of SQLite, all of PostgreSQL."`

	BaseURL        BaseURL  `placeholder:"https://example.org" help:"Address at which readers reach the community. The default is http://localhost with the port listened on."`
	Listen         HostPort `placeholder:"127.0.0.1:8080" help:"Address and port to answer at. The default is 127.0.0.1:8080, or :443 with --tls."`
	InsecureHTTP   bool     `negatable:"" help:"Allow a base URL without https beyond this machine: passwordless links and cookies then travel in the open."`
	TLS            bool     `negatable:"" help:"Get and renew a certificate for the host of the base URL (ACME)."`
	TLSEmail       string   `placeholder:"ann@example.org" help:"Address that the certificate authority may write to about the certificate."`
	MetricsListen  HostPort `placeholder:"127.0.0.1:9090" help:"Address and port of a second listener that answers /metrics alone; none unless set."`
	TrustedProxies Networks `placeholder:"127.0.0.1,10.0.0.0/8" help:"Addresses and networks of the proxies before this program, whose X-Forwarded-For is believed; without them limits count the address of the connection."`
	MaxConnections int      `placeholder:"4096" default:"4096" help:"Connections open at a time; more wait until one closes."`

	PagesMemory     Bytes         `placeholder:"32MiB" default:"32MiB" help:"Memory for kept pages; what does not fit is rendered again when asked for."`
	UploadMax       Bytes         `placeholder:"64MiB" default:"64MiB" help:"Largest export to import that is taken from the desk; pictures and texts have limits of their own."`
	ShutdownTimeout time.Duration `placeholder:"20s" default:"20s" help:"How long requests in flight may take when the program is asked to end."`

	LogFormat string `placeholder:"text" default:"text" enum:"text,json" help:"Format of the log on standard error: text or json."`
	LogLevel  string `placeholder:"info" default:"info" enum:"debug,info,warn,error" help:"Least level that is logged: debug, info, warn or error."`
	AccessLog string `placeholder:"FILE" default:"off" help:"File for one line a request; - is standard output, off is none."`

	OIDC Providers `name:"oidc" placeholder:"'ISSUER CLIENT-ID SECRET NAME'" help:"Sites by which people may sign in (OpenID Connect), with a comma between them. The file or the variable hides the secrets from other users of the machine."`

	InstanceKey Key `placeholder:"BASE64" help:"Key from which all others are derived: 32 bytes in base64 or hex. Without it DIR/instance.key is used, and made at the first start."`

	PathsKeys Keys `placeholder:"BASE64,BASE64" help:"Keys that protect the paths of members, the newest first, as the instance key is written. Without them DIR/paths.key is used where it is, else a key that follows from the instance key."`

	origins map[string]origin // by name; a missing one is the default
}

// Level is LogLevel as log/slog has it.
func (s Settings) Level() slog.Level {
	return map[string]slog.Level{"debug": slog.LevelDebug, "warn": slog.LevelWarn, "error": slog.LevelError}[s.LogLevel]
}

// AccessLogOff reports that no access log is written.
func (s Settings) AccessLogOff() bool { return s.AccessLog == "off" || s.AccessLog == "" }

// DataNamed reports that commands find the data folder only where it is named.
func (s Settings) DataNamed() bool { return filepath.Clean(s.Data) != "waypost-data" }
