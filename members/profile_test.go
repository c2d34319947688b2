package members_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/members"
)

func TestProfileReadsBack(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		want := k.profile(t, members.Profile{Name: " Ann Örn ", Pronouns: "she/her", Place: "Bergen", Bio: "Sound.",
			Links: []members.Link{{Label: "Site", URL: "https://example.org/ann"}}})
		if want.Handle != "ann-orn" || want.Name != "Ann Örn" || want.Version != 1 {
			t.Errorf("saved %+v", want)
		}
		k.View(t, func(tx *db.Tx) error {
			byID, err := k.Members.ProfileByID(tx, want.ID)
			if err != nil {
				return err
			}
			want.Created, want.Updated = byID.Created, byID.Updated
			if !reflect.DeepEqual(byID, want) || !byID.Created.Equal(k.Clock.Now()) {
				t.Errorf("read back %+v, want %+v", byID, want)
			}
			byHandle, err := k.Members.ProfileByHandle(tx, "ann-orn")
			if err != nil || byHandle.ID != want.ID {
				t.Errorf("by handle %+v, %v", byHandle, err)
			}
			many, err := k.Members.ProfilesByID(tx, []string{want.ID, "nowhere"})
			if len(many) != 1 || many[want.ID].Name != want.Name {
				t.Errorf("by IDs %+v", many)
			}
			_, missing := k.Members.ProfileByHandle(tx, "nobody")
			_, missingID := k.Members.ProfileByID(tx, "nobody")
			if !problem.Is(missing, problem.NotFound) || !problem.Is(missingID, problem.NotFound) {
				t.Errorf("nobody: %v, %v", missing, missingID)
			}
			return err
		})
	})
}

func TestHandles(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, c := range []struct{ name, want string }{
			{"Ann", "ann"}, {"Ann!", "ann-2"}, {"ann", "ann-3"}, {"…", "author"}, {"...", "author-2"}, {"2016", "2016-1"}, {"李明", "李明"},
		} {
			if p := k.profile(t, members.Profile{Name: c.name}); p.Handle != c.want {
				t.Errorf("%q: %s, want %s", c.name, p.Handle, c.want)
			}
		}
		if _, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "X", Handle: "ann"}); faults(err) != "handle: slug.taken" {
			t.Errorf("a taken handle: %v", err)
		}
	})
}

func TestOneNameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "Ann Berg"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		k.View(t, func(tx *db.Tx) error {
			list, err := k.Members.Profiles(tx, members.ProfileKey{}, 10)
			handles := map[string]bool{}
			for _, p := range list {
				handles[p.Handle] = true
			}
			if len(handles) != 4 {
				t.Errorf("handles %v", handles)
			}
			return err
		})
	})
}

func TestProfileRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		long := strings.Repeat("é", 81)
		link := func(url string) func(*members.Profile) {
			return func(p *members.Profile) { p.Links = []members.Link{{Label: "x", URL: url}} }
		}
		for _, c := range []struct {
			want   string
			change func(*members.Profile)
		}{
			{"name: author.name_missing", func(p *members.Profile) { p.Name = " " }},
			{"name: field.too_long", func(p *members.Profile) { p.Name = long }},
			{"pronouns: field.too_long, place: field.too_long", func(p *members.Profile) { p.Pronouns, p.Place = long, long }},
			{"bio: field.too_long", func(p *members.Profile) { p.Bio = strings.Repeat("é", 2001) }},
			{"handle: slug.form", func(p *members.Profile) { p.Handle = "A B" }},
			{"links: author.links_many", func(p *members.Profile) {
				p.Links = make([]members.Link, 7)
				for i := range p.Links {
					p.Links[i].URL = "https://example.org"
				}
			}},
			{"links: field.not_a_link", link("javascript:alert(1)")},
			{"links: field.not_a_link", link("https://")},
			{"links: field.not_a_link", link("//example.org")},
			{"links: field.not_a_link", link("https://me:secret@example.org")},
			{"links: field.not_a_link", link("https://example.org/" + strings.Repeat("x", 2000))},
			{"links: field.too_long", func(p *members.Profile) { p.Links = []members.Link{{Label: long, URL: "https://example.org"}} }},
		} {
			p := members.Profile{Name: "Ann", Handle: "ann"}
			c.change(&p)
			if _, err := k.Members.SaveProfile(t.Context(), "", p); faults(err) != c.want {
				t.Errorf("%s, want %s", faults(err), c.want)
			}
		}
	})
}

func TestProfileChanges(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.profile(t, members.Profile{Name: "Ann"})
		old, created := p, p.Created
		p.Handle, p.Created = "annie", created.AddDate(-9, 0, 0)
		tags := []string{members.TagProfile(p.ID), members.TagProfiles, members.TagProfile("another")}
		effect := k.Effects(t, tags, func() { p = k.profile(t, p) })
		if effect[tags[0]] != ground.Stale || effect[tags[1]] != ground.Stale || len(effect) != 2 {
			t.Errorf("stale: %v", effect)
		}
		if !p.Created.Equal(created) {
			t.Errorf("created %v, want %v", p.Created, created)
		}
		k.View(t, func(tx *db.Tx) error {
			to, ok, err := k.community.Find(tx, "/authors/ann")
			if !ok || to.ID != p.ID || to.Kind != "author" {
				t.Errorf("/authors/ann leads to %+v", to)
			}
			return err
		})
		if _, err := k.Members.SaveProfile(t.Context(), "", old); !problem.Is(err, problem.Conflict) {
			t.Errorf("saved over another version: %v", err)
		}
	})
}

func TestOneAccountIsOneAuthor(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		account := k.owner(t).Account.ID
		ann := k.profile(t, members.Profile{Name: "Ann", AccountID: account})
		k.profile(t, ann) // again, which is no second one
		if _, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "Ben", AccountID: account}); faults(err) != "account: author.account_taken" {
			t.Errorf("a second author: %v", err)
		}
	})
}

func TestProfilesByName(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, name := range []string{"Cleo", "Ann", "Ben", "Ann", "Ann"} {
			k.profile(t, members.Profile{Name: name})
		}
		for _, size := range []int{1, 2, 5} {
			var names []string
			seen := map[string]bool{}
			var key members.ProfileKey
			for {
				var page []members.Profile
				k.View(t, func(tx *db.Tx) (err error) {
					page, err = k.Members.Profiles(tx, key, size)
					return err
				})
				if len(page) == 0 {
					break
				}
				for _, p := range page {
					names, seen[p.ID], key = append(names, p.Name), true, members.ProfileKey{Name: p.Name, ID: p.ID}
				}
			}
			if got := strings.Join(names, " "); got != "Ann Ann Ann Ben Cleo" || len(seen) != 5 {
				t.Errorf("by %d: %s", size, got)
			}
		}
	})
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "?", "ann": "A", "Ann Marie Örn": "AÖ", "李明": "李", " é x ": "ÉX"} {
		if got := (members.Profile{Name: name}).Initials(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestANewAuthorTakesNobodysOldAddress makes one of the same name as somebody had.
func TestANewAuthorTakesNobodysOldAddress(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.profile(t, members.Profile{Name: "Ann Lee"})
		p.Handle = "ann-ferry"
		k.profile(t, p)
		if other := k.profile(t, members.Profile{Name: "Ann Lee"}); other.Handle != "ann-lee-2" {
			t.Errorf("another Ann Lee is at %s", other.Handle)
		}
	})
}
