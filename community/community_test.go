package community_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
)

type kit struct {
	*ground.Ground
	Community *community.Service
	zones     []string // that ZoneMoved was told of
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		k := &kit{Ground: g}
		k.Community = &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Languages: []string{"en", "de"},
			ZoneMoved: func(_ *db.Tx, zone *time.Location) error {
				k.zones = append(k.zones, zone.String())
				return nil
			}}
		test(t, k)
	})
}

func (k *kit) settings(t testing.TB) community.Settings {
	t.Helper()
	s, err := k.Community.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// faults names the fields at fault with their messages, or the problem itself.
func faults(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	if len(p.Fields) == 0 {
		return p.Message.Key
	}
	var all []string
	for _, f := range p.Fields {
		all = append(all, f.Name+": "+f.Message.Key)
	}
	return strings.Join(all, ", ")
}

func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.settings(t)
		if s != community.Defaults() || s.SetUp {
			t.Errorf("before set-up: %+v", s)
		}
		s.Name, s.Tagline, s.Language, s.TimeZone, s.Accent = "  Halfway ", "People on their way", "de", "Europe/Berlin", " #AA2244 "
		effect := k.Effects(t, []string{community.TagSite}, func() {
			if err := k.Community.Save(t.Context(), "", s); err != nil {
				t.Fatal(err)
			}
		})
		if effect[community.TagSite] != ground.Stale {
			t.Errorf("pages are %v", effect)
		}
		got := k.settings(t)
		want := community.Settings{Name: "Halfway", Tagline: s.Tagline, Language: "de", TimeZone: "Europe/Berlin", Accent: "#aa2244",
			RecordDays: 365, BackupDays: 90, Version: 1, SetUp: true, Updated: got.Updated}
		if got != want || !got.Updated.Equal(k.Clock.Now()) || got.Location().String() != "Europe/Berlin" {
			t.Errorf("read back %+v, want %+v", got, want)
		}
		got.Tagline = "Another"
		if err := k.Community.Save(t.Context(), "", got); err != nil {
			t.Fatal(err)
		}
		if now := k.settings(t); now.Tagline != "Another" || now.Version != 2 || !now.SetUp {
			t.Errorf("saved again: %+v", now)
		}
		if strings.Join(k.zones, " ") != "Europe/Berlin" {
			t.Errorf("the zone moved to %q; want once to Berlin", k.zones)
		}
	})
}

func TestSettingsRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for want, change := range map[string]func(*community.Settings){
			"name: community.name_missing":         func(s *community.Settings) { s.Name = " " },
			"name: field.too_long":                 func(s *community.Settings) { s.Name = strings.Repeat("é", 81) },
			"tagline: field.too_long":              func(s *community.Settings) { s.Tagline = strings.Repeat("é", 161) },
			"language: community.language_unknown": func(s *community.Settings) { s.Language = "fr" },
			"time_zone: community.zone_unknown":    func(s *community.Settings) { s.TimeZone = "Mars/Olympus" },
			"accent: community.accent_form":        func(s *community.Settings) { s.Accent = "# 1 2 3" },
			"accent: community.accent_pale":        func(s *community.Settings) { s.Accent = "#ffff00" },
		} {
			s := k.settings(t)
			change(&s)
			if got := faults(k.Community.Save(t.Context(), "", s)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		for _, zone := range []string{"", "Local", "../../etc/passwd"} {
			s := k.settings(t)
			s.TimeZone = zone
			if got := faults(k.Community.Save(t.Context(), "", s)); got != "time_zone: community.zone_unknown" {
				t.Errorf("zone %q: %s", zone, got)
			}
		}
		if k.settings(t).SetUp {
			t.Error("something was saved")
		}
	})
}

func TestSettingsSavedTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for version := range int64(2) {
			s := k.settings(t)
			var saved, refused atomic.Int32
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					switch err := k.Community.Save(t.Context(), "", s); {
					case err == nil:
						saved.Add(1)
					case problem.Is(err, problem.Conflict):
						refused.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			all.Wait()
			if saved.Load() != 1 || refused.Load() != 7 || k.settings(t).Version != version+1 {
				t.Errorf("%d saved, %d refused, version %d", saved.Load(), refused.Load(), k.settings(t).Version)
			}
		}
	})
}

func TestUnknownZoneIsUTC(t *testing.T) {
	t.Parallel()
	if got := (community.Settings{TimeZone: "Gone/Away"}).Location(); got != time.UTC {
		t.Errorf("%v", got)
	}
}

func TestRecord(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, act := range []string{"one", "two", "three"} {
			k.Update(t, func(tx *db.Tx) error { return k.Community.Record(tx, "", act, "story:1", "why") })
			k.Clock.Advance(200 * 24 * time.Hour)
		}
		acts := func(limit int) string {
			var all []string
			k.View(t, func(tx *db.Tx) error {
				list, err := k.Community.Acts(tx, community.ActSearch{}, community.ActKey{}, limit)
				for _, a := range list {
					all = append(all, a.Act)
				}
				return err
			})
			return strings.Join(all, " ")
		}
		if got := acts(2); got != "three two" {
			t.Errorf("acts: %s", got)
		}
		k.Update(t, k.Community.SweepActs)
		if got := acts(9); got != "three" {
			t.Errorf("after a year: %s", got)
		}
		settings := k.settings(t)
		settings.RecordDays = 91
		if err := k.Community.Save(t.Context(), "", settings); !problem.Is(err, problem.Invalid) {
			t.Errorf("a length of time that is not offered: %v", err)
		}
		settings.Name, settings.RecordDays = "Name", 90
		if err := k.Community.Save(t.Context(), "", settings); err != nil {
			t.Fatal(err)
		}
		k.Update(t, k.Community.SweepActs)
		if got := acts(9); got != "community.saved" {
			t.Errorf("after 90 days: %s", got)
		}
	})
}

func TestTheRecordIsSearched(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i := range 12 {
			who := []string{"ana", "bo", ""}[i%3]
			k.Update(t, func(tx *db.Tx) error {
				return k.Community.Record(tx, who, []string{"story.saved", "role.granted"}[i%2], "x:1", fmt.Sprint(i))
			})
			if i%4 == 3 {
				k.Clock.Advance(time.Minute)
			}
		}
		find := func(s community.ActSearch, limit int) string {
			var all []string
			var from community.ActKey
			for {
				var list []community.Act
				k.View(t, func(tx *db.Tx) (err error) {
					list, err = k.Community.Acts(tx, s, from, limit)
					return err
				})
				if len(list) == 0 {
					return strings.Join(all, " ")
				}
				for _, a := range list {
					all = append(all, a.Detail)
					from = community.ActKey{At: a.At, ID: a.ID}
				}
			}
		}
		for _, c := range []struct {
			find community.ActSearch
			want string
		}{
			{community.ActSearch{}, "11 10 9 8 7 6 5 4 3 2 1 0"},
			{community.ActSearch{By: "ana"}, "9 6 3 0"},
			{community.ActSearch{Acts: []string{"role.granted"}}, "11 9 7 5 3 1"},
			{community.ActSearch{Acts: []string{"role.granted", "story.saved", "x"}}, "11 10 9 8 7 6 5 4 3 2 1 0"},
			{community.ActSearch{By: "bo", Acts: []string{"role.granted", "x"}}, "7 1"},
			{community.ActSearch{Acts: []string{"x"}}, ""},
		} {
			for _, limit := range []int{1, 3, 50} {
				if got := find(c.find, limit); got != c.want {
					t.Errorf("%+v by %d: %s, want %s", c.find, limit, got, c.want)
				}
			}
		}
	})
}
