package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/transfer/wordpress"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Imports takes exports and brings them over in the background.
type Imports interface {
	Take(ctx context.Context, by members.Actor, name string, file io.Reader, dryRun bool) error
	Runs(tx *db.Tx) (runs []wordpress.Run, waiting int, err error)
}

// ImportView lists the imports so far and takes another.
type ImportView struct {
	fields.Form
	Runs    []ImportRow
	Waiting int // taken and not begun
	Refresh bool
}

// ImportRow is an import with its report.
type ImportRow struct {
	wordpress.Run
	Report *wordpress.Report // nil while it runs
}

// importList answers GET /desk/import.
func (d *Desk) importList(w http.ResponseWriter, r *http.Request) error {
	return d.showImports(w, r, http.StatusOK, fields.New())
}

// takeImport answers POST /desk/import: the file is kept and the import begins.
func (d *Desk) takeImport(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	file, header, err := r.FormFile("export")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		err = fields.Fault("export", "desk.import.missing")
	}
	if err == nil {
		defer file.Close()
		err = d.Imports.Take(r.Context(), shell.SessionOf(r).Actor, header.Filename, file, r.PostForm.Get("do") != "import")
	}
	if err == nil {
		return kit.SeeOther(w, r, "/desk/import")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showImports(w, r, status, form)
}

func (d *Desk) showImports(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	view := ImportView{Form: form}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		runs, waiting, err := d.Imports.Runs(tx)
		view.Waiting = waiting
		for _, run := range runs {
			run.Started = run.Started.In(settings.Location())
			row := ImportRow{Run: run}
			if run.Report != "" {
				row.Report = &wordpress.Report{}
				if err := json.Unmarshal([]byte(run.Report), row.Report); err != nil {
					return err
				}
			}
			view.Refresh = view.Refresh || run.State == wordpress.Running
			view.Runs = append(view.Runs, row)
		}
		return err
	})
	if err != nil {
		return err
	}
	view.Refresh = view.Refresh || view.Waiting > 0
	if view.Refresh {
		w.Header().Set("Refresh", "3")
	}
	return d.Show(w, r, status, "desk/import", "/desk/import", view)
}
