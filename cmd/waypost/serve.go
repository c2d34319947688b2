package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/demo"
	"waypost/internal/datadir"
	"waypost/internal/settings"
	"waypost/internal/tuning"
)

type serveCommand struct {
	settings.Settings `embed:""`
	Demo              bool `help:"Serve a sample community, in a temporary folder unless --data is given."`
	Dev               bool `help:"For work on the program: read templates and static files from ./web at each request, and serve the pages under /_dev."`

	temporary bool // Data is a folder that goes when the program stops
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, command *kong.Context) (err error) {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	if c.Demo && !c.given("data") {
		if c.Data, err = os.MkdirTemp("", "waypost-demo-"); err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		c.temporary = true
		signal.Ignore(syscall.SIGPIPE) // or the folder stays where nobody reads on what is said
		defer func() { err = errors.Join(err, os.RemoveAll(c.Data)) }()
	}
	dir, err := datadir.Open(c.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	listening, err := c.listen()
	if err != nil {
		return err
	}
	config := appConfig(c.Settings, dir, newLog(c.Settings))
	access, closeAccess, err := openAccessLog(c.Settings)
	if err != nil {
		return err
	}
	defer closeAccess()
	config.AccessLog = access
	if c.Demo {
		config.Demo = true
		config.MoreHosts = localHosts(listening.Listener.Addr())
	}
	if c.Dev {
		config.Dev, config.Live, config.Files = true, true, os.DirFS("web")
	}
	if _, chosen := os.LookupEnv("GOGC"); !chosen {
		tuning.CollectEarly()
	}
	if _, chosen := os.LookupEnv("GOMAXPROCS"); !chosen {
		tuning.ReadWhileWriting()
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	err = c.serve(ctx, a, listening)
	return errors.Join(err, a.Close())
}

// given reports that a setting is not left to its default.
func (c *serveCommand) given(name string) bool {
	lines, err := c.Explain()
	if err != nil {
		return true
	}
	for _, l := range lines {
		if l.Name == name {
			return l.From != "default"
		}
	}
	return true
}

func (c *serveCommand) serve(ctx context.Context, a *app.App, listening app.Listening) error {
	current, err := a.Community.Settings(ctx)
	if err != nil {
		return err
	}
	if c.Demo && !current.SetUp {
		site := demo.Site{DB: a.DB, Community: a.Community, Members: a.Members, Topics: a.Topics, Stories: a.Stories, Resources: a.Resources, Pictures: a.Pictures,
			Joining: a.Joining, News: a.News, Replies: a.Replies, Paths: a.Paths}
		if err := demo.Seed(ctx, site); err != nil {
			return err
		}
	}
	listening.Announce = func() { c.announce(ctx, a, current.SetUp) }
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	commands := make(chan error, 1)
	go func() {
		err := a.ServeAdmin(ctx)
		if err != nil {
			a.Config.Log.Error("commands cannot reach this server", "error", err)
		}
		commands <- err
	}()
	err = a.Serve(ctx, listening)
	cancel()
	return errors.Join(err, <-commands)
}

// listen opens the addresses to answer at. Where any port will do, the base URL that
// was left open gets the one that was free.
func (c *serveCommand) listen() (app.Listening, error) {
	l := app.Listening{MaxConnections: c.MaxConnections, Shutdown: c.ShutdownTimeout}
	var err error
	if l.Listener, err = net.Listen("tcp", string(c.Listen)); err != nil {
		return l, fmt.Errorf("listen: %w (is another program there? --listen names another address)", err)
	}
	if c.Listen.Port() == "0" && !c.given("base_url") {
		c.BaseURL = settings.BaseURL("http://localhost:" + portOf(l.Listener.Addr()))
	}
	if c.MetricsListen != "" {
		if l.Metrics, err = net.Listen("tcp", string(c.MetricsListen)); err != nil {
			return l, fmt.Errorf("listen for metrics: %w", err)
		}
	}
	if c.TLS {
		c.certify(&l)
	}
	return l, nil
}

// localHosts are the names of this machine as a browser on it sends them.
func localHosts(listening net.Addr) []string {
	port := portOf(listening)
	if port == "80" || port == "443" {
		return []string{"localhost", "127.0.0.1"}
	}
	return []string{"localhost:" + port, "127.0.0.1:" + port}
}

func portOf(a net.Addr) string {
	_, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return ""
	}
	return port
}

// announce tells the operator where the community is and, while nobody has set it
// up, how to sign in.
func (c *serveCommand) announce(ctx context.Context, a *app.App, setUp bool) {
	var out bytes.Buffer
	defer func() { _, _ = os.Stdout.Write(out.Bytes()) }() // at once, so that no line of the log comes between
	fmt.Fprintf(&out, "\nWaypost is at %s\n", c.BaseURL)
	if c.temporary {
		fmt.Fprintf(&out, "The sample community lies in %s and goes when you stop it; --data DIR keeps one.\n", c.Data)
	} else {
		fmt.Fprintf(&out, "Its data lies in %s\n", c.Data)
	}
	if c.Demo && c.announceSignIns(ctx, a, &out) || setUp && !c.Demo {
		return
	}
	link, err := a.OwnerLink(ctx)
	if err != nil {
		fmt.Fprintf(&out, "No link for the owner could be made: %s\n", a.Words(err))
		return
	}
	if c.Demo {
		fmt.Fprintf(&out, "Sign in as its owner, once, with: %s\n\n", link)
	} else {
		fmt.Fprintf(&out, "Set it up, once, with: %s\n(“%s owner-link --data %s” prints a new one.)\n\n", link, called(), c.Data)
	}
}

// announceSignIns prints how to sign in as somebody of each role, and reports that there
// is one: a folder that was kept may hold people who have left since, or other people.
func (c *serveCommand) announceSignIns(ctx context.Context, a *app.App, out io.Writer) bool {
	rows := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	email := ""
	for _, s := range demo.SignIns() {
		link, err := a.SignInLink(ctx, s.Email)
		if err != nil {
			continue
		}
		if email == "" {
			fmt.Fprint(rows, "\nSign in as one of them: open the link and press the button. Each works once, within an hour.\n\n")
		}
		email = s.Email
		who := s.Name
		if s.Note != "" {
			who += ", " + s.Note
		}
		fmt.Fprintf(rows, "  %s\t%s\t%s\n", s.Role, who, link)
	}
	if email == "" {
		return false
	}
	_ = rows.Flush()
	fmt.Fprintf(out, "\nA path is at /path, for its member alone. /desk/people has the addresses of all members, for owners. This prints a new\nlink for any of them:\n"+
		"  %s sign-in-link --data %s %s\n\nLetters leave this machine only once a mail server is set up; until then owners find them at /desk/mail/letters.\n\n", called(), c.Data, email)
	return true
}

// called is how this program is called, in what is printed to be typed again.
func called() string {
	if strings.Contains(os.Args[0], "go-build") { // by go run, from a folder that goes when it ends
		return "go run ./cmd/waypost"
	}
	return "waypost"
}

// openAccessLog opens where the lines of requests go.
func openAccessLog(s settings.Settings) (io.Writer, func(), error) {
	switch {
	case s.AccessLogOff():
		return nil, func() {}, nil
	case s.AccessLog == "-":
		return os.Stdout, func() {}, nil
	}
	f, err := os.OpenFile(s.AccessLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, nil, fmt.Errorf("open the access log: %w", err)
	}
	return f, func() { _ = f.Close() }, nil
}
