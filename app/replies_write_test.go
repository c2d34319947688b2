package app_test

import (
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
)

// settle changes the settings of replies.
func settleReplies(t *testing.T, s *site.Site, change func(c *replies.Settings)) {
	t.Helper()
	var c replies.Settings
	s.View(func(tx *db.Tx) (err error) {
		c, err = s.Replies.SettingsIn(tx)
		return err
	})
	change(&c)
	if err := s.Replies.SaveSettings(t.Context(), members.Actor{Roles: []members.Role{members.Owner}}, c); err != nil {
		t.Fatal(err)
	}
}

// TestThePageOnProcessingSaysWhatIsInForce looks before and after an owner has changed
// how long things are kept and who looks first.
func TestThePageOnProcessingSaysWhatIsInForce(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		says := func(want ...string) {
			t.Helper()
			p := s.Reader().Get("/privacy/replies").OK()
			if got := p.Header.Get("Cache-Control"); got != "public, no-cache" {
				t.Errorf("it is kept as %q", got)
			}
			for _, part := range want {
				if text := p.Text("main"); !strings.Contains(text, part) {
					t.Errorf("it does not say %q: %s", part, text)
				}
			}
		}
		says("network address is deleted after 7 days", "deleted together with the reply", "gone for good after 30 days", "Your first reply is looked at", "No outside service", "15 minutes")
		settleReplies(t, s, func(c *replies.Settings) { c.NetworkDays, c.EmailDays, c.SpamDays, c.Mode = 0, 180, 7, replies.HoldAll })
		says("network address is deleted within six hours", "deleted after 180 days", "gone for good after 7 days", "A person looks at every reply")
	})
}
