package app_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

const (
	kills       = 20
	killWriters = 4
)

// ledger is what the program acknowledged, kept outside it.
type ledger struct {
	mu     sync.Mutex
	titles []string
}

func (l *ledger) note(title string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.titles = append(l.titles, title)
}

func (l *ledger) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.titles)
}

// TestKillLosesNothing kills the program twenty times while people save, publish and
// reply. Every story and every reply that was acknowledged is there afterwards, whole,
// and each start is ready by itself.
func TestKillLosesNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.start()
	owner := p.signIn()
	p.setUp(owner)
	author := owner.Get("/desk/stories/new").OK().Form("#editor").Values.Get("authors")
	publishAs(owner, author, "To be answered")
	stamp := owner.Get(answeredStory + "/reply").OK().Form("form[data-reply]").Values.Get("stamp")
	var acknowledged, answers ledger
	var slowest time.Duration
	for round := range kills {
		var writers sync.WaitGroup
		quit := make(chan struct{})
		for w := range killWriters {
			writers.Go(func() { write(owner, author, fmt.Sprintf("%d-%d", round, w), quit, &acknowledged) })
		}
		writers.Go(func() { answer(t, p, owner, stamp, round, quit, &answers) })
		before, answered := acknowledged.len(), answers.len()
		for acknowledged.len() < before+3 || answers.len() < answered+2 { // there is load, so that the blow falls into it
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		p.kill()
		close(quit)
		writers.Wait()
		slowest = max(slowest, p.start())
		owner.Get("/desk").OK() // the session was acknowledged, too
	}
	if err := p.stop(); err != nil {
		t.Errorf("the program ends with %v: %s", err, p.said)
	}
	t.Logf("%d stories and %d replies acknowledged in %d kills; the slowest start took %s", acknowledged.len(), answers.len(), kills, slowest)

	s := site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime)
	s.Work()
	sound(t, s)
	stored := site.Rows[string](s, `SELECT title FROM stories JOIN story_texts ON story_id = id WHERE state = 'published'`)
	for _, title := range acknowledged.titles {
		if !slices.Contains(stored, title) {
			t.Errorf("%q was acknowledged and is lost", title)
		}
	}
	if broken := site.Rows[string](s, `SELECT title FROM stories WHERE state <> 'published' OR NOT EXISTS (SELECT 1 FROM story_revisions r WHERE r.story_id = stories.id)
		OR NOT EXISTS (SELECT 1 FROM story_authors a WHERE a.story_id = stories.id)`); len(broken) > 0 {
		t.Errorf("half done: %q", broken)
	}
	if list := walkList(t, s.Reader(), "/stories"); len(list) != len(stored) {
		t.Errorf("%d stories are published and %d are listed", len(stored), len(list))
	}
	allAnswers(t, s, &answers)
}

// write publishes stories as fast as it can, and notes those that were acknowledged.
func write(owner *site.Visitor, author, name string, quit chan struct{}, acknowledged *ledger) {
	for n := 0; ; n++ {
		select {
		case <-quit:
			return
		default:
		}
		title := fmt.Sprintf("Story %s-%d", name, n)
		if publishAs(owner, author, title) {
			acknowledged.note(title)
		}
	}
}

func publishAs(owner *site.Visitor, author, title string) bool {
	status, _ := owner.Try("/desk/stories/new", url.Values{"title": {title}, "body": {"The text of " + title + "."}, "format": {"markdown"}, "language": {"en"},
		"authors": {author}, "do": {"publish"}})
	return status == http.StatusSeeOther
}

const answeredStory = "/stories/to-be-answered"

// answer replies to a story as fast as it can, the owner and a stranger by turns, and
// notes what was acknowledged. Each stranger comes from a network of their own.
func answer(t *testing.T, p *program, owner *site.Visitor, stamp string, round int, quit chan struct{}, acknowledged *ledger) {
	for n := 0; ; n++ {
		select {
		case <-quit:
			return
		default:
		}
		body := fmt.Sprintf("Answer %d-%d.", round, n)
		form := url.Values{"body": {body}, "stamp": {stamp}}
		by := owner
		if n%2 == 1 {
			by = site.At(t, "http://"+p.address).From(net.IPv4(127, 1, byte(round), byte(1+n%250)))
			form.Set("name", "A reader")
			form.Set("email", fmt.Sprintf("reader-%d-%d@readers.example", round, n))
		}
		if status, _ := by.Try(answeredStory+"/replies", form); status == http.StatusSeeOther {
			acknowledged.note(body)
		}
	}
}

// allAnswers finds every reply that was acknowledged, each with its check, and as many
// counted as readers see.
func allAnswers(t *testing.T, s *site.Site, acknowledged *ledger) {
	t.Helper()
	stored := site.Rows[string](s, `SELECT body FROM replies`)
	for _, body := range acknowledged.titles {
		if !slices.Contains(stored, body) {
			t.Errorf("%q was acknowledged and is lost", body)
		}
	}
	if broken := site.Rows[string](s, `SELECT body FROM replies r WHERE NOT EXISTS (SELECT 1 FROM reply_checks c WHERE c.reply_id = r.id)`); len(broken) > 0 {
		t.Errorf("half done: %q", broken)
	}
	states := site.Rows[string](s, `SELECT state || ' ' || count(*) FROM replies GROUP BY state ORDER BY state DESC`)
	counted := site.Rows[string](s, `SELECT 'published ' || published FROM story_replies`)
	if len(states) < 2 || len(counted) != 1 || states[0] != counted[0] {
		t.Errorf("there are %q, counted %q", states, counted)
	}
}

// TestKillByALimitOfSpace lets files grow to a limit only: a save that does not fit
// is refused and its text handed back, readers go on, and when there is room again
// saving works without a new start.
func TestKillByALimitOfSpace(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.start()
	p.setUp(p.signIn())
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	p.limit = "3000" // in units of 1024 bytes
	p.start()
	owner := p.signIn()
	text := strings.Repeat("Many words that have to be stored somewhere. ", 3000)
	var refused *site.Page
	for n := range 200 {
		form := owner.Get("/desk/stories/new").OK().Form("#editor")
		answer := form.Set("title", fmt.Sprintf("Long story %d", n)).Set("body", text+fmt.Sprint(n)).Send("publish")
		if answer.Status != http.StatusSeeOther {
			refused = answer
			break
		}
	}
	if refused == nil {
		t.Fatal("the limit was never reached")
	}
	if refused.Status != http.StatusServiceUnavailable || refused.Header.Get("Retry-After") == "" {
		t.Errorf("a full disk is answered %d, %v: %s", refused.Status, refused.Header, refused.Text("main"))
	}
	if !strings.Contains(refused.Find("textarea[name=body]").Text(), text[:1000]) {
		t.Errorf("the text is not handed back: %.300s", refused.Text("main"))
	}
	owner.Get("/").OK()
	owner.Get("/stories/long-story-0").OK()
	owner.Get("/desk/stories").OK()
	var unkept *site.Page
	words := strings.Repeat("Words that a reader typed. ", 300)
	eventually(t, "a reply that does not fit", func() bool {
		unkept = owner.Get("/stories/long-story-0/reply").OK().Form("form[data-reply]").Set("body", words+fmt.Sprint(time.Now())).Send("")
		return unkept.Status != http.StatusSeeOther
	})
	if unkept.Status != http.StatusServiceUnavailable || unkept.Header.Get("Retry-After") == "" || !strings.Contains(unkept.Find("textarea[name=body]").Text(), words) {
		t.Errorf("a reply on a full disk is answered %d, %v: %.300s", unkept.Status, unkept.Header, unkept.Text("main"))
	}

	if out, err := exec.Command("prlimit", "--pid", fmt.Sprint(p.process.Process.Pid), "--fsize=unlimited").CombinedOutput(); err != nil {
		t.Fatalf("lift the limit: %v: %s", err, out)
	}
	form := owner.Get("/desk/stories/new").OK().Form("#editor").Set("title", "After the flood").Set("body", text)
	eventually(t, "saving when there is room again", func() bool { return form.Send("publish").Status == http.StatusSeeOther })
	owner.Get("/stories/after-the-flood").OK()
	if err := p.stop(); err != nil {
		t.Errorf("the program ends with %v: %s", err, p.said)
	}
	// Jobs that met the full disk wait for their next try; what was stored is whole.
	sound(t, site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime))
}

// TestKillBySIGTERM ends the program as a service manager does.
func TestKillBySIGTERM(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.start()
	p.setUp(p.signIn())
	if err := p.stop(); err != nil {
		t.Errorf("the program ends with %v: %s", err, p.said)
	}
	if !strings.Contains(p.said.String(), "requests in flight are finished first") {
		t.Errorf("it says %s", p.said)
	}
	p.start()
	site.At(t, "http://"+p.address).Get("/").OK()
}
