package gallery

import (
	"html/template"

	"waypost/stories"
	"waypost/web/render"
)

// essay has everything that a story's text can hold.
const essay = `I wanted one chair for **four years**. It stood behind the desk at the back of the stalls, and whoever sat in it made the evening go dark.

## A year of gigs

The first nineteen clients came by word of mouth. I kept a list:

- dinners, fairs, an ice show
- a carpet showroom that wanted *sunset*
- the follow spot, which nobody wants

1. Ask who takes it down.
2. Ask what the fourth year is like.

> You will know when the minutes you like are the ones with a choice in them.

### What it paid

| Month | Days | Pounds |
| :--- | ---: | ---: |
| June | 4 | 520 |
| December | 23 | 2,990 |
| January | 1 | 130 |

That is a list with one good month.[^1] December pays for January.

---

## The trial

` + "```\nchannel 1 thru 24 at 65 time 7\n```" + `

I could patch ` + "`214`" + ` fixtures without a mistake, and [the house rules](/house-rules) say what that is worth.

## Something changed

On the bus home I noticed that I had been picturing the chair next to mine.

## What I would say

#### To whoever asks

Paperwork is a kindness to strangers.

[^1]: Two, if you count the week that was paid late.
`

// written is a text as it is shown.
type written struct {
	HTML     template.HTML
	Contents []stories.Heading
}

func (c cast) body(markdown string) written {
	texts := render.Texts{Base: c.base, Catalog: c.words}
	doc := texts.Render(render.Written{Body: c.text(markdown), Language: c.words.Language, Prefix: "story-"})
	w := written{HTML: render.Body(doc.HTML)}
	for _, h := range doc.Outline {
		if h.Level <= 3 {
			w.Contents = append(w.Contents, stories.Heading{Level: h.Level, ID: h.ID, Text: h.Text})
		}
	}
	return w
}

// foreignBody runs the other way than the page.
func (c cast) foreignBody() template.HTML {
	text := "أربع سنوات أردت مقعدًا واحدًا. كان خلف المكتب في آخر القاعة.\n\n## سنة من الأعمال\n\n- عشاء، معارض، عرض على الجليد\n- صالة سجاد أرادت الغروب\n\n> ستعرف حين تحب الدقائق التي فيها اختيار."
	if c.words.Direction == "rtl" {
		text = essay
	}
	return render.Body(render.Texts{Base: c.base, Catalog: c.words}.Render(render.Written{Body: text, Language: c.abroad().Language, Prefix: "story-"}).HTML)
}
