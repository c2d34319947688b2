package replies_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/replies"
)

func (k *kit) answer(t *testing.T, to replies.Reply, body string) replies.Reply {
	t.Helper()
	d := draft(to.StoryID, body)
	d.ParentID = to.ID
	p := k.post(t, d)
	if p.State != replies.Published {
		k.decide(t, replies.Approve, p.ID)
	}
	return k.any(t, p.ID)
}

func TestThreads(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		a := k.publish(t, draft("one", "a"))
		b := k.publish(t, draft("one", "b"))
		a1 := k.answer(t, a, "a1")
		k.answer(t, b, "b1")
		a2 := k.answer(t, a, "a2")
		a11 := k.answer(t, a1, "a11")
		k.answer(t, a2, "a21")
		if got, want := k.shown(t, "one", false), "a\n a1\n  a11\n a2\n  a21\nb\n b1\n"; got != want {
			t.Errorf("oldest first:\n%s", got)
		}
		if got, want := k.shown(t, "one", true), "b\n b1\na\n a1\n  a11\n a2\n  a21\n"; got != want {
			t.Errorf("newest first:\n%s", got)
		}
		k.decide(t, replies.Discard, a1.ID)
		if got, want := k.shown(t, "one", false), "a\n (gone)\n  a11\n a2\n  a21\nb\n b1\n"; got != want {
			t.Errorf("without a1:\n%s", got)
		}
		k.decide(t, replies.Discard, a11.ID)
		if got, want := k.shown(t, "one", false), "a\n a2\n  a21\nb\n b1\n"; got != want {
			t.Errorf("without a11:\n%s", got)
		}
		k.decide(t, replies.Approve, a11.ID)
		k.View(t, func(tx *db.Tx) error {
			talk, err := k.TalkOf(tx, "one")
			if talk.Published != 6 {
				t.Errorf("%d are counted, 6 are seen", talk.Published)
			}
			below, err2 := k.Beneath(tx, a, "", 10)
			if len(below) != 5 || below[4].Body != "a21" {
				t.Errorf("beneath a: %v", below)
			}
			over, err3 := k.Over(tx, a11)
			if len(over) != 2 || over[0].Body != "a" || !over[1].Erased || over[1].Body != "" || over[1].Name != "" {
				t.Errorf("over a11: %v", over)
			}
			return firstOf(err, err2, err3)
		})
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestPagesOfAThread(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var tops []replies.Reply
		for i := range 40 {
			tops = append(tops, k.publish(t, draft("one", fmt.Sprint("top ", i))))
		}
		for i, top := range tops[:10] {
			r := top
			for j := range i {
				r = k.answer(t, r, fmt.Sprintf("answer %d of %d", j, i))
			}
		}
		for _, newest := range []bool{false, true} {
			whole := k.shown(t, "one", newest)
			var paged strings.Builder
			var from replies.Key
			for {
				var list []replies.Reply
				k.View(t, func(tx *db.Tx) (err error) {
					list, err = k.Thread(tx, "one", newest, from, 7)
					return err
				})
				more := len(list) > 7
				for _, r := range list[:min(7, len(list))] {
					fmt.Fprintf(&paged, "%s%s\n", strings.Repeat(" ", r.Depth), r.Body)
				}
				if !more {
					break
				}
				if from = replies.KeyAfter(list[6]); !from.Valid() {
					t.Fatalf("key %v is not valid", from)
				}
			}
			if paged.String() != whole {
				t.Errorf("newest %v: pages differ from the whole:\n%s\n%s", newest, paged.String(), whole)
			}
		}
	})
}

func TestAnyDepth(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "0"))
		for i := range 110 {
			r = k.answer(t, r, fmt.Sprint(i+1))
		}
		lines := strings.Split(strings.TrimSpace(k.shown(t, "one", false)), "\n")
		if len(lines) != 111 || strings.TrimSpace(lines[110]) != "110" {
			t.Errorf("%d replies, the last %q", len(lines), lines[len(lines)-1])
		}
		if r.Depth != 100 {
			t.Errorf("the deepest is at %d", r.Depth)
		}
	})
}
