package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/settings"
)

func TestProviders(t *testing.T) {
	t.Parallel()
	var p settings.Providers
	text := "https://accounts.example waypost s3c,ret Example Accounts, https://id.example/realms/x client other-secret Uni"
	if err := p.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	list := p.List()
	if len(list) != 2 || list[0] != (settings.SignInProvider{Key: "example-accounts", Name: "Example Accounts", Issuer: "https://accounts.example", ClientID: "waypost", Secret: "s3c,ret"}) ||
		list[1].Name != "Uni" || list[1].Secret != "other-secret" || list[1].Issuer != "https://id.example/realms/x" {
		t.Errorf("read as %q", fmt.Sprint(len(list)))
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if shown := fmt.Sprintf(verb, p); strings.Contains(shown, "ret") || !strings.Contains(shown, "hidden") {
			t.Errorf("%s shows %s", verb, shown)
		}
	}
	for _, wrong := range []string{"http://a.example c s Name", "https://a.example c s", "https://a.example c s !!", "x", "https://a.example c s A, https://b.example c s A",
		"https://a.example c s A, https://a.example c s B", "https://u@a.example c s A"} {
		if err := p.UnmarshalText([]byte(wrong)); err == nil || strings.Contains(err.Error(), "a.example") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := p.UnmarshalText(nil); err != nil || len(p.List()) != 0 {
		t.Errorf("nothing: %v", err)
	}
}

func FuzzProviders(f *testing.F) {
	f.Add("https://accounts.example waypost secret Example, https://id.example c s Uni")
	f.Add("https://a.example,https://b.example")
	f.Fuzz(func(t *testing.T, text string) {
		var p settings.Providers
		if p.UnmarshalText([]byte(text)) == nil {
			for _, one := range p.List() {
				if one.Key == "" || one.Secret == "" || !strings.HasPrefix(one.Issuer, "https://") {
					t.Errorf("%q gives a provider that lacks something", text)
				}
			}
		}
	})
}
