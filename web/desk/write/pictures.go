package write

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/pictures"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// PicturesView is the newest pictures with what to write to use them.
type PicturesView struct {
	fields.Form
	List []PictureLine
}

// PictureLine is a picture and the line of Markdown that shows it.
type PictureLine struct {
	pictures.Picture
	Markdown string
}

const mostPictures = 60

// pictureList answers GET /desk/pictures.
func (d *Desk) pictureList(w http.ResponseWriter, r *http.Request) error {
	return d.showPictures(w, r, http.StatusOK, fields.New())
}

// addPicture answers POST /desk/pictures; a script that asks for JSON gets the line
// to write.
func (d *Desk) addPicture(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := d.Uploaded(r, "picture", kit.Line(r, "alt"))
	if err == nil && p == nil {
		err = fields.Fault("picture", "desk.picture.missing")
	}
	script := r.Header.Get("Accept") == "application/json"
	if err == nil && script {
		return answerJSON(w, http.StatusCreated, map[string]string{"markdown": markdownOf(*p)})
	}
	if err == nil {
		return kit.SeeOther(w, r, "/desk/pictures?done=uploaded")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if script {
		settings, err := d.Community.Settings(r.Context())
		if err != nil {
			return err
		}
		m := form.Fault("picture")
		if m == nil {
			m = form.Problem
		}
		return answerJSON(w, status, map[string]string{"problem": d.Words(r, settings).T(m.Key, m.Args...)})
	}
	return d.showPictures(w, r, status, form)
}

func (d *Desk) showPictures(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	view := PicturesView{Form: form}
	err := d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		newest, err := d.Pictures.Newest(tx, holder(r), mostPictures)
		if err != nil {
			return err
		}
		ids := make([]string, len(newest))
		for i, p := range newest {
			ids[i] = p.ID
		}
		sized, err := d.Pictures.ByIDs(tx, ids)
		for _, id := range ids {
			view.List = append(view.List, PictureLine{sized[id], markdownOf(sized[id])})
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/pictures", "/desk/pictures", view)
}

// Uploaded stores the picture that a field of the form brought, nil if it brought none.
func (d *Desk) Uploaded(r *http.Request, field, alt string) (*pictures.Picture, error) {
	file, _, err := r.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read an upload: %w", err)
	}
	defer file.Close()
	p, err := d.Pictures.AddBy(r.Context(), pictures.By{Account: shell.ActorOf(r).AccountID, Shared: edits(r)}, file, alt)
	if err != nil {
		return nil, fields.Renamed(err, "picture", field)
	}
	return &p, nil
}

// takePictures stores what the editor's form brought: a cover, which is chosen with
// it, and a picture for the text.
func (d *Desk) takePictures(r *http.Request, e *editor) error {
	cover, err := d.Uploaded(r, "cover_file", kit.Line(r, "cover_alt"))
	if err != nil {
		return err
	}
	if cover != nil {
		r.PostForm.Set("cover", cover.ID)
	}
	e.inserted, err = d.Uploaded(r, "body_file", kit.Line(r, "body_alt"))
	if err == nil && e.inserted == nil && r.PostForm.Get("do") == doPicture {
		return fields.Fault("body_file", "desk.picture.missing")
	}
	return err
}

// markdownOf is the line that shows a picture in a text.
func markdownOf(p pictures.Picture) string {
	alt := strings.NewReplacer("[", "(", "]", ")", "\n", " ", "\\", "").Replace(p.Alt)
	return "![" + alt + "](" + p.Address() + ")"
}

func answerJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever went away needs no answer
	return nil
}
