package waypost_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The arrows of docs/architecture.md as data: cmd/waypost → app → web →
// features → internal. A new arrow is a change here and a decision record.

// machinery lists internal/, lowest first. A package may import those of the
// rows above its own.
var machinery = [][]string{
	{"internal/alphabet", "internal/clock", "internal/datadir", "internal/id", "internal/looks", "internal/partdate", "internal/problem", "internal/slug", "internal/storable", "internal/tuning"},
	{"internal/adminsock", "internal/drawing", "internal/ical", "internal/images", "internal/mail/encode", "internal/markdown", "internal/outbound", "internal/settings"},
	{"internal/db", "internal/mail/sign", "internal/mail/talk"},
	{"internal/jobs", "internal/limits", "internal/personal"},
	{"internal/keeper", "internal/mail"},
	{"internal/mail/preflight"},
}

// kernel are the features that every other may import.
var kernel = []string{"community", "members", "topics"}

// features lists what else of the module each may import, beside internal/ and
// the kernel; of the kernel only members imports another.
var features = map[string][]string{
	"community":     nil,
	"members":       {"community"},
	"topics":        nil,
	"akismet":       nil,
	"events":        nil,
	"news":          nil,
	"opportunities": nil,
	"paths":         nil,
	"pictures":      nil,
	"replies":       {"spam"},
	"resources":     nil,
	"search":        nil,
	"spam":          {"akismet"},
	"stories":       nil,
}

// webLayers lists web/, lowest first; a package may import the rows above its
// own. So the readers' pages, the desk and the other programs' routes never
// import each other, and web itself, which holds the route table, imports all.
var webLayers = [][]string{
	{"web/messages", "web/static", "web/templates", "web/trail/typeset"},
	{"web/trail/ink", "web/trail/wording"},
	{"web/trail/timescale"},
	{"web/trail"},
	{"web/kit"},
	{"web/render"},
	{"web/desk/diff"},
	{"web/desk/fields", "web/desk/languages", "web/desk/trailform", "web/desk/zones"},
	{"web/paths/typed", "web/shell"},
	{"web/desk/letters", "web/desk/people", "web/desk/replies", "web/desk/write", "web/paths/ways"},
	{"web/public", "web/desk", "web/join", "web/letters", "web/me", "web/paths", "web/replies", "web/wire"},
	{"web/gallery/walks"},
	{"web/gallery"},
	{"web/dev"},
	{"web"},
}

// libraries lists the modules of others and who may import them. Drivers
// appear in internal/db alone; the test kit makes databases before there is
// one to open.
var libraries = map[string][]string{
	"github.com/alecthomas/kong":         {"cmd/waypost", "internal/settings"},
	"github.com/andybalholm/brotli":      {"internal/keeper", "web"},
	"github.com/klauspost/compress":      {"internal/keeper"},
	"github.com/chromedp":                {"internal/testkit"},
	"github.com/coreos/go-oidc/v3":       {"members/oidc"},
	"github.com/go-webauthn/webauthn":    {"members/passkeys"},
	"github.com/jackc/pgx/v5":            {"internal/db", "internal/testkit"},
	"github.com/microcosm-cc/bluemonday": {"internal/markdown"},
	"github.com/pressly/goose/v3":        {"internal/db"},
	"github.com/VictoriaMetrics/metrics": {"web/wire"},
	"github.com/emersion/go-msgauth":     {"internal/mail"},
	"github.com/wneessen/go-mail":        {"internal/mail"},
	"github.com/yuin/goldmark":           {"internal/markdown"},
	"go.mau.fi/util":                     {"internal/looks"},
	"golang.org/x/crypto":                {"app", "cmd/waypost", "internal/mail"},
	"golang.org/x/image":                 {"internal/drawing", "internal/images"},
	"golang.org/x/oauth2":                {"members/oidc"},
	"golang.org/x/net":                   {"app", "internal/mail", "internal/markdown", "replies/sources", "transfer", "web/wire"},
	"golang.org/x/sync":                  {"app", "internal", "web"},
	"golang.org/x/sys":                   {"app", "cmd/waypost", "internal"},
	"golang.org/x/term":                  {"cmd/waypost"},
	"golang.org/x/text":                  {"community", "internal", "paths/exchange", "search", "stories", "transfer", "web"},
	"golang.org/x/time":                  {"internal/outbound", "web/kit"},
	"modernc.org/sqlite":                 {"internal/db"},
}

// standard lists the packages of the standard library that only some may
// import, and the sentence that goes with it.
var standard = []struct {
	path string
	only []string
	why  string
}{
	{"net/http", []string{"akismet", "app", "cmd/waypost", "internal/keeper", "internal/outbound", "members/oidc", "web"},
		"a feature knows nothing of HTTP; its pages are in web"},
	{"html/template", []string{"web"},
		"HTML is made in web; a feature hands over values"},
	{"text/template", nil,
		"it does not escape; pages and letters use html/template"},
	{"database/sql", []string{"internal/db", "internal/jobs", "internal/keeper"},
		"a feature reaches its database through internal/db"},
	{"net/smtp", nil,
		"letters are carried by internal/mail"},
	{"log", nil,
		"the program logs with log/slog"},
	{"unsafe", nil,
		"nothing here needs it"},
}

// unlayered are folders whose packages may import everything and which nothing
// but they themselves may import.
var unlayered = []string{"app", "bench", "cmd/waypost", "demo", "scripts"}

func TestLayers(t *testing.T) {
	t.Parallel()
	for _, s := range programSources(t) {
		if under(s.name, "bench") {
			continue
		}
		for _, imported := range s.imports {
			if fault := arrowFault(s.pkg(), imported); fault != "" {
				t.Errorf("%s imports %s: %s", s.name, imported, fault)
			}
		}
	}
}

// arrowFault says why pkg may not import what it does, or nothing.
func arrowFault(pkg, imported string) string {
	switch {
	case under(imported, module):
		return insideFault(pkg, strings.TrimPrefix(imported, module+"/"))
	case strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		return libraryFault(pkg, imported)
	default:
		return standardFault(pkg, imported)
	}
}

func standardFault(pkg, imported string) string {
	for _, rule := range standard {
		if rule.path == imported && !among(pkg, rule.only) {
			return rule.why
		}
	}
	if strings.HasPrefix(imported, "math/rand") && !among(pkg, mayGuess) {
		return "math/rand can be guessed; names and secrets come from crypto/rand"
	}
	return ""
}

// mayGuess are the packages that may use math/rand: to spread retries and to
// draw, never for what must not be foreseen.
var mayGuess = []string{"internal/drawing", "internal/jobs", "paths/decisions"}

func libraryFault(pkg, imported string) string {
	for library, users := range libraries {
		if !under(imported, library) {
			continue
		}
		if among(pkg, users) {
			return ""
		}
		return fmt.Sprintf("%s belongs to %s", library, strings.Join(users, ", "))
	}
	return "a new dependency is a line in the table of layers_test.go and a decision record that says what it spares us"
}

func insideFault(pkg, imported string) string {
	switch {
	case under(imported, "internal/testkit"):
		return "only tests import the test kit"
	case imported == "demo" && among(pkg, []string{"app", "cmd/waypost"}):
		return ""
	case imported == "app" && among(pkg, []string{"cmd/waypost", "demo"}):
		return ""
	case among(imported, unlayered) && !under(imported, folderOf(pkg, unlayered)):
		return "arrows point down: nothing but a command knows " + imported
	case among(pkg, unlayered):
		return ""
	case under(pkg, "internal"):
		return internalFault(pkg, imported)
	case under(pkg, "web"):
		return webFault(pkg, imported)
	case under(imported, "web"):
		return "arrows point down: only app and web know web"
	case under(pkg, "transfer"):
		return ""
	default:
		return featureFault(pkg, imported)
	}
}

// folderOf finds which of the folders name lies in, or nothing.
func folderOf(name string, folders []string) string {
	for _, f := range folders {
		if under(name, f) {
			return f
		}
	}
	return "\x00"
}

// row finds the row of layers that name lies in; -1 when it has none. The
// longest folder counts, so that web does not stand for web/kit.
func row(name string, layers [][]string) int {
	found, length := -1, 0
	for i, folders := range layers {
		for _, f := range folders {
			if under(name, f) && len(f) > length {
				found, length = i, len(f)
			}
		}
	}
	return found
}

func internalFault(pkg, imported string) string {
	own, other := row(pkg, machinery), row(imported, machinery)
	switch {
	case own < 0:
		return pkg + " has no place in the table of layers_test.go: give it the row above which it imports nothing"
	case !under(imported, "internal"):
		return "machinery knows nothing of the product"
	case under(imported, pkg):
		return ""
	case other < 0 || other >= own:
		return "internal/ imports only what is lower in the table of layers_test.go"
	}
	return ""
}

func webFault(pkg, imported string) string {
	own, other := row(pkg, webLayers), row(imported, webLayers)
	switch {
	case !under(imported, "web"):
		if imported == "internal/db" && !among(pkg, []string{"web/public", "web/shell", "web/desk", "web/join", "web/letters", "web/me", "web/paths", "web/replies"}) {
			return "a page opens one View and asks features in it; nothing else of web knows the database"
		}
		return ""
	case under(imported, pkg) && pkg != "web":
		return ""
	case other >= own:
		return "web imports only what is lower in the table of layers_test.go; pages never import each other"
	}
	return ""
}

func featureFault(pkg, imported string) string {
	feature, _, _ := strings.Cut(pkg, "/")
	extra, known := features[feature]
	other, _, _ := strings.Cut(imported, "/")
	switch {
	case !known:
		return feature + " has no place in the table of layers_test.go: is it a feature?"
	case other == "internal" || other == feature || slices.Contains(extra, other):
		return ""
	case slices.Contains(kernel, other) && !slices.Contains(kernel, feature):
		return ""
	}
	return "features do not import each other: declare the smallest interface where it is used and let app give it the real one"
}

// TestLayersRefuse keeps the table honest: each of these arrows is wrong.
func TestLayersRefuse(t *testing.T) {
	t.Parallel()
	wrong := [][2]string{
		{"stories", module + "/replies"},
		{"stories", module + "/web/kit"},
		{"stories", module + "/app"},
		{"topics", module + "/members"},
		{"stories", "net/http"},
		{"stories", "modernc.org/sqlite"},
		{"stories", module + "/internal/testkit"},
		{"internal/db", module + "/internal/jobs"},
		{"internal/clock", module + "/internal/id"},
		{"internal/jobs", module + "/stories"},
		{"internal/novelty", module + "/internal/clock"},
		{"web/public", module + "/web/desk"},
		{"web/kit", module + "/web/public"},
		{"web/wire", module + "/internal/db"},
		{"web/gallery", module + "/internal/db"},
		{"web/public", module + "/web/gallery"},
		{"web/render", module + "/internal/db"},
		{"web/kit", module + "/internal/db"},
		{"web/trail/typeset", module + "/web/trail"},
		{"web/trail/typeset", module + "/web/trail/ink"},
		{"web/trail/wording", module + "/web/trail/ink"},
		{"transfer/wxr", module + "/web/kit"},
		{"app", module + "/cmd/waypost"},
		{"cmd/waypost", "net/smtp"},
		{"novelty", module + "/stories"},
		{"members", "math/rand/v2"},
		{"paths/checkins", "math/rand/v2"},
		{"paths/decisions", module + "/stories"},
		{"paths/exchange/linkedin", module + "/transfer"},
		{"web/kit", "example.org/framework"},
	}
	for _, arrow := range wrong {
		if arrowFault(arrow[0], arrow[1]) == "" {
			t.Errorf("%s may import %s, but must not", arrow[0], arrow[1])
		}
	}
	right := [][2]string{
		{"stories", module + "/members"},
		{"members", module + "/community"},
		{"replies", module + "/spam"},
		{"stories", module + "/internal/db"},
		{"internal/jobs", module + "/internal/db"},
		{"paths/changes", module + "/paths/checkins"},
		{"paths/decisions", "math/rand/v2"},
		{"web/public", module + "/stories"},
		{"web/public", module + "/internal/db"},
		{"web/desk", module + "/internal/db"},
		{"web/trail", module + "/web/trail/typeset"},
		{"web/trail/ink", module + "/web/trail/typeset"},
		{"web/public", module + "/web/kit"},
		{"web", module + "/web/public"},
		{"web/gallery", module + "/web/desk"},
		{"web/dev", module + "/web/gallery"},
		{"transfer/wxr", module + "/stories"},
		{"app", module + "/web"},
		{"app", module + "/demo"},
		{"cmd/waypost", module + "/app"},
	}
	for _, arrow := range right {
		if fault := arrowFault(arrow[0], arrow[1]); fault != "" {
			t.Errorf("%s may not import %s: %s", arrow[0], arrow[1], fault)
		}
	}
}
