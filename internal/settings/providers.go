package settings

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"waypost/internal/slug"
)

// SignInProvider is a site by which people may sign in (OpenID Connect).
type SignInProvider struct {
	Key      string // names it in addresses; made of the name
	Name     string
	Issuer   string
	ClientID string
	Secret   string
}

// Providers are sites by which people may sign in. However they are printed, their
// secrets do not show.
type Providers struct{ list []SignInProvider }

// UnmarshalText reads providers, each as "ISSUER CLIENT-ID SECRET NAME…", with a comma or
// a new line between them. Its errors do not repeat the text.
func (p *Providers) UnmarshalText(text []byte) error {
	p.list = nil
	for i, part := range eachProvider(string(text)) {
		words := strings.Fields(part)
		if len(words) < 4 {
			return fmt.Errorf("lacks something in provider %d: it needs issuer, client id, secret and name, with spaces between them", i+1)
		}
		u, err := url.Parse(words[0])
		if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("has an issuer in provider %d that is no https:// address", i+1)
		}
		one := SignInProvider{Issuer: words[0], ClientID: words[1], Secret: words[2], Name: strings.Join(words[3:], " ")}
		one.Key = slug.Make(one.Name)
		if one.Key == "" {
			return fmt.Errorf("has a name in provider %d without a letter or digit", i+1)
		}
		for _, other := range p.list {
			if other.Key == one.Key || other.Issuer == one.Issuer {
				return errors.New("names a provider twice; each has a name and an issuer of its own")
			}
		}
		p.list = append(p.list, one)
	}
	return nil
}

// eachProvider splits where a provider begins: secrets may hold commas.
func eachProvider(text string) []string {
	var list []string
	for _, line := range strings.Split(text, "\n") {
		for line = strings.TrimSpace(line); line != ""; {
			end := len(line)
			for i := 1; i < len(line); i++ {
				if line[i-1] == ',' && strings.HasPrefix(strings.TrimLeft(line[i:], " "), "https://") {
					end = i
					break
				}
			}
			if part := strings.TrimSpace(strings.TrimSuffix(line[:end], ",")); part != "" {
				list = append(list, part)
			}
			line = strings.TrimSpace(line[end:])
		}
	}
	return list
}

// Lists says that the file may give a list of texts.
func (p Providers) Lists() bool { return true }

// List is the providers in the order in which they are offered.
func (p Providers) List() []SignInProvider { return p.list }

// String is the providers without their secrets.
func (p Providers) String() string {
	var parts []string
	for _, one := range p.list {
		parts = append(parts, fmt.Sprintf("%s %s (%s) %s", one.Issuer, one.ClientID, hidden, one.Name))
	}
	return strings.Join(parts, ", ")
}

// Format hides the secrets from every verb of fmt.
func (p Providers) Format(s fmt.State, _ rune) { io.WriteString(s, p.String()) }
