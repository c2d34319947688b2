package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Violation is a rule of axe that a page breaks.
type Violation struct {
	Rule   string    `json:"id"`     // such as "color-contrast"
	Impact string    `json:"impact"` // minor, moderate, serious or critical
	Help   string    `json:"help"`   // the rule in words
	Nodes  []Finding `json:"nodes"`
}

// Finding is an element that breaks a rule.
type Finding struct {
	HTML    string `json:"html"`           // the element's own tag
	Summary string `json:"failureSummary"` // what would mend it
}

// String is the violation in a few lines: the rule and where it is broken.
func (v Violation) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s (%s): %s", v.Rule, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&text, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n    "))
	}
	return text.String()
}

// NoAxeFindings fails the test, and lets it go on, for each rule that the page
// breaks as it is shown now.
func (b *Tab) NoAxeFindings() {
	b.t.Helper()
	for _, v := range b.Axe() {
		b.t.Errorf("axe on %s: %s", b.Address(), v)
	}
}

// Axe runs the rules of WCAG 2.2 A and AA and axe's best practices over the
// page as it is shown now. It runs in a world of its own, so that the page's
// Content-Security-Policy stays in force and its scripts see nothing of it.
// Frames are not entered; open their address instead.
func (b *Tab) Axe() []Violation {
	b.t.Helper()
	script, err := axeScript()
	if err != nil {
		b.t.Fatal(err)
	}
	if b.scriptless {
		// axe waits for timers, which do not run then. Scripts that the page
		// left out when it was loaded stay out.
		b.Script(true)
		defer b.Script(false)
	}
	result := get(b, "run axe", isolated(script+"\n;"+axeRun))
	var violations []Violation
	if err := json.Unmarshal(result, &violations); err != nil {
		b.t.Fatalf("read what axe found: %v", err)
	}
	return violations
}

// The size of targets, which WCAG 2.2 added, is off unless it is named. preload
// would ask for the stylesheets once more.
const axeRun = `axe.run(document, {
	runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
	rules: {'target-size': {enabled: true}},
	resultTypes: ['violations'],
	iframes: false,
	preload: false,
}).then(found => found.violations)`

// isolated evaluates a script in a fresh world of the page's main frame and
// returns its result as JSON.
func isolated(script string) chromedp.Action[[]byte] {
	return func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return nil, fmt.Errorf("find the main frame: %w", err)
		}
		world, err := cdp.Call(ctx, t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
			FrameID: tree.FrameTree.Frame.ID, WorldName: "axe",
		})
		if err != nil {
			return nil, fmt.Errorf("make an isolated world: %w", err)
		}
		yes := true
		answer, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{
			Expression: script, ContextID: world.ExecutionContextID,
			AwaitPromise: &yes, ReturnByValue: &yes,
		})
		if err != nil {
			return nil, fmt.Errorf("evaluate: %w", err)
		}
		if d := answer.ExceptionDetails; d != nil {
			return nil, errors.New(thrown(d))
		}
		return answer.Result.Value, nil
	}
}

// axeScript reads axe-core from the folder that WAYPOST_AXE names or from where
// scripts/test-deps installs it.
func axeScript() (string, error) {
	folder := os.Getenv("WAYPOST_AXE")
	if folder == "" {
		root, err := moduleRoot()
		if err != nil {
			return "", err
		}
		folder = filepath.Join(root, "testdata", "axe", "node_modules", "axe-core")
	}
	script, err := os.ReadFile(filepath.Join(folder, "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core, which scripts/test-deps installs: %w", err)
	}
	return string(script), nil
}

// moduleRoot finds the folder with go.mod: a test runs in its package's folder.
func moduleRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the root of the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("find the root of the module: no go.mod above the test")
		}
		folder = parent
	}
}
