package wordpress_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/stories"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// manyPosts is an export of several batches.
func manyPosts(n int) string {
	parts := []string{author("ines", "Ines Falk")}
	for i := 1; i <= n; i++ {
		parts = append(parts, post(i, fmt.Sprintf("post-%d", i%40), fmt.Sprintf("Post %d", i), fmt.Sprintf("<p>Text %d of many.</p>", i),
			term("post_tag", fmt.Sprintf("tag-%d", i%7), fmt.Sprintf("Tag %d", i%7)), comment(1000+i, 0, "comment", "1", "Yes")))
	}
	return export(site, parts...)
}

// stand is all that an import leaves behind, without what differs from run to run.
func (k *kit) stand(t testing.TB) []string {
	t.Helper()
	return slices.Concat(
		k.rows(t, 6, `SELECT slug, state, title, published_at, version, note FROM stories ORDER BY slug`),
		k.rows(t, 3, `SELECT s.slug, p.handle, a.position FROM story_authors a JOIN stories s ON s.id = a.story_id JOIN profiles p ON p.id = a.profile_id ORDER BY 1, 2`),
		k.rows(t, 3, `SELECT s.slug, o.slug, x.position FROM story_topics x JOIN stories s ON s.id = x.story_id JOIN topics o ON o.id = x.topic_id ORDER BY 1, 2`),
		k.rows(t, 3, `SELECT r.path, r.kind, s.slug FROM redirects r JOIN stories s ON s.id = r.subject_id ORDER BY r.path`),
		k.rows(t, 5, `SELECT kind, source_id, hash, version, site FROM imported ORDER BY kind, source_id`),
		k.rows(t, 6, `SELECT i.source_id, r.state, r.name, r.body, r.place, r.written_at FROM replies r JOIN imported i ON i.subject_id = r.id ORDER BY i.source_id`),
		k.rows(t, 2, `SELECT slug, name FROM topics ORDER BY slug`),
		k.rows(t, 2, `SELECT handle, name FROM profiles ORDER BY handle`),
		k.rows(t, 3, `SELECT kind, name, n FROM story_counts WHERE kind = 'month' ORDER BY name`),
		k.rows(t, 2, `SELECT story_id, count(*) FROM story_revisions GROUP BY story_id HAVING count(*) <> 2`),
	)
}

// cut imports with a progress function that ends the import after some batches.
func (k *kit) cut(t testing.TB, text string, end func(batch int, cancel func())) (wordpress.Report, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	source, err := wxr.NewSource(strings.NewReader(text), int64(len(text)), wxr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	batch := 0
	return k.Import.Import(ctx, source, wordpress.Options{By: owner(), Progress: func(read, total int64) {
		if read > total/2 { // the second reading
			batch++
			end(batch, cancel)
		}
	}})
}

func TestInterrupted(t *testing.T) {
	text := manyPosts(101)
	each(t, func(t *testing.T, k *kit) {
		k.bring(t, text)
		whole := k.stand(t)
		for name, end := range map[string]func(int, func()){
			"cancelled": func(batch int, cancel func()) {
				if batch == 1 {
					cancel()
				}
			},
			"crashed": func(batch int, cancel func()) {
				if batch == 2 {
					panic("power cut")
				}
			},
		} {
			t.Run(name, func(t *testing.T) {
				k := newKit(fresh(t, k))
				crashed := k.interrupted(t, text, end)
				some := len(k.rows(t, 1, `SELECT id FROM stories`))
				if some == 0 || some >= 101 {
					t.Fatalf("%d stories came before the end", some)
				}
				left := k.rows(t, 1, `SELECT state FROM imports`)
				if want := map[bool]string{false: "interrupted", true: "running"}[crashed]; left[0] != want {
					t.Errorf("the import is %s, want %s", left[0], want)
				}
				r := k.bring(t, text)
				if !r.Continued || r.Kept.Stories != some || r.Made.Stories != 101-some {
					t.Errorf("continued %v, kept %s, made %s", r.Continued, r.Kept, r.Made)
				}
				if got := k.stand(t); !slices.Equal(got, whole) {
					t.Errorf("resumed differs from uninterrupted:\n%s", difference(got, whole))
				}
				if states := k.rows(t, 1, `SELECT state FROM imports ORDER BY started_at, id`); strings.Join(states, " ") != "interrupted done" {
					t.Errorf("imports are %v", states)
				}
			})
		}
	})
}

// TestOvertaken begins an import of the same site elsewhere while one is on its way.
func TestOvertaken(t *testing.T) {
	text := manyPosts(130)
	each(t, func(t *testing.T, k *kit) {
		elsewhere := newKit(k.Ground)
		_, err := k.cut(t, text, func(batch int, _ func()) {
			if batch == 1 {
				elsewhere.bring(t, text)
			}
		})
		if !problem.Is(err, problem.Conflict) {
			t.Errorf("the one that was overtaken ended with %v", err)
		}
		if states := k.rows(t, 1, `SELECT state FROM imports ORDER BY started_at, id`); strings.Join(states, " ") != "interrupted done" {
			t.Errorf("imports are %v", states)
		}
		if n := len(k.rows(t, 1, `SELECT id FROM stories`)); n != 130 {
			t.Errorf("%d stories", n)
		}
	})
}

// TestTwoAtOnce lets two processes import the same file, as far as the engine lets them.
func TestTwoAtOnce(t *testing.T) {
	text := manyPosts(130)
	each(t, func(t *testing.T, k *kit) {
		var both sync.WaitGroup
		for range 2 {
			one := newKit(k.Ground)
			both.Go(func() {
				if _, err := one.try(t, text, wordpress.Options{By: owner()}); err != nil && !problem.Is(err, problem.Conflict) {
					t.Error(err)
				}
			})
		}
		both.Wait()
		k.bring(t, text)
		if n := len(k.rows(t, 1, `SELECT id FROM stories`)); n != 130 {
			t.Errorf("%d stories of 130 posts", n)
		}
	})
}

// interrupted runs an import that is cut off, and reports whether by a panic.
func (k *kit) interrupted(t testing.TB, text string, end func(int, func())) (crashed bool) {
	t.Helper()
	defer func() { crashed = recover() != nil }()
	_, err := k.cut(t, text, end)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	return false
}

func difference(got, want []string) string {
	var b strings.Builder
	for _, line := range got {
		if !slices.Contains(want, line) {
			fmt.Fprintf(&b, "+ %s\n", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	return b.String()
}

func TestRecover(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		crash := func(int, func()) { panic("power cut") }
		if !k.interrupted(t, manyPosts(60), crash) {
			t.Fatal("no crash")
		}
		k.Update(t, k.Import.Recover)
		k.View(t, func(tx *db.Tx) error {
			runs, err := k.Import.Runs(tx, 10)
			if err == nil && (len(runs) != 1 || runs[0].State != wordpress.Interrupted || runs[0].Site != "quay.example") {
				t.Errorf("runs %+v", runs)
			}
			return err
		})
	})
}

// fresh is another database of the same engine.
func fresh(t *testing.T, k *kit) *ground.Ground {
	t.Helper()
	return ground.On(sameEngine(t, k.DB))
}

// TestWritersDoNotWaitForRendering writes something else while the texts of an import
// are rendered: on SQLite that ends only if no transaction is open meanwhile.
func TestWritersDoNotWaitForRendering(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		rendered := 0
		k.Stories.Render = func(tx *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
			rendered++
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			err := k.DB.Update(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE instance SET value = value`)
				return err
			})
			if err != nil {
				return stories.Rendered{}, err
			}
			return render(tx, f, body, language, prefix)
		}
		k.bring(t, export(site, post(1, "first", "First", "Text."), post(2, "second", "Second", "Text.")))
		k.bring(t, export(site, post(1, "first", "First", "Text."), post(2, "second", "Second", "Other text.")))
		if rendered != 3 {
			t.Errorf("%d texts were rendered, want the two new ones and the changed one", rendered)
		}
	})
}
