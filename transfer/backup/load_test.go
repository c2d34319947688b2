package backup_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

const (
	writers = 8
	backups = 3
	most    = 25 // stories of a writer for each backup, far more than it waits for
)

// ledger is what writers were told is on disk.
type ledger struct {
	mu     sync.Mutex
	change *sync.Cond
	ids    []string
	failed bool
}

func newLedger() *ledger {
	l := &ledger{}
	l.change = sync.NewCond(&l.mu)
	return l
}

func (l *ledger) add(id string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed = l.failed || err != nil; err == nil {
		l.ids = append(l.ids, id)
	}
	l.change.Broadcast()
}

// with waits for n acknowledged stories and lists those there are then.
func (l *ledger) with(n int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.ids) < n && !l.failed {
		l.change.Wait()
	}
	return slices.Clone(l.ids)
}

// writeStory writes three rows that belong together.
func writeStory(tx *db.Tx, id string) error {
	_, err := tx.Exec(`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words, has_trail, created_at, updated_at)
		VALUES ($1, $1, 'draft', '', '', 'en', '', '', '', 1, 0, FALSE, 0, 0)`, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO story_texts (story_id, format, body, trail, rendered, outline, renderer) VALUES ($1, 'markdown', $2, '', '', '[]', 1)`,
		id, strings.Repeat(id+" ", 50))
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO audit (id, at, act, subject, detail) VALUES ($1, 0, 'wrote', $1, '')`, id)
	return err
}

func TestBackupWhileOthersWrite(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d, media, log := migrated(t, e), folder(t), newLedger()
		for n := range backups {
			picture(t, d, media, fmt.Sprint("taken at ", n))
			enough := len(log.with(0)) + 50
			stop := startWriters(t, d, log, fmt.Sprint("backup", n))
			before := log.with(enough)
			path := filepath.Join(t.TempDir(), "site.zip")
			_, err := backup.Write(t.Context(), d, media, path, options())
			stop()
			if err != nil {
				t.Fatal(err)
			}
			checkRestored(t, e, path, before, n+1)
		}
	})
}

// startWriters lets them write until stop, which waits for them, or until there is
// plenty: a slow backup must not make itself ever more work.
func startWriters(t *testing.T, d *db.DB, log *ledger, prefix string) (stop func()) {
	var enough atomic.Bool
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := 0; n < most && !enough.Load(); n++ {
				id := fmt.Sprintf("%s-%d-%05d", prefix, w, n)
				err := d.Update(t.Context(), func(tx *db.Tx) error { return writeStory(tx, id) })
				log.add(id, err)
				if err != nil {
					t.Errorf("write under backup: %v", err)
					return
				}
			}
		})
	}
	return func() {
		enough.Store(true)
		group.Wait()
	}
}

// checkRestored restores a backup and looks for what was acknowledged before it.
func checkRestored(t *testing.T, e testkit.Engine, path string, acknowledged []string, pictures int) {
	t.Helper()
	d, media := testkit.Open(t, e.Fresh(t)), folder(t)
	if _, err := backup.Restore(t.Context(), path, d, media, backup.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	report, err := backup.Check(t.Context(), d, media)
	if err != nil || len(report.Findings) > 0 {
		t.Errorf("after restoring: %+v, error %v", report.Findings, err)
	}
	if len(files(t, media)) != 2*pictures {
		t.Errorf("%d files of %d pictures", len(files(t, media)), pictures)
	}
	all := contents(t, d)
	if s, x, a := len(all["stories"]), len(all["story_texts"]), len(all["audit"]); s != x || s != a {
		t.Errorf("%d stories, %d texts, %d notes", s, x, a)
	}
	there := map[string]bool{}
	err = d.View(t.Context(), func(tx *db.Tx) error {
		ids, err := db.List(tx, db.Value[string], `SELECT id FROM stories`)
		for _, id := range ids {
			there[id] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range acknowledged {
		if !there[id] {
			t.Errorf("story %s was acknowledged before the backup and is not in it", id)
		}
	}
	t.Logf("%d stories acknowledged before the backup, %d in it", len(acknowledged), len(there))
}
