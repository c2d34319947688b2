package gallery

import "waypost/web/render"

// letters are mails, whole and of each block.
func letters() []Scene {
	return []Scene{
		{Page: "mail/letter", State: "usual", show: func(c cast) any {
			return render.Letter{From: c.text("Brackmouth Young Professionals"), Subject: c.text("Open this to go on"),
				Blocks: []render.Block{render.LetterText(c.text("Somebody asked to sign in here with this address. Open the page below, or type the code.")), render.LetterButton(c.text("Open the page"), c.base+"/sign-in"),
					render.LetterCode("604 211"), render.LetterQuote(c.text("One thing first.") + "\n" + c.text("And a second."))},
				Why: c.text("You get this because somebody asked for it with this address.")}
		}},
		{Page: "mail/letter", State: "subscribed", show: func(c cast) any {
			return render.Letter{From: c.text(endless), Subject: c.text(endless),
				Blocks: []render.Block{render.LetterItem(c.text("A year of gigs"), c.base+"/stories/a-year-of-gigs", c.text("By Ann Lee"), c.text("Nine minutes")),
					render.LetterItem(c.text(endless), c.base+"/stories/endless")},
				End: c.base + "/letters/end/1", EndLabel: c.text("End these letters")}
		}},
	}
}
