package app_test

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/members/proofs"
)

// TestCanaries asks for every route and every thing as everybody, and as nobody. Each
// answer has the status that the table of routes and the sources declare, and none
// holds a canary that is not for whoever asked.
func TestCanaries(t *testing.T) {
	t.Parallel()
	a := newAviary(t)
	list := a.requests()
	if t.Failed() {
		return
	}
	forms := a.read(list)
	a.refusedWrites(list, forms)
	a.otherMethods(list)
	a.faults()
	a.allowedWrites(list, forms)
	a.linksByLetter()
	if _, err := a.Jobs.Work(t.Context()); err != nil {
		t.Error(err)
	}
	for _, q := range list { // what the writes have made of the pages
		if slices.Contains(q.Methods, http.MethodGet) && !strings.HasPrefix(q.Path, "/desk") {
			a.look(nobody, "GET", q.path, a.visitor[nobody].Get(q.path))
		}
	}
	a.letters()
	a.logs()
	a.unseen()
	t.Logf("%d canaries, %d routes, %d requests a person", len(a.words), len(a.Routes), len(list))
}

// TestEveryColumnHasACanary walks the schema, so that what is added is watched over.
func TestEveryColumnHasACanary(t *testing.T) {
	t.Parallel()
	a := newAviary(t)
	var tables []db.Table
	a.View(func(tx *db.Tx) (err error) {
		tables, err = tx.Tables()
		return err
	})
	unused := maps.Clone(harmless)
	for _, table := range tables {
		for _, c := range table.Columns {
			name := table.Name + "." + c.Name
			_, declared := harmless[name]
			delete(unused, name)
			if c.Type != db.TypeText || c.Name == "id" || strings.HasSuffix(c.Name, "_id") || declared {
				continue
			}
			values := site.Rows[string](a.Site, `SELECT coalesce(`+c.Name+`, '') FROM `+table.Name)
			if !slices.ContainsFunc(values, func(v string) bool { return canaryWord.MatchString(v) }) {
				t.Errorf("nobody watches over %s: plant a canary there in plants of app/canary_plants_test.go, or say in harmless why nothing private stands in it", name)
			}
		}
	}
	for name := range unused {
		t.Errorf("harmless names %s, which is no column", name)
	}
}

var canaryWord = regexp.MustCompile(`qzq[a-z]{3}qzq`)

// may reports that a route lets somebody through, and that the thing is theirs to find.
func (q asked) may(who string) (through, theirs bool) {
	through = public(q.Route) || slices.ContainsFunc(rolesOf(who), func(r members.Role) bool { return slices.Contains(q.Roles, string(r)) })
	return through, slices.Contains(q.readers, who)
}

// read asks for every page as everybody, and returns the forms that were found, by who
// found them and the address that they go to.
func (a *aviary) read(list []asked) map[string]map[string]url.Values {
	a.t.Helper()
	forms := map[string]map[string]url.Values{}
	for _, who := range everybody {
		forms[who] = map[string]url.Values{}
		for _, q := range list {
			if !slices.Contains(q.Methods, http.MethodGet) {
				continue
			}
			p := a.visitor[who].Get(q.path)
			a.look(who, "GET", q.path, p)
			a.judge(who, "GET", q, p.Status)
			a.look(who, "HEAD", q.path, a.visitor[who].Head(q.path))
			collect(p, forms[who])
		}
	}
	return forms
}

// judge holds the status of an answer against what is declared.
func (a *aviary) judge(who, method string, q asked, status int) {
	a.t.Helper()
	through, theirs := q.may(who)
	var want []int
	switch {
	case !through && who == nobody:
		want = []int{http.StatusUnauthorized}
	case !through:
		want = []int{http.StatusForbidden}
	case !theirs && method == http.MethodGet:
		want = []int{http.StatusNotFound}
	case !theirs:
		want = []int{http.StatusNotFound, http.StatusBadRequest} // the form is read before the thing is looked for
	case method != http.MethodGet:
		if status < 500 && status != http.StatusUnauthorized && status != http.StatusForbidden {
			return
		}
		want = []int{http.StatusSeeOther, http.StatusUnprocessableEntity}
	case who != nobody && slices.Contains(doors, q.Route.Path):
		want = []int{http.StatusSeeOther}
	case q.status != 0:
		want = []int{q.status}
	default:
		want = []int{http.StatusOK}
	}
	if !slices.Contains(want, status) {
		a.t.Errorf("%s asks %s %s (%s) and gets %d, declared is %v", who, method, q.path, q.name, status, want)
	}
}

// look searches an answer for what is not for whoever asked. What they wrote into the
// address themselves is theirs.
func (a *aviary) look(who, method, path string, p *site.Page, sent ...string) {
	a.t.Helper()
	text := string(p.Body) + "\n" + fmt.Sprint(p.Header)
	if bytes.HasPrefix(p.Body, []byte("PK")) {
		a.taken(who, path, unzipped(a.t, p.Body))
	}
	own := path + strings.Join(sent, "")
	a.search(who, fmt.Sprintf("%s %s, answered %d", method, path, p.Status), text, own)
	if who != nobody {
		return
	}
	for exact, c := range a.exact {
		if strings.Contains(text, exact) && !strings.Contains(own, exact) {
			a.leak(who, c, method+" "+path)
		}
	}
}

// taken looks into the archive that somebody takes along.
func (a *aviary) taken(who, path, text string) {
	for word, c := range a.words {
		if strings.Contains(text, word) && c.holder != who && !slices.Contains(c.readers, who) {
			a.leak(who, c, path)
		}
	}
}

// leak fails the test: somebody has found what is not for them. It tells of each canary
// a few times, for one hole lets many out.
func (a *aviary) leak(who string, c canary, place string) {
	a.t.Helper()
	a.told[c.where]++
	if a.told[c.where] <= 3 {
		a.t.Errorf("%s finds %s in %s", who, c.where, place)
	}
}

// search finds canaries in a text that are not for its reader.
func (a *aviary) search(who, place, text, own string) {
	a.t.Helper()
	for _, word := range slices.Compact(slices.Sorted(slices.Values(canaryWord.FindAllString(strings.ToLower(text), -1)))) {
		c, known := a.words[word]
		if known {
			if a.found[word] == nil {
				a.found[word] = map[string]bool{}
			}
			a.found[word][who] = true
		}
		if known && !slices.Contains(c.readers, who) && !strings.Contains(own, word) {
			a.leak(who, c, place)
		}
	}
}

// collect notes the forms of a page with what stands in them.
func collect(p *site.Page, into map[string]url.Values) {
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return
	}
	for action, values := range p.Forms() {
		if into[action] == nil {
			into[action] = values
		}
	}
}

// form is what somebody would send to an address: the form that they found, the one
// that somebody else found, or a made-up one.
func form(forms map[string]map[string]url.Values, who, path string) url.Values {
	for _, finder := range append([]string{who}, everybody...) {
		if values := forms[finder][path]; values != nil {
			return values
		}
	}
	return url.Values{"name": {"Taken"}, "title": {"Taken"}, "email": {"taken@elsewhere.example"}, "role": {"owner"}, "version": {"1"}, "do": {"save"}}
}

// refusedWrites sends forms as those whom they are not for, and expects every row to
// stay as it was but those of the record.
func (a *aviary) refusedWrites(list []asked, forms map[string]map[string]url.Values) {
	a.t.Helper()
	before := a.State("audit")
	for _, q := range list {
		if !writes(q.Route) {
			continue
		}
		sent := false
		for _, who := range everybody {
			if through, theirs := q.may(who); through && theirs {
				continue
			}
			sent = true
			a.send(who, q, form(forms, who, q.path))
		}
		if !sent {
			continue
		}
		after := a.State("audit")
		if !maps.Equal(before, after) {
			a.t.Errorf("POST %s (%s) was refused and changed rows: %v", q.path, q.name, difference(before, after))
		}
		before = after
	}
}

// send posts a form and looks at the answer. What is given back of the form is the
// sender's own.
func (a *aviary) send(who string, q asked, values url.Values) {
	a.t.Helper()
	values = maps.Clone(values)
	maps.Copy(values, a.scripted(who, q.path))
	p := a.visitor[who].Post(q.path, values)
	a.judge(who, "POST", q, p.Status)
	a.look(who, "POST", q.path, p, values.Encode())
}

// otherMethods asks with methods that a route does not take.
func (a *aviary) otherMethods(list []asked) {
	a.t.Helper()
	takes := map[string][]string{}
	for _, q := range list {
		takes[q.Path] = append(takes[q.Path], q.Methods...)
	}
	for _, q := range list {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"} {
			if slices.Contains(takes[q.Path], method) {
				continue
			}
			for _, who := range []string{nobody, bo} {
				p := a.visitor[who].Ask(method, q.path, nil)
				if p.Status != http.StatusMethodNotAllowed && p.Status != http.StatusNotFound {
					a.t.Errorf("%s asks %s %s and gets %d", who, method, q.path, p.Status)
				}
				a.look(who, method, q.path, p)
			}
		}
	}
}

// faults asks for what is answered with a page of an error.
func (a *aviary) faults() {
	a.t.Helper()
	for _, who := range everybody {
		for _, chosen := range []string{"?from=1&to=2", "?from=2&to=1", "?from=1", "?to=1"} { // the first was saved before it was handed in
			path := "/desk/stories/" + a.ids["submitted by bo"] + "/revisions/compare" + chosen
			p := a.visitor[who].Get(path)
			a.look(who, "GET", path, p)
			if who != bo && p.Status == http.StatusOK {
				a.t.Errorf("%s compares with what Bo had not handed in, at %s", who, path)
			}
		}
		for _, path := range []string{"/desk/no-such-page", "/me/no-such-page", "/no/such/page", "/stories?before=nonsense", "/authors?after=the-ana", "/%00", "/desk/stories?id=%ff",
			"/desk/stories?state=draft", "/desk/stories?before=99999999999999&id=~", "/sitemap.xml?page=9"} {
			a.look(who, "GET", path, a.visitor[who].Get(path))
		}
		a.look(who, "GET at another host", "/", a.visitor[who].Get("/", "Host", "elsewhere.example"))
		a.look(who, "POST", "/sign-out", a.visitor[who].Ask("POST", "/sign-out", strings.NewReader("x=%zz"), "Origin", "https://elsewhere.example"))
	}
}

// allowedWrites sends forms as those who may, without what they say and with it. The
// answers, whatever they are, hold nothing of anybody else's.
func (a *aviary) allowedWrites(list []asked, forms map[string]map[string]url.Values) {
	a.t.Helper()
	for _, who := range everybody {
		for _, q := range list {
			if through, theirs := q.may(who); !writes(q.Route) || !through || !theirs {
				continue
			}
			for _, values := range []url.Values{{}, form(forms, who, q.path)} {
				a.send(who, q, values)
				if who != nobody && site.Rows[int64](a.Site, a.fill(`SELECT count(*) FROM sessions WHERE substr(hash, 1, 16) = {`+who+` session}`))[0] == 0 {
					a.signIn(who) // the form has ended the session
				}
			}
		}
	}
}

// linksByLetter lets letters be written that hold links: those that confirm an address,
// and those about a new story.
func (a *aviary) linksByLetter() {
	a.t.Helper()
	story := site.Rows[string](a.Site, `SELECT id FROM stories WHERE state = 'published' ORDER BY id`)[0]
	a.write(func(tx *db.Tx) error { return a.News.StoryPublished(tx, story, a.Clock.Now(), true) })
	for _, who := range everybody[1:] {
		for _, email := range site.Rows[string](a.Site, a.fill(`SELECT email FROM accounts WHERE id = {`+who+`} AND email IS NOT NULL`)) {
			address, err := mail.ParseAddress(email)
			for _, purpose := range []proofs.Purpose{proofs.Subscribe, proofs.Data} {
				if err == nil {
					_, err = a.Proofs.Ask(a.t.Context(), proofs.Ask{Purpose: purpose, Address: address, Network: "the network of " + who})
				}
			}
			if err != nil {
				a.t.Errorf("ask for a link as %s: %v", who, err)
			}
		}
	}
}

// secretLink finds what opens something in a letter: the token of a route's path.
func (a *aviary) secretLink() *regexp.Regexp {
	var doors []string
	for _, r := range a.Routes {
		if door, _, ok := strings.Cut(r.Path, "{token}"); ok {
			doors = append(doors, regexp.QuoteMeta(door))
		}
	}
	return regexp.MustCompile(`(?:` + strings.Join(doors, "|") + `)([A-Za-z0-9_.-]{30,})`)
}

// letters opens every letter, the sealed ones too, and searches it for what is not its
// reader's. A link that opens something goes to one reader alone.
func (a *aviary) letters() {
	a.t.Helper()
	type letter struct{ id, to, text string }
	var list []letter
	a.View(func(tx *db.Tx) (err error) {
		list, err = db.List(tx, func(r db.Row) (letter, error) {
			var l letter
			return l, r.Scan(&l.id, &l.to, &l.text)
		}, `SELECT id, recipient, filling || ' ' || unsubscribe FROM letters`)
		for i, l := range list {
			says, _, failed := a.Mail.ContentOf(tx, l.id)
			list[i].text += " " + says.Subject + " " + says.Text + " " + says.HTML
			err = errors.Join(err, failed)
		}
		return err
	})
	opens, secret, link := map[string]string{}, 0, a.secretLink()
	for _, l := range list {
		to := a.reader(l.to)
		own := ""
		for word, c := range a.words {
			if c.to != "" && c.to == to {
				own += word
			}
			if c.to != "" && strings.Contains(l.text, word) {
				secret++
			}
		}
		a.search(to, "a letter to "+l.to, l.text, own)
		for _, found := range link.FindAllStringSubmatch(l.text, -1) {
			if other := opens[found[1]]; other != "" && other != l.to {
				a.t.Errorf("letters to %s and to %s hold the same link", other, l.to)
			}
			opens[found[1]] = l.to
		}
	}
	if secret < 2 || len(opens) < 4 {
		a.t.Errorf("%d canaries were found in sealed letters, and %d links: nothing was looked at", secret, len(opens))
	}
}

// reader is who reads the letters to an address.
func (a *aviary) reader(address string) string {
	for _, who := range everybody[1:] {
		if address == who+"@people.example" { // as it was before a canary was planted there
			return who
		}
		if slices.Contains(site.Rows[string](a.Site, a.fill(`SELECT email FROM accounts WHERE id = {`+who+`}`)), address) {
			return who
		}
	}
	if word := canaryWord.FindString(address); word != "" {
		return a.words[word].readers[0]
	}
	return nobody // an address of no account
}

// logs searches what the program says on its own: no canary is for those who read that.
func (a *aviary) logs() {
	a.t.Helper()
	text := a.log.String()
	if strings.Count(text, "\n") < 100 {
		a.t.Errorf("the log has %d lines", strings.Count(text, "\n"))
	}
	for line := range strings.SplitSeq(text, "\n") {
		for _, word := range canaryWord.FindAllString(strings.ToLower(line), -1) {
			if c := a.words[word]; slices.Contains(c.readers, nobody) {
				continue
			}
			a.leak("whoever reads the log", a.words[word], fmt.Sprintf("%.300s", line))
		}
		for exact, c := range a.exact {
			if strings.Contains(line, exact) {
				a.leak("whoever reads the log", c, fmt.Sprintf("%.300s", line))
			}
		}
	}
}

// watchAddresses adds what could stand for an address of e-mail: its sums, and its bytes
// in other letters.
func (a *aviary) watchAddresses() {
	a.t.Helper()
	for _, address := range site.Rows[string](a.Site, `SELECT email FROM accounts WHERE email IS NOT NULL`) {
		b := []byte(address)
		for kind, sum := range map[string]string{"md5": fmt.Sprintf("%x", md5.Sum(b)), "sha1": fmt.Sprintf("%x", sha1.Sum(b)), "sha256": fmt.Sprintf("%x", sha256.Sum256(b)),
			"base64": base64.StdEncoding.EncodeToString(b)[:16]} {
			a.exact[sum] = canary{where: "an address as " + kind}
		}
	}
}

// unseen asks that everybody has found what is declared to be theirs: a declaration that
// is wider than what is shown would hide what leaks one day.
func (a *aviary) unseen() {
	a.t.Helper()
	for word, c := range a.words {
		for _, who := range c.readers {
			if !a.found[word][who] && c.column() != "letters.recipient" { // in the envelope of a letter of one's own
				a.t.Errorf("%s is declared to find %s and does not", who, c.where)
			}
		}
	}
}
