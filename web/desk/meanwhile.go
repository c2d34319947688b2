package desk

import (
	"net/http"
	"slices"

	"waypost/internal/db"
	"waypost/topics"
	"waypost/web/desk/fields"
)

// wordsFor gives the values of a form's fields as people read them: the names of topics,
// among them those given, and what was chosen.
func (d *Desk) wordsFor(r *http.Request, subjects ...string) (func(name string, values []string) string, error) {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	var named map[string]topics.Topic
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		named, err = d.Topics.ByIDs(tx, slices.Concat(subjects, r.PostForm["topics"]))
		return err
	})
	chosen := map[string]string{"state draft": "desk.page.draft", "state published": "desk.page.published", "in_menu yes": "desk.meanwhile.yes",
		"in_menu ": "desk.meanwhile.no", "portrait ": "desk.author.portrait_none"}
	return func(name string, values []string) string {
		if name == "topics" {
			return fields.Joined(slices.Sorted(slices.Values(values)), "", func(id string) string { return named[id].Name })
		}
		text := fields.Plainly(name, values)
		if key := chosen[name+" "+text]; key != "" {
			return d.Words(r, settings).T(key)
		}
		return text
	}, err
}
