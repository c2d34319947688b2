package app_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// patience is how long another node may take at most before a test gives up; it follows within a second,
// which the bench measures, and the rest is for machines that run many tests at once.
const patience = time.Minute

// twoNodes are two programs on one database that share a folder of media.
func twoNodes(t *testing.T) (a, b *site.Site, ok bool) {
	t.Helper()
	engines := testkit.Engines()
	if len(engines) == 1 {
		t.Log("SQLite has one node: its folder is locked, which TestFolderIsLocked proves")
		return nil, nil, false
	}
	a = site.New(t, site.On(engines[1]), site.Demo, site.RealTime, site.Running)
	return a, site.New(t, site.In(beside(t, a), a.Place), site.RealTime, site.Running), true
}

// beside makes the data folder of another node: the same key, the same media.
func beside(t *testing.T, s *site.Site) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(s.Folder, "media"), filepath.Join(folder, "media")); err != nil {
		t.Fatal(err)
	}
	copyKey(t, s.Folder, folder)
	return folder
}

func copyKey(t *testing.T, from, to string) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(from, "instance.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, "instance.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
}

// eventually asks again and again until it is so, and returns how long that took.
func eventually(t *testing.T, what string, so func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !so() {
		if time.Since(start) > patience {
			t.Fatalf("%s: not within %s", what, patience)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(start)
}

func TestTwoNodesServeOneCommunity(t *testing.T) {
	t.Parallel()
	a, b, ok := twoNodes(t)
	if !ok {
		return
	}
	owner, readerA, readerB := a.SignIn(), a.Reader(), b.Reader()
	etag := readerB.Get(story).OK().Header.Get("Etag")
	readerB.Get(story, "If-None-Match", etag).Want(http.StatusNotModified)

	owner.Get(deskOf(t, a, story)).OK().Form("#editor").Set("title", "Seen from both nodes").Press("save").OK()
	if got := readerA.Get(story).OK().Text("h1"); got != "Seen from both nodes" {
		t.Errorf("the node that took the change still shows %q", got)
	}
	took := eventually(t, "a change on the other node", func() bool { return readerB.Get(story).OK().Text("h1") == "Seen from both nodes" })
	t.Logf("a change was seen on the other node after %s", took)

	owner.Get(deskOf(t, a, story)).OK().Form("#editor").Press("unpublish").OK()
	took = eventually(t, "a story taken down on the other node", func() bool { return readerB.Get(story, "If-None-Match", etag).Status == http.StatusGone })
	t.Logf("a story taken down was gone from the other node after %s", took)
	eventually(t, "the word that every node has forgotten", func() bool {
		done, err := a.Keeper.ForgottenEverywhere(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return done
	})
	for range 20 {
		readerB.Get(story).Want(http.StatusGone)
	}
	cookie := "waypost=" + owner.Cookie("waypost")
	readerB.Get("/desk", "Cookie", cookie).OK()
	owner.Get("/desk").Form("form[action='/sign-out']").Press("")
	b.Reader().Get("/desk", "Cookie", cookie).Want(http.StatusUnauthorized)
}

// TestTwoNodesTakeOneSave saves the same version on both nodes at once: one save is
// taken, the other is shown both texts.
func TestTwoNodesTakeOneSave(t *testing.T) {
	t.Parallel()
	a, b, ok := twoNodes(t)
	if !ok {
		return
	}
	cookie := "waypost=" + a.SignIn().Cookie("waypost")
	for round := range 10 {
		var answers [2]int
		var both sync.WaitGroup
		forms := []*site.Form{a.Reader().Get(deskOf(t, a, story), "Cookie", cookie).OK().Form("#editor"), b.Reader().Get(deskOf(t, b, story), "Cookie", cookie).OK().Form("#editor")}
		for i, node := range []*site.Site{a, b} {
			values := forms[i].Set("body", fmt.Sprintf("Round %d as node %d has it.", round, i)).Values
			values.Set("do", "save")
			reader, address := node.Reader(), deskOf(t, node, story)
			both.Go(func() { answers[i] = reader.Post(address, values, "Cookie", cookie).Status })
		}
		both.Wait()
		if answers != [2]int{http.StatusSeeOther, http.StatusConflict} && answers != [2]int{http.StatusConflict, http.StatusSeeOther} {
			t.Errorf("round %d: the nodes answer %v", round, answers)
		}
	}
}

// TestTwoNodesShareMediaAndJobs uploads on one node what the other serves, and lets
// both do the jobs: each once.
func TestTwoNodesShareMediaAndJobs(t *testing.T) {
	t.Parallel()
	a, b, ok := twoNodes(t)
	if !ok {
		return
	}
	form := newStory(a, a.SignIn(), "With a picture", "Look.").Set("cover_alt", "Colours")
	form.Attach("cover_file", "colours.png", picture(t, 1200, 700)).Press("publish").OK()
	image := ""
	eventually(t, "the story with its picture on the other node", func() bool {
		if p := b.Reader().Get("/stories/with-a-picture"); p.Status == http.StatusOK {
			image = strings.Join(p.Attrs(".cover img", "src"), "")
		}
		return image != ""
	})
	b.Reader().Get(image).OK()
	multiply(t, a, 30)
	eventually(t, "all jobs", func() bool {
		return site.Rows[int64](b, `SELECT count(*) FROM jobs WHERE state <> 'done' AND due_at < $1`, time.Now().UnixMilli())[0] == 0
	})
	if wrong := site.Rows[string](a, `SELECT kind || ' ' || attempt || ' ' || error FROM jobs WHERE attempt > 1 OR error <> ''`); len(wrong) > 0 {
		t.Errorf("jobs done more than once: %q", wrong)
	}
}
