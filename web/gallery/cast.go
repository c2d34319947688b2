package gallery

import (
	"fmt"
	"html/template"
	"time"

	"waypost/community"
	"waypost/internal/markdown"
	"waypost/members"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/messages"
	"waypost/web/public"
	"waypost/web/render"
)

// cast is who and what the scenes show, in one language.
type cast struct {
	words *messages.Catalog
	base  string
}

func newCast(words *messages.Catalog, base string) cast { return cast{words, base} }

// today is the day on which every scene plays.
var today = time.Date(2026, time.November, 2, 9, 30, 0, 0, time.FixedZone("CET", 3600))

// endless is the longest word that a name, a topic or a title may be.
const endless = "Rinderkennzeichnungsfleischetikettierungsüberwachungsaufgabenübertragung"

// wordy is as long as a title may be.
const wordy = "What four winters of counting other people’s beds, two summers on a ferry and one very long afternoon in a careers office taught me about the word “enough”"

// text is a sample text in the script of the language.
func (c cast) text(s string) string {
	if c.words.Direction == "rtl" {
		return messages.Mirror(s)
	}
	return s
}

func (c cast) site() public.Site {
	return public.Site{Name: c.text("Brackmouth Careers"), Tagline: c.text("What working life here is like, told by those who live it"), Base: c.base, SetUp: true, Join: true,
		Menu: []community.MenuItem{{Slug: "about", Title: c.text("About us")}, {Slug: "house-rules", Title: c.text("House rules")}}}
}

// public is a reader's page around its content.
func (c cast) public(section, title string, content any) public.Layout {
	return public.Layout{Site: c.site(), Section: section, Title: title, Description: c.text("What this page is about."), Canonical: c.base + "/",
		Share: public.Share{Type: "website"}, Feeds: []public.FeedLink{{Title: c.text("Brackmouth Careers"), Atom: "/feed.atom", JSON: "/feed.json"}}, Content: content}
}

func (c cast) topic(name string) topics.Topic {
	return topics.Topic{ID: "t-" + name, Slug: "trials", Name: c.text(name), Description: c.text("Weeks in which both sides find out."), Version: 1}
}

func (c cast) topics() []topics.Topic {
	return []topics.Topic{c.topic("Trials and probation"), c.topic("Leaving"), c.topic("Pay and money")}
}

func (c cast) profile(id, name string) members.Profile {
	return members.Profile{ID: id, Handle: id, Name: c.text(name), Pronouns: c.text("she/her"), Place: c.text("Brackmouth"), Version: 2,
		Bio:   c.text("Programs lights for people who stand in them. *Before that*: nineteen clients in a year, and [a door](/about) at 312 hours of events."),
		Links: []members.Link{{Label: c.text("My site"), URL: "https://tamsin.example/"}}, Created: today, Updated: today}
}

// tamsin has a portrait, dez has none, and the third has a name that breaks nowhere.
func (c cast) tamsin() public.Person {
	portrait := portraitPicture
	return public.Person{Profile: c.profile("tamsin", "Tamsin Oyelaran"), URL: "/authors/tamsin", Portrait: &portrait}
}

func (c cast) dez() public.Person {
	p := public.Person{Profile: c.profile("dez", "Dez Achterberg"), URL: "/authors/dez"}
	p.Pronouns, p.Links = "", nil
	return p
}

func (c cast) bare() public.Person {
	return public.Person{Profile: members.Profile{ID: "kit", Handle: "kit", Name: c.text("Kit"), Created: today, Updated: today}, URL: "/authors/kit"}
}

func (c cast) endlessly() public.Person {
	p := public.Person{Profile: c.profile("endless", endless), URL: "/authors/endless"}
	p.Place, p.Pronouns = c.text("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"), c.text("whatever/whichever/whoever")
	p.Links = []members.Link{{Label: c.text(endless), URL: "https://" + endless[:40] + ".example/"}, {Label: c.text("Second site"), URL: "https://b.example/"},
		{Label: c.text("Third site"), URL: "https://c.example/"}, {Label: c.text("Fourth site"), URL: "https://d.example/"}}
	return p
}

// note is a short text about a person or a link, as pages show it.
func (c cast) note(source string) template.HTML {
	return render.Body(markdown.Note(c.text(source), markdown.Options{IDPrefix: "note-", Base: c.base, UGC: true, Words: render.MarkdownWords(c.words)}).HTML)
}

var titles = []string{
	"When the dream job was not the dream", "Eleven years of paper", "Let go at nine forty", "Two trials, three weeks", "To whoever gets my desk next",
	"Counting beds", "Thirty-one applications", "Twenty years, one toolbox", "Nights at the works", "A year of evenings, in pounds", "The get-out",
}

// item is the nth story of the list.
func (c cast) item(n int) public.Item {
	s := stories.Story{ID: fmt.Sprint("s", n), Slug: fmt.Sprint("story-", n), State: stories.Published, Title: c.text(titles[n%len(titles)]),
		Standfirst: c.text("Four years of wanting one chair, eleven weeks of sitting in it, and the bus home on which I noticed."), Language: c.words.Language,
		Version: 3, Words: 700 + 430*n, HasTrail: n%2 == 0, Published: today.AddDate(0, 0, -9*n), Updated: today, Created: today}
	i := public.Item{Story: s, URL: "/stories/" + s.Slug, Date: s.Published, Byline: []public.Person{c.tamsin()}, Subject: c.topics()[:1]}
	if n%3 == 1 {
		i.Byline = append(i.Byline, c.dez())
	}
	return i
}

func (c cast) items(n int) []public.Item {
	list := make([]public.Item, n)
	for i := range list {
		list[i] = c.item(i)
	}
	return list
}

// plain is a story that has only what a story must have.
func (c cast) plain() public.Item {
	i := c.item(1)
	i.Standfirst, i.Byline, i.Subject, i.HasTrail, i.Words = "", []public.Person{c.bare()}, nil, false, 40
	return i
}

// endlessItem is a story of which everything is as long as it may be.
func (c cast) endlessItem() public.Item {
	i := c.item(2)
	i.Title, i.Standfirst = c.text(endless+" and after"), c.text(wordy+" "+endless+". "+wordy)
	i.Byline = []public.Person{c.endlessly(), c.dez(), c.tamsin(), c.bare()}
	i.Subject = append([]topics.Topic{c.topic(endless[:60])}, c.topics()...)
	i.Words, i.HasTrail = 4_321_000, true
	return i
}

// abroad is a story in a language that runs the other way than the page's.
func (c cast) abroad() public.Item {
	i := c.item(4)
	i.Language, i.Title, i.Standfirst = "ar", "حين لم تكن وظيفة الأحلام هي الحلم", "أربع سنوات من الرغبة في مقعد واحد، وأحد عشر أسبوعًا من الجلوس فيه."
	if c.words.Direction == "rtl" {
		i.Language, i.Title, i.Standfirst = "en", titles[0], "Four years of wanting one chair, eleven weeks of sitting in it."
	}
	return i
}
