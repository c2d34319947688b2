package gallery

import (
	"fmt"

	"waypost/web/public"
)

// others are the pages of errors.
func others() []Scene {
	fails := func(status int, incident string) func(c cast) any {
		return func(c cast) any {
			message := c.words.T(fmt.Sprintf("error.%d", status))
			page := c.public("", message, public.ErrorView{Status: status, Message: message, Advice: c.words.T(fmt.Sprintf("error.%d.advice", status)), Incident: incident})
			page.Canonical, page.NoIndex, page.Feeds, page.Description = "", true, nil, ""
			return page
		}
	}
	return []Scene{
		{Page: "public/error", State: "missing", show: fails(404, "")},
		{Page: "public/error", State: "gone", show: fails(410, "")},
		{Page: "public/error", State: "failure", show: fails(500, "k3v9q0txwm")},
	}
}
