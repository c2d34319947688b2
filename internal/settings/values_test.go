package settings_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"waypost/internal/settings"
)

func TestBytes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		want    settings.Bytes
		printed string
	}{
		{"64MiB", 64 << 20, "64MiB"},
		{"64 mib", 64 << 20, "64MiB"},
		{"1GiB", 1 << 30, "1GiB"},
		{"1536KiB", 1536 << 10, "1536KiB"},
		{"2MB", 2_000_000, "2000000B"},
		{"5kB", 5000, "5000B"},
		{"1GB", 1e9, "1000000000B"},
		{"4096", 4096, "4KiB"},
		{"7B", 7, "7B"},
		{"0", 0, "0B"},
	}
	for _, test := range tests {
		var got settings.Bytes
		if err := got.UnmarshalText([]byte(test.text)); err != nil || got != test.want || got.String() != test.printed {
			t.Errorf("%q = %d %q, %v, want %d %q", test.text, got, got, err, test.want, test.printed)
		}
	}
	for _, text := range []string{"", "MiB", "-1", "1.5MiB", "9223372036854775807KiB", "64 MB!", "1e6", "MiB64"} {
		var got settings.Bytes
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q = %d, want an error", text, got)
		}
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, want    string
		secure, local bool
	}{
		{"https://example.org", "https://example.org", true, false},
		{"HTTPS://Example.ORG:443/", "https://example.org", true, false},
		{"http://localhost:8080", "http://localhost:8080", false, true},
		{"http://127.0.0.1:80/", "http://127.0.0.1", false, true},
		{"http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080", false, true},
		{"http://demo.localhost", "http://demo.localhost", false, true},
		{"https://xn--bcher-kva.example", "https://xn--bcher-kva.example", true, false},
		{"http://localhost.example", "http://localhost.example", false, false},
	}
	for _, test := range tests {
		var got settings.BaseURL
		if err := got.UnmarshalText([]byte(test.text)); err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if string(got) != test.want || got.Secure() != test.secure || got.Local() != test.local {
			t.Errorf("%q = %q, secure %v, local %v", test.text, got, got.Secure(), got.Local())
		}
		if again := got.URL().String(); again != string(got) {
			t.Errorf("%q: URL() = %q", test.text, again)
		}
	}
	wrong := []string{
		"example.org", "//example.org", "ftp://example.org", "https://", "https://:80", "https://example.org/blog",
		"https://ann@example.org", "https://example.org?x=1", "https://example.org#x", "https://bücher.example",
		"https://exa mple.org", "https://example.org:0", "https://example.org:99999", "https://-a.example", "https://a..example",
		"https://a_b.example", "https://example.org\n",
	}
	for _, text := range wrong {
		var got settings.BaseURL
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q = %q, want an error", text, got)
		}
	}
}

// canary is a secret that must not turn up in anything printed.
const canary = "Kanarienvogel"

func TestSecretsAreHidden(t *testing.T) {
	t.Parallel()
	key := strings.Repeat(canary, 3)[:settings.KeySize]
	spellings := []string{
		hex.EncodeToString([]byte(key)),
		base64.StdEncoding.EncodeToString([]byte(key)),
		base64.RawURLEncoding.EncodeToString([]byte(key)),
	}
	for _, spelling := range spellings {
		s, _, err := load(t, start{environ: []string{
			"WAYPOST_INSTANCE_KEY=" + spelling,
			"WAYPOST_PATHS_KEYS=" + spelling + "," + spellings[0],
			"WAYPOST_DATABASE=postgres://ann:" + canary + "@db.example/waypost?sslmode=require&sslpassword=" + canary,
		}})
		if err != nil {
			t.Fatal(err)
		}
		if string(s.InstanceKey.Bytes()) != key {
			t.Errorf("the key %q is read as %q", spelling, s.InstanceKey.Bytes())
		}
		if all := s.PathsKeys.Bytes(); len(all) != 2 || string(all[0]) != key || string(all[1]) != key {
			t.Errorf("the keys %q twice are read as %q", spelling, all)
		}
		lines, err := s.Explain()
		if err != nil {
			t.Fatal(err)
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			printed := fmt.Sprintf(verb+verb+verb+verb, s, lines, s.InstanceKey, s.Database) + fmt.Sprintf(verb, s.PathsKeys)
			for _, secret := range append(spellings, canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%d", []byte(canary))) {
				if strings.Contains(printed, strings.Trim(secret, "[]")) {
					t.Errorf("%s prints %q", verb, secret)
				}
			}
		}
		if got, want := explained(t, s, "instance_key").Value, "set, hidden"; got != want {
			t.Errorf("instance_key = %q, want %q", got, want)
		}
		want := "postgres://ann:hidden@db.example/waypost?sslmode=require&sslpassword=hidden"
		if got := explained(t, s, "database").Value; got != want {
			t.Errorf("database = %q, want %q", got, want)
		}
		if !strings.Contains(string(s.Database), canary) {
			t.Error("the password is lost")
		}
	}
}

func TestFaultsOfSecretsAreHidden(t *testing.T) {
	t.Parallel()
	tests := []start{
		{environ: []string{"WAYPOST_INSTANCE_KEY=" + canary}},
		{args: []string{"--instance-key=" + canary}},
		{environ: []string{"WAYPOST_PATHS_KEYS=" + strings.Repeat("00", 32) + "," + canary}},
		{file: `{"instance_key": "` + canary + `"}`},
		{environ: []string{"WAYPOST_DATABASE=mysql://ann:" + canary + "@db.example"}},
		{environ: []string{"WAYPOST_DATABASE=postgres://ann:" + canary + "%zz@db.example"}},
		{environ: []string{"WAYPOST_DATABASE=postgres:///" + canary}},
		{file: `{"database": ["` + canary + `"]}`},
	}
	for _, test := range tests {
		_, _, err := load(t, test)
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%v: error %v, want one without the secret", test, err)
		}
	}
}

// FuzzFile reads any text as the settings file: it never panics, and names a
// line of the file for each fault.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"{}", "[", "{\"listen\": \":80\"}", "{\"listen\": \":80\",\n\"listen\": 1}", "{\n\"listen\": [\"::1\"]\n}",
		"{\"database\": \"postgres://a:b@c/d\"}", "{\"base_url\": \"https://[::1]:1\"}", "{\"tls\": true}}", "\xff", "{\"pages_memory\": 1e3}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, dir, err := load(t, start{file: text})
		if err == nil {
			if err := s.Check(); err != nil {
				t.Errorf("Check = %v after Load found nothing", err)
			}
			return
		}
		for _, line := range strings.Split(err.Error(), "\n  ")[1:] {
			var number int
			rest, inFile := strings.CutPrefix(line, dir+"/waypost.json:")
			if _, err := fmt.Sscanf(rest, "%d:", &number); inFile && (err != nil || number < 1 || number > 1+strings.Count(text, "\n")) {
				t.Errorf("fault %q names no line of %q", line, text)
			}
		}
	})
}
