package site_test

import (
	"maps"
	"net/http"
	"testing"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

func TestSampleOnEachEngine(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		if n := s.Reader().Get("/stories").OK().Find(".entry").Length(); n < 24 {
			t.Errorf("%d stories", n)
		}
	})
}

func TestOwnerSignsIn(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Reader().Get("/desk").Want(http.StatusUnauthorized)
	before := s.State()
	owner := s.SignIn()
	owner.Get("/desk").OK()
	if maps.Equal(before, s.State()) {
		t.Error("a session changes no row")
	}
	if !maps.Equal(s.State(), s.State()) {
		t.Error("two looks at the same rows differ")
	}
}

func TestStopAndOpenAgain(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Running)
	s.Stop()
	again := site.New(t, site.In(s.Folder, s.Place))
	again.Reader().Get("/stories/when-the-dream-job-was-not-the-dream").OK()
}
