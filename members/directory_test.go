package members_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

var (
	reader = members.Actor{}
	member = members.Actor{AccountID: "somebody", ProfileID: "somebody-else", Roles: []members.Role{members.Member}}
)

// TestWhoSeesWhat holds every field against every audience and every kind of onlooker.
func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	whole := members.Profile{ID: "p", Handle: "ann", Name: "Ann", Pronouns: "she", Place: "Bergen", Bio: "Sound.", PictureID: "x", AccountID: "a",
		Links: []members.Link{{Label: "l", URL: "https://l.example/"}}}
	has := map[string]func(members.Profile) bool{
		"pronouns": func(p members.Profile) bool { return p.Pronouns != "" }, "place": func(p members.Profile) bool { return p.Place != "" },
		"bio": func(p members.Profile) bool { return p.Bio != "" }, "links": func(p members.Profile) bool { return len(p.Links) > 0 },
		"picture": func(p members.Profile) bool { return p.PictureID != "" },
	}
	own := members.Actor{AccountID: "a", ProfileID: "p"}
	for _, field := range members.ShownFields {
		for audience, want := range map[members.Audience][3]bool{
			members.Everyone: {true, true, true}, members.MembersOnly: {false, true, true}, members.NoOne: {false, false, true}, "": {true, true, true}} {
			p := whole
			if audience != "" {
				p.Shown = map[string]members.Audience{field: audience}
			}
			for i, by := range []members.Actor{reader, member, own} {
				if got := p.SeenBy(by); has[field](got) != want[i] || got.Name != "Ann" {
					t.Errorf("%s for %q: onlooker %d sees %+v", field, audience, i, got)
				}
			}
		}
	}
	for audience, want := range map[members.Audience][3]bool{
		members.Everyone: {true, true, true}, members.MembersOnly: {false, true, true}, members.NoOne: {false, false, true}} {
		p := whole
		p.Audience = audience
		for i, by := range []members.Actor{reader, member, own} {
			if p.FoundBy(by) != want[i] {
				t.Errorf("for %q: onlooker %d finds it: %v", audience, i, !want[i])
			}
		}
	}
	if len(has) != len(members.ShownFields) {
		t.Error("a field is not tried")
	}
}

func TestProfileKeepsWhoSeesIt(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		shown := map[string]members.Audience{"bio": members.NoOne, "place": members.MembersOnly}
		p := k.profile(t, members.Profile{Name: "Ann", Audience: members.MembersOnly, Shown: shown})
		k.View(t, func(tx *db.Tx) error {
			got, err := k.Members.ProfileByID(tx, p.ID)
			if got.Audience != members.MembersOnly || !reflect.DeepEqual(got.Shown, shown) {
				t.Errorf("read back %+v", got)
			}
			return err
		})
		for field, bad := range map[string]members.Profile{
			"audience: field.unknown":       {Name: "Ben", Audience: "friends"},
			"shown_bio: field.unknown":      {Name: "Ben", Shown: map[string]members.Audience{"bio": "friends"}},
			"shown_the_name: field.unknown": {Name: "Ben", Shown: map[string]members.Audience{"the_name": members.Everyone}},
		} {
			if _, err := k.Members.SaveProfile(t.Context(), "", bad); faults(err) != field {
				t.Errorf("%+v: %v, want %s", bad, err, field)
			}
		}
		// What is hidden is gone from kept pages at once.
		effects := k.Effects(t, []string{members.TagProfile(p.ID)}, func() {
			p.Shown = map[string]members.Audience{"bio": members.NoOne, "place": members.NoOne}
			p = k.profile(t, p)
		})
		if effects[members.TagProfile(p.ID)] != "forgotten" {
			t.Errorf("a page that shows the place is %s", effects[members.TagProfile(p.ID)])
		}
	})
}

func (k *kit) people(t testing.TB, by members.Actor, begins string, size int) []string {
	t.Helper()
	var names []string
	var after members.DirectoryKey
	for {
		var next *members.DirectoryKey
		k.View(t, func(tx *db.Tx) error {
			list, n, err := k.Members.Directory(tx, by, begins, after, size)
			next = n
			for _, p := range list {
				names = append(names, p.Name)
			}
			return err
		})
		if next == nil {
			return names
		}
		after = *next
	}
}

func TestPeople(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, name := range []string{"Örn Bergström", "Ann O’Neill-Örn", "李明", "ann berg", "Zoë", "Ann Berg"} {
			k.profile(t, members.Profile{Name: name, Audience: members.MembersOnly})
		}
		k.profile(t, members.Profile{Name: "Ann Hidden", Audience: members.NoOne})
		k.profile(t, members.Profile{Name: "Ann Desk"})
		public := k.profile(t, members.Profile{Name: "Ben Public", Audience: members.Everyone})
		for begins, want := range map[string]string{
			"": "ann berg,Ann Berg,Ann O’Neill-Örn,Ben Public,Örn Bergström,Zoë,李明", "ann": "ann berg,Ann Berg,Ann O’Neill-Örn",
			"BERG": "Ann Berg,ann berg,Örn Bergström", "orn": "Ann O’Neill-Örn,Örn Bergström", "ann b": "Ann Berg,ann berg", "李": "李明", "x": "", "hid": "",
			"%": "ann berg,Ann Berg,Ann O’Neill-Örn,Ben Public,Örn Bergström,Zoë,李明",
		} {
			wanted := strings.Split(want, ",")
			if want == "" {
				wanted = nil
			}
			slices.Sort(wanted)
			for _, size := range []int{1, 2, 60} {
				got := k.people(t, member, begins, size)
				slices.Sort(got)
				if !slices.Equal(slices.Compact(got), wanted) {
					t.Errorf("%q by %d: %q, want %q", begins, size, got, wanted)
				}
			}
		}
		if got := k.people(t, member, "", 60); got[len(got)-2] != "Zoë" || got[2] != "Ann O’Neill-Örn" {
			t.Errorf("the order is %q", got)
		}
		if got := k.people(t, reader, "", 60); !slices.Equal(got, []string{"Ben Public"}) {
			t.Errorf("everybody finds %q", got)
		}
		k.View(t, func(tx *db.Tx) error {
			_, hidden := k.Members.Person(tx, member, "ann-hidden")
			_, missing := k.Members.Person(tx, member, "no-such")
			_, outside := k.Members.Person(tx, reader, "zoe")
			if fmt.Sprint(hidden) != fmt.Sprint(missing) || !problem.Is(hidden, problem.NotFound) || !problem.Is(outside, problem.NotFound) {
				t.Errorf("hidden %v, missing %v, from outside %v", hidden, missing, outside)
			}
			p, err := k.Members.Person(tx, reader, public.Handle)
			if err != nil || p.Name != "Ben Public" {
				t.Errorf("public: %+v, %v", p, err)
			}
			ids, err := k.Members.PublicProfiles(tx)
			if len(ids) != 1 {
				t.Errorf("public profiles %v", ids)
			}
			return err
		})
	})
}
