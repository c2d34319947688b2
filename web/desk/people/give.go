package people

import (
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// GiveView asks which author a member is.
type GiveView struct {
	fields.Form
	members.Person
	Handle  string // of the page they have; empty if they have none
	Authors []AuthorOption
}

// AuthorOption is an author without an account.
type AuthorOption struct {
	Handle, Name string
	N            int // published stories
}

// mostOffered authors are offered; any other is named by handle.
const mostOffered = 200

// giving answers GET /desk/people/{id}/author.
func (d *Desk) giving(w http.ResponseWriter, r *http.Request) error {
	return d.showGiving(w, r, http.StatusOK, fields.New())
}

func (d *Desk) showGiving(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	view := GiveView{Form: form}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.Person, err = d.Members.PersonByID(tx, r.PathValue("id")); err != nil {
			return err
		}
		view.Handle, view.Authors = "", nil
		if view.Author != "" {
			page, err := d.Members.ProfileByID(tx, view.Author)
			if err != nil {
				return err
			}
			view.Handle = page.Handle
		}
		list, err := d.Members.WithoutAccount(tx, mostOffered)
		if err != nil {
			return err
		}
		ids := make([]string, len(list))
		for i, p := range list {
			ids[i] = p.ID
		}
		counts, err := d.Stories.AuthorCountsOf(tx, ids)
		for _, p := range list {
			if p.ID != members.FormerID {
				view.Authors = append(view.Authors, AuthorOption{p.Handle, p.Name, counts[p.ID]})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/give", "/desk/people", view)
}

// give answers POST /desk/people/{id}/author.
func (d *Desk) give(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	handle := strings.ToLower(strings.TrimPrefix(kit.Line(r, "author"), "@"))
	err := d.Give(r.Context(), shell.ActorOf(r), r.PathValue("id"), handle)
	if err == nil {
		return kit.SeeOther(w, r, "/desk/people/"+r.PathValue("id")+"?done=given")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showGiving(w, r, status, form)
}
