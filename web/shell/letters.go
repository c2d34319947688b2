package shell

import (
	"net/http"

	"waypost/news"
)

// LetterWay is what a page has to say of how letters go.
type LetterWay struct {
	Waits  bool // none goes out now
	OnDesk bool // none leaves a sample: owners read them on the desk
}

// Usual reports that a letter is on its way as letters go.
func (w LetterWay) Usual() bool { return w == LetterWay{} }

// ChosenLetters reads what somebody wants to hear of from the fields of the part
// "letter-choices". A form without it wants nothing of lists.
func ChosenLetters(r *http.Request) news.Choice {
	c := news.Choice{Stories: news.Pace(r.PostForm.Get("stories")), Followed: news.Never}
	if c.Stories == "" {
		c.Stories = news.Never
	}
	if r.PostForm.Get("followed") == string(news.AtOnce) {
		c.Followed = news.AtOnce
	}
	return c
}
