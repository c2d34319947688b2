package replies_test

import (
	"slices"
	"testing"
	"time"

	"waypost/replies"
	"waypost/web/desk/fields"
	desk "waypost/web/desk/replies"
)

// TestAnAppealIsMarkedUntilItIsDecided: what was asked for has been done then.
func TestAnAppealIsMarkedUntilItIsDecided(t *testing.T) {
	t.Parallel()
	asked := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		decided time.Time
		marked  bool
	}{{"nobody has looked", time.Time{}, true}, {"decided before", asked.Add(-time.Hour), true}, {"decided since", asked.Add(time.Hour), false}} {
		row := desk.NewRow(replies.Waiting{Appealed: asked, Decided: c.decided}, replies.Story{}, desk.Place{}, time.UTC)
		if marked := !row.Appealed.IsZero(); marked != c.marked {
			t.Errorf("%s: marked is %v", c.name, marked)
		}
	}
}

// TestAnEmptyQueueSaysWhatWaits, whichever mode is in force.
func TestAnEmptyQueueSaysWhatWaits(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, mode := range replies.Modes() {
		view := desk.NewQueueView(desk.PlaceIn(nil), nil)
		view.Mode = mode
		said[view.Empty()] = true
	}
	if len(said) != len(replies.Modes()) || said[""] {
		t.Errorf("%d modes are told of by %v", len(replies.Modes()), said)
	}
}

// TestOnlyWhatIsKnownOfAReplyIsOfferedToBlock, besides what one types.
func TestOnlyWhatIsKnownOfAReplyIsOfferedToBlock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		about  replies.Waiting
		kinds  []string
		chosen string
		gone   string
	}{
		{"all is known", replies.Waiting{Reply: replies.Reply{ID: "r"}, Email: "ada@example.org", Network: "203.0.113.7"}, []string{"email", "address", "network", "domain", "phrase"}, "email", ""},
		{"the network is gone", replies.Waiting{Reply: replies.Reply{ID: "r"}, Email: "ada@example.org"}, []string{"email", "domain", "phrase"}, "email", "desk.blocks.no_network"},
		{"no address was given", replies.Waiting{Reply: replies.Reply{ID: "r"}, Network: "203.0.113.7"}, []string{"address", "network", "domain", "phrase"}, "address", "desk.blocks.no_email"},
		{"nothing is known", replies.Waiting{Reply: replies.Reply{ID: "r"}}, []string{"domain", "phrase"}, "phrase", "desk.blocks.no_source"},
		{"a member's", replies.Waiting{Reply: replies.Reply{ID: "r", AccountID: "ann"}, Network: "203.0.113.7"}, []string{"address", "network", "domain", "phrase"}, "address", ""},
		{"a member's, and the network is gone", replies.Waiting{Reply: replies.Reply{ID: "r", AccountID: "ann"}}, []string{"domain", "phrase"}, "phrase", "desk.blocks.no_network"},
		{"no reply", replies.Waiting{}, []string{"email", "address", "network", "domain", "phrase"}, "phrase", ""},
	} {
		form := desk.NewBlockForm(fields.New(), c.about)
		var kinds []string
		for _, k := range form.Kinds {
			kinds = append(kinds, k.Value)
		}
		if !slices.Equal(kinds, c.kinds) || form.Value("kind") != c.chosen || form.Gone != c.gone {
			t.Errorf("%s: of %v, %s is chosen, and %q is said", c.name, kinds, form.Value("kind"), form.Gone)
		}
	}
	form := desk.NewBlockForm(fields.New("kind", "network"), replies.Waiting{Reply: replies.Reply{ID: "r"}, Email: "ada@example.org"})
	if form.Value("kind") != "phrase" { // for which one has to type something: nothing else is blocked by a second press
		t.Errorf("for a network that is gone meanwhile %q is chosen", form.Value("kind"))
	}
}
