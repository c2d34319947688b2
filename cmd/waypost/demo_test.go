package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/rogpeppe/go-internal/testscript"
)

// printed is a line of the table that a sample community prints: role, who, link.
var printed = regexp.MustCompile(`(?m)^  (\w+) +(\S.*?)  +(http://\S+/sign-in/\S+)$`)

// signins signs in by each link that a sample community has printed, and looks whether
// each is somebody else, with the desk of their role: signins FILE ROLE,ROLE….
func signins(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: signins FILE ROLES")
	}
	var roles []string
	for _, line := range printed.FindAllStringSubmatch(announced(ts, args[0]), -1) {
		roles = append(roles, line[1])
		name, _, _ := strings.Cut(line[2], ",")
		v := enter(ts, line[3])
		if got := v.get("/me/profile").Find("#name").AttrOr("value", ""); got != name {
			ts.Fatalf("the link of %s signs in as %q", name, got)
		}
		leads := map[string]string{"owner": "/desk/settings", "editor": "/desk/review", "organizer": "/desk/joining"}[line[1]]
		if leads != "" {
			v.get(leads)
		}
		if n := v.get("/people").Find("ul.rows li").Length(); n != 38 { // of 40, two are found by nobody
			ts.Fatalf("%s finds %d people", name, n)
		}
		switch line[1] {
		case "owner":
			if n := v.get("/desk/people").Find("ul.rows li").Length(); n != 40 {
				ts.Fatalf("the owner sees %d people", n)
			}
		case "editor":
			if n := v.get("/desk/review").Find("ul.rows li").Length(); n != 3 {
				ts.Fatalf("%d stories wait for an editor", n)
			}
		}
	}
	if !slices.Equal(roles, strings.Split(args[1], ",")) {
		ts.Fatalf("there are links for %q", roles)
	}
}

// announced is what a server has printed, once it has printed all.
func announced(ts *testscript.TestScript, file string) string {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if said := ts.ReadFile(file); strings.HasSuffix(said, "\n\n") {
			return said
		}
	}
	ts.Fatalf("%s is not printed to its end", file)
	return ""
}

// linkcommand runs the command that a sample community has printed, for another of its
// members, and signs in by what that prints: linkcommand FILE EMAIL.
func linkcommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: linkcommand FILE EMAIL")
	}
	line := regexp.MustCompile(`(?m)^  (waypost sign-in-link .*) \S+$`).FindStringSubmatch(announced(ts, args[0]))
	if line == nil {
		ts.Fatalf("no command is printed")
	}
	words := append(strings.Fields(line[1]), args[1])
	ts.Check(ts.Exec(words[0], words[1:]...))
	enter(ts, strings.TrimSpace(ts.ReadFile("stdout"))).get("/me/profile")
}

// visitor is a browser that is signed in.
type visitor struct {
	ts     *testscript.TestScript
	client *http.Client
	site   string
}

// enter opens a link and presses its button.
func enter(ts *testscript.TestScript, link string) visitor {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	address, err := url.Parse(link)
	ts.Check(err)
	v := visitor{ts, &http.Client{Jar: jar}, address.Scheme + "://" + address.Host}
	form := v.get(address.Path).Find("form[method=post]").First()
	values := url.Values{}
	form.Find("input[name]").Each(func(_ int, e *goquery.Selection) { values.Add(e.AttrOr("name", ""), e.AttrOr("value", "")) })
	r, err := http.NewRequest(http.MethodPost, v.site+form.AttrOr("action", address.Path), strings.NewReader(values.Encode()))
	ts.Check(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.site)
	answer, err := v.client.Do(r)
	ts.Check(err)
	_, _ = io.Copy(io.Discard, answer.Body)
	ts.Check(answer.Body.Close())
	if answer.StatusCode != http.StatusOK {
		ts.Fatalf("%s: the button answers %s", link, answer.Status)
	}
	return v
}

func (v visitor) get(path string) *goquery.Document {
	answer, err := v.client.Get(v.site + path)
	v.ts.Check(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		v.ts.Fatalf("%s answers %s", path, answer.Status)
	}
	page, err := goquery.NewDocumentFromReader(answer.Body)
	v.ts.Check(err)
	return page
}
