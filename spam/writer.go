package spam

import (
	"math"
	"strings"
	"unicode"
)

// What is read of the writer: the name, the shape of the mail domain, and what is known
// of them.

func (r *reader) writer(code, name, value string) {
	r.add(groupWriter, hashString(hashString(seedName, name), value), r.because(code, 0))
}

func (r *reader) writerSize(code string, n int, name string, value int) {
	c := r.because(code, 0)
	if c >= 0 {
		r.causes[c].N = n
	}
	r.add(groupWriter, sized(seedName, name, value), c)
}

func (r *reader) readWriter(m Message) {
	if m.Name != "" {
		r.readName(m.Name)
	}
	if at := strings.LastIndexByte(m.Email, '@'); at >= 0 {
		r.readMail(m.Email[:at], strings.ToLower(strings.TrimRight(m.Email[at+1:], "> ")))
	}
	if m.UserAgent != "" {
		const most = 30
		words := 0
		for word := range strings.FieldsFuncSeq(strings.ToLower(m.UserAgent), func(c rune) bool { return !unicode.IsLetter(c) }) {
			if words++; words > most {
				break
			}
			r.writer(Agent, "agent", word)
		}
	}
	if m.Seconds > 0 {
		s := int(math.Ceil(min(m.Seconds, 1e6)))
		r.writerSize(Quick, s, "seconds", rough(s))
	}
	if m.Approved > 0 {
		r.writerSize(ApprovedBy, m.Approved, "approved", min(rough(m.Approved), 4))
	}
	if m.Refused > 0 {
		r.writerSize(RefusedBy, m.Refused, "refused", min(rough(m.Refused), 4))
	}
	if m.Language != "" {
		r.writer(Language, "language", strings.ToLower(m.Language))
	}
}

// readMail reads the shape of a mail domain. The domain itself counts only where
// everybody can have an address.
func (r *reader) readMail(local, domain string) {
	labels := strings.Split(domain, ".")
	r.writer(Mail, "top", labels[len(labels)-1])
	if mailHosts[domain] {
		r.writer(Mail, "mail", domain)
	}
	r.writerSize(Mail, 1, "labels", min(len(labels), 5))
	r.writerSize(Mail, 1, "domain length", rough(len(domain)))
	r.writerSize(Mail, 1, "domain digits", min(countDigits([]rune(domain)), 3))
	r.writerSize(Mail, 1, "domain hyphens", min(strings.Count(domain, "-"), 2))
	r.writerSize(Mail, 1, "local digits", min(countDigits([]rune(local)), 4))
}

// mailHosts are hosts at which everybody can have an address, which tell nothing of one
// person.
var mailHosts = set("gmail.com googlemail.com yahoo.com hotmail.com outlook.com live.com msn.com aol.com icloud.com me.com gmx.de gmx.net gmx.at web.de t-online.de freenet.de posteo.de mail.ru yandex.ru inbox.ru bk.ru list.ru rambler.ru qq.com 163.com 126.com proton.me protonmail.com mail.com")

func (r *reader) readName(name string) {
	const longest = 200
	f := &r.name
	f.read(name[:min(len(name), longest)], &r.known)
	c := r.because(Name, 0)
	if c >= 0 {
		r.causes[c].Text = string(f.runes)
	}
	padded := append(append(append(r.joined[:0], ' '), f.runes...), ' ')
	r.grams(padded, seedName, 3, 4, func(_ int, hash uint32) { r.add(groupWriter, hash, c) })
	r.joined = padded
	words := split(f.runes, nil)
	for _, w := range words {
		r.add(groupWriter, finish(w.hash^seedName), c)
	}
	r.writerSize(Name, 1, "words", min(len(words), 5))
	r.writerSize(Name, 1, "capitals", share(f.capitals, f.letters))
	r.writerSize(Name, 1, "digits", min(f.digits, 4))
	r.writerSize(Name, 1, "length", rough(f.total))
	r.writerSize(Name, 1, "others", min(f.others, 3))
	r.writerSize(Name, 1, "links", min(len(findLinks(name, nil)), 1))
}
