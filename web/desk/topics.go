package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/topics"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
	"waypost/web/kit"
	"waypost/web/shell"
)

// TopicsView lists the topics with how many published stories each has.
type TopicsView struct{ List []TopicRow }

// TopicRow is a topic in the list.
type TopicRow struct {
	topics.Topic
	N int
}

// TopicView is the form of one topic.
type TopicView struct {
	fields.Form
	ID string // empty for a new one
}

// topicList answers GET /desk/topics.
func (d *Desk) topicList(w http.ResponseWriter, r *http.Request) error {
	var view TopicsView
	err := d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		all, err := d.Topics.All(tx)
		if err != nil {
			return err
		}
		counts, err := d.Stories.TopicCounts(tx)
		write.Sort(all)
		for _, t := range all {
			view.List = append(view.List, TopicRow{t, counts[t.ID]})
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/topics", "/desk/topics", view)
}

func (d *Desk) newTopic(w http.ResponseWriter, r *http.Request) error {
	return d.showTopic(w, r, http.StatusOK, fields.New())
}

// editTopic answers GET /desk/topics/{id}.
func (d *Desk) editTopic(w http.ResponseWriter, r *http.Request) error {
	t, err := d.topic(r)
	if err != nil {
		return err
	}
	return d.showTopic(w, r, http.StatusOK, topicFields(t))
}

func (d *Desk) topic(r *http.Request) (topics.Topic, error) {
	var t topics.Topic
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		t, err = d.Topics.ByID(tx, r.PathValue("id"))
		return err
	})
	return t, err
}

func topicFields(t topics.Topic) fields.Form {
	return fields.New("name", t.Name, "slug", t.Slug, "description", t.Description, "version", fields.Number(t.Version))
}

// saveTopic answers POST /desk/topics/new and /desk/topics/{id}.
func (d *Desk) saveTopic(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	_, err = d.Topics.Save(r.Context(), shell.ActorOf(r).AccountID, topics.Topic{ID: r.PathValue("id"), Name: kit.Line(r, "name"),
		Slug: kit.Slug(r, "slug"), Description: kit.Block(r, "description"), Version: version})
	if err == nil {
		return kit.SeeOther(w, r, "/desk/topics?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		t, err := d.topic(r)
		if err != nil {
			return err
		}
		form = fields.Against(form, topicFields(t), fields.Plainly, "name", "slug", "description")
	}
	return d.showTopic(w, r, status, form)
}

func (d *Desk) showTopic(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	return d.Show(w, r, status, "desk/topic", "/desk/topics", TopicView{form, r.PathValue("id")})
}
