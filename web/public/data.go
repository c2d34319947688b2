package public

import (
	"time"

	"waypost/stories"
)

// object is a JSON-LD object; html/template encodes it with HTML escaping on.
type object map[string]any

func (b *build) storyShare(i Item) Share {
	share := Share{Type: "article", Published: i.Published.UTC().Format(time.RFC3339), Moved: i.Updated.UTC().Format(time.RFC3339)}
	if i.Picture != nil {
		share.Image, share.Alt, share.Width, share.Height = b.abs(i.Picture.Address()), i.Picture.Alt, i.Picture.Width, i.Picture.Height
	} else {
		share.Image, share.Alt, share.Width, share.Height = b.abs(i.URL+"/card.png"), i.Title, cardWidth, cardHeight
	}
	return share
}

// storyData is the Article and the way to it (schema.org).
func (b *build) storyData(v StoryView, l Layout) []any {
	article := object{
		"@context": "https://schema.org", "@type": "Article",
		"headline": v.Title, "description": l.Description, "url": l.Canonical, "mainEntityOfPage": l.Canonical,
		"datePublished": v.Date.Format(time.RFC3339), "dateModified": v.Updated.In(b.zone).Format(time.RFC3339),
		"inLanguage": v.Language, "wordCount": v.Words, "image": []string{l.Share.Image},
		"author": b.authorsData(v.Byline), "publisher": b.publisher(),
	}
	if len(v.Subject) > 0 {
		var names []string
		for _, t := range v.Subject {
			names = append(names, t.Name)
		}
		article["keywords"] = names
	}
	if v.Replies != nil {
		article["commentCount"] = v.Replies.Count
	}
	return []any{article, b.crumbs([2]string{b.words.T("nav.stories"), "/stories"}, [2]string{v.Title, v.URL})}
}

func (b *build) authorsData(people []Person) []any {
	var list []any
	for _, p := range people {
		list = append(list, object{"@type": "Person", "name": p.Name, "url": b.abs(p.URL)})
	}
	return list
}

func (b *build) publisher() object {
	return object{"@type": "Organization", "name": b.settings.Name, "url": b.abs("/")}
}

// crumbs is a BreadcrumbList: each name with its path, from the front page on.
func (b *build) crumbs(steps ...[2]string) object {
	list := []any{object{"@type": "ListItem", "position": 1, "name": b.settings.Name, "item": b.abs("/")}}
	for i, s := range steps {
		list = append(list, object{"@type": "ListItem", "position": i + 2, "name": s[0], "item": b.abs(s[1])})
	}
	return object{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": list}
}

// profileData is the ProfilePage of an author.
func (b *build) profileData(p Person, list []Item) object {
	who := object{"@type": "Person", "name": p.Name, "url": b.abs(p.URL), "identifier": p.Handle}
	if p.Portrait != nil {
		who["image"] = b.abs(p.Portrait.Address())
	}
	if len(p.Links) > 0 {
		var same []string
		for _, l := range p.Links {
			same = append(same, l.URL)
		}
		who["sameAs"] = same
	}
	var written []any
	for _, i := range list {
		written = append(written, object{"@type": "Article", "headline": i.Title, "url": b.abs(stories.Address(i.Slug)),
			"datePublished": i.Date.Format(time.RFC3339), "author": object{"@type": "Person", "name": p.Name}})
	}
	return object{"@context": "https://schema.org", "@type": "ProfilePage", "dateCreated": p.Created.In(b.zone).Format(time.RFC3339),
		"dateModified": p.Updated.In(b.zone).Format(time.RFC3339), "mainEntity": who, "hasPart": written}
}
