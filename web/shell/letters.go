package shell

import (
	"net/http"

	"waypost/news"
)

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
