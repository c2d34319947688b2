package members_test

import (
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/members"
)

func TestHandlesThatLookAlikeAreRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.profile(t, members.Profile{Name: "Ann Lee", Handle: "ann-lee"})
		for _, handle := range []string{"аnn-lee", "annlee", "ann-1ee", "änn-lee", "ánn-léé"} {
			_, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "X", Handle: handle})
			if got := faults(err); got != "handle: handle.looks_like" {
				t.Errorf("%s beside ann-lee: %s", handle, got)
			}
		}
		for _, handle := range []string{"ann.lee", "ann-lee\u202e", "ann\x00lee", strings.Repeat("a", 10_000)} {
			_, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "X", Handle: handle})
			if got := faults(err); got != "handle: slug.form" {
				t.Errorf("%.20q: %s", handle, got)
			}
		}
		if other := k.profile(t, members.Profile{Name: "Annlee"}); other.Handle != "annlee-2" {
			t.Errorf("a handle that is made is %s", other.Handle)
		}
		ann.Handle = "annlee" // looks like her own alone
		ann, err := k.Members.SaveProfile(t.Context(), "", ann)
		if err != nil {
			t.Fatal(err)
		}
		ann.Bio = "Sound."
		if ann, err = k.Members.SaveProfile(t.Context(), "", ann); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "X", Handle: "ann-lee"}); faults(err) != "handle: handle.looks_like" {
			t.Errorf("after she has moved: %v", err)
		}
	})
}

// TestProfilesOfBeforeAreLookedAt upgrades a community in which two handles look alike.
func TestProfilesOfBeforeAreLookedAt(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		first := k.profile(t, members.Profile{Name: "Ann", Handle: "ann"})
		k.Update(t, func(tx *db.Tx) error {
			if _, err := tx.Exec(`INSERT INTO profiles (id, handle, name, pronouns, place, bio, links, version, created_at, updated_at)
				VALUES ('z', 'аnn', 'Аnn', '', '', '', '[]', 1, 0, 0)`); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE profiles SET handle_looks = NULL, name_looks = NULL`)
			return err
		})
		if err := k.Members.LookMissing(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{first.ID, "z"} { // both go on as they are
			var p members.Profile
			k.View(t, func(tx *db.Tx) (err error) {
				p, err = k.Members.ProfileByID(tx, id)
				return err
			})
			p.Bio = "Sound."
			if _, err := k.Members.SaveProfile(t.Context(), "", p); err != nil {
				t.Errorf("%s: %v", p.Handle, err)
			}
		}
		if _, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: "X", Handle: "änn"}); faults(err) != "handle: handle.looks_like" {
			t.Errorf("a third: %v", err)
		}
	})
}

func TestNamesOfThoseWhoAreKnownAreTheirs(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		published := map[string]bool{}
		k.Members.Published = func(_ *db.Tx, ids []string) (map[string]bool, error) {
			known := map[string]bool{}
			for _, id := range ids {
				if published[id] {
					known[id] = true
				}
			}
			return known, nil
		}
		person := func(name string, roles ...members.Role) members.Actor {
			var by members.Actor
			k.Update(t, func(tx *db.Tx) error {
				a, err := k.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Roles: roles})
				by = members.Actor{AccountID: a.ID, Roles: a.Roles}
				return err
			})
			by.ProfileID = k.profile(t, members.Profile{Name: name, AccountID: by.AccountID}).ID
			return by
		}
		naming := func(by members.Actor, name, handle string) string {
			var got string
			k.View(t, func(tx *db.Tx) error {
				got = faults(k.Members.Naming(tx, by, name, handle))
				return nil
			})
			return got
		}
		lucy, writer, plain := person("Lucy Ives", members.Editor), k.profile(t, members.Profile{Name: "Samer Haddad"}), person("Noor van Eck")
		published[writer.ID] = true
		for _, name := range []string{"Lucy Ives", "LUCY IVES", "Iucy Ives", "Lucy. Ives", "Lúcy Ives", "Samer Haddad", "Sarner Haddad"} {
			for _, by := range []members.Actor{plain, {}} {
				if got := naming(by, name, ""); got != "name: name.borrowed" {
					t.Errorf("%q: %s", name, got)
				}
			}
		}
		for _, name := range []string{"Noor van Eck", "Lucy Ives-Brandt", "Samira Haddad"} {
			if got := naming(members.Actor{}, name, "noor"); got != "<nil>" {
				t.Errorf("%q: %s", name, got)
			}
		}
		var mara members.Actor // was given a role, and has not been here to make a profile
		k.Update(t, func(tx *db.Tx) error {
			a, err := k.Members.CreateAccount(tx, "", members.NewAccount{Name: "Mara Quist", Roles: []members.Role{members.Moderator}})
			mara = members.Actor{AccountID: a.ID, Roles: a.Roles}
			return err
		})
		k.View(t, func(tx *db.Tx) error {
			like, err := k.Members.Resembling(tx, []string{"lucy ives", "Samer Haddad", "Bo Hale", "Noor  van Eck", "Màra Quist"})
			if err != nil || !like["Màra Quist"] || !like["lucy ives"] || !like["Samer Haddad"] || like["Bo Hale"] || !like["Noor  van Eck"] {
				t.Errorf("names like those here: %v, %v", like, err)
			}
			none, err := k.Members.Resembling(tx, nil)
			if err != nil || len(none) != 0 {
				t.Errorf("of no names: %v, %v", none, err)
			}
			return nil
		})
		if got := naming(plain, "Màra Quist", ""); got != "name: name.borrowed" {
			t.Errorf("the name of somebody with a role and no profile: %s", got)
		}
		if got := naming(mara, "Mara Quist", ""); got != "<nil>" {
			t.Errorf("whose it is: %s", got)
		}
		if got := naming(lucy, "Lucy Ives", "lucy"); got != "<nil>" {
			t.Errorf("her own name: %s", got)
		}
		if got := naming(plain, "Noor van Eck", "nооr"); got != "handle: name.mixed" {
			t.Errorf("a handle of two scripts: %s", got)
		}
		if got := naming(plain, "Lucy \u202eIves", ""); got != "name: name.hidden" {
			t.Errorf("a name that turns around: %s", got)
		}
	})
}

// TestNamesakesAreAskedInPieces looks for one who publishes behind more members of a name
// than one query asks about.
func TestNamesakesAreAskedInPieces(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		most := 0
		k.Members.Published = func(_ *db.Tx, ids []string) (map[string]bool, error) {
			most = max(most, len(ids))
			if slices.Contains(ids, "n1501") {
				return map[string]bool{"n1501": true}, nil
			}
			return nil, nil
		}
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO profiles (id, handle, name, pronouns, place, bio, links, version, created_at, updated_at, name_looks)
				WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1501)
				SELECT 'n' || i, 'ann-' || i, 'Ann', '', '', '', '[]', 1, 0, 0, $1 FROM n`, looks.Name("Ann"))
			return err
		})
		k.View(t, func(tx *db.Tx) error {
			if got := faults(k.Members.Naming(tx, members.Actor{}, "Ann", "")); got != "name: name.borrowed" || most > 500 {
				t.Errorf("%s, with %d in one question", got, most)
			}
			return nil
		})
	})
}
