package letters

import (
	"context"
	"io"
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members/proofs"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// AddressData hands over what is held on an address without an account, and forgets it.
type AddressData interface {
	// TakeAddress makes the archive of it, and tells its size; Gone if an account has it.
	TakeAddress(ctx context.Context, address mail.Address) (io.ReadCloser, int64, error)
	// LeaveAddress removes it; what is open for the address ends with it. Gone if an
	// account has it.
	LeaveAddress(ctx context.Context, address mail.Address, w personal.Wish) error
}

// DataView is a page of what is held on an address. Which one says its name.
type DataView struct {
	fields.Form
	Link    string           // the address of the page of a link
	Choices []string         // of what becomes of replies
	Problem *problem.Message // why a link did not work
}

// NewDataView is the pages of a link, with what may be chosen.
func NewDataView(link string) DataView {
	v := DataView{Form: fields.New("replies", string(personal.Removed)), Link: link}
	for _, c := range personal.Choices() {
		v.Choices = append(v.Choices, string(c))
	}
	return v
}

// dataRoutes are the lines of those who ask what is held on their address.
func (l *Letters) dataRoutes() []kit.Route {
	anyone := []string{kit.Anyone}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: h}
	}
	post := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: h}
	}
	return []kit.Route{
		get("/your-data", l.dataForm),
		post("/your-data", l.askData),
		get("/your-data/sent", l.dataSent),
		get("/your-data/removed", l.dataRemoved),
		get("/your-data/{token}", l.data),
		post("/your-data/{token}/download", l.takeData),
		get("/your-data/{token}/remove", l.removeForm),
		post("/your-data/{token}/remove", l.removeData),
	}
}

// dataForm answers GET /your-data.
func (l *Letters) dataForm(w http.ResponseWriter, r *http.Request) error {
	return l.showForm(w, r, "letters/data-ask", http.StatusOK, fields.New("stamp", l.Stamps.New(l.Clock())))
}

// askData answers POST /your-data, the same for every address: nobody learns on whom
// something is held.
func (l *Letters) askData(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	return l.askFor(w, r, proofs.Ask{Purpose: proofs.Data}, "letters/data-ask", "/your-data/sent")
}

// dataSent answers GET /your-data/sent.
func (l *Letters) dataSent(w http.ResponseWriter, r *http.Request) error {
	return l.showSent(w, r, "letters/data-sent")
}

// data answers GET /your-data/{token}.
func (l *Letters) data(w http.ResponseWriter, r *http.Request) error {
	return l.showOpen(w, r, "letters/data")
}

// removeForm answers GET /your-data/{token}/remove.
func (l *Letters) removeForm(w http.ResponseWriter, r *http.Request) error {
	return l.showOpen(w, r, "letters/data-remove")
}

// showOpen shows a page of a link that still opens something, and of another that it is
// over: no button is offered that could only fail.
func (l *Letters) showOpen(w http.ResponseWriter, r *http.Request, page string) error {
	if _, err := l.address(r); err != nil {
		return l.refuse(w, r, err)
	}
	return l.showData(w, r, http.StatusOK, page, nil)
}

func (l *Letters) showData(w http.ResponseWriter, r *http.Request, status int, page string, fault *problem.Message) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // the token is in the address
	view := NewDataView("/your-data/" + r.PathValue("token"))
	view.Problem = fault
	return l.Show(w, r, status, page, "", view)
}

// address is the one that a link was sent to; Gone once an account has it. The link is not
// spent: who has taken their data along may want it removed.
func (l *Letters) address(r *http.Request) (address mail.Address, err error) {
	err = l.DB.View(r.Context(), func(tx *db.Tx) error {
		proof, err := l.Proofs.Look(tx, r.PathValue("token"), proofs.Data)
		if err != nil {
			return err
		}
		if address, err = mail.ParseAddress(proof.Address); err != nil {
			return err
		}
		taken, err := l.Members.AddressTaken(tx, address.Key())
		if err == nil && taken {
			err = problem.New(problem.Gone, "signin.link_spent")
		}
		return err
	})
	return address, err
}

// refuse says on the page of a link that it is over, and leaves other errors alone.
func (l *Letters) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	if !problem.Is(err, problem.Gone) {
		return err
	}
	return l.showData(w, r, http.StatusGone, "letters/data", shell.Sentence(err))
}

// takeData answers POST /your-data/{token}/download. One archive of a link is made at a
// time.
func (l *Letters) takeData(w http.ResponseWriter, r *http.Request) error {
	address, err := l.address(r)
	if err != nil {
		return l.refuse(w, r, err)
	}
	if _, busy := l.taking.LoadOrStore(address.Key(), true); busy {
		return problem.New(problem.TooMany, "takeaway.running")
	}
	defer l.taking.Delete(address.Key())
	file, size, err := l.Data.TakeAddress(r.Context(), address)
	if err != nil {
		return l.refuse(w, r, err)
	}
	defer file.Close()
	w.Header().Set("Referrer-Policy", "no-referrer")
	return kit.Download(w, r, "everything.zip", size, file)
}

// removeData answers POST /your-data/{token}/remove. The link ends with what it was for.
func (l *Letters) removeData(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	wish := personal.Wish{Stories: personal.Removed, Replies: personal.Choice(r.PostForm.Get("replies"))}
	if !wish.Whole() {
		return l.showData(w, r, http.StatusUnprocessableEntity, "letters/data-remove", &problem.Message{Key: "field.unknown"})
	}
	address, err := l.address(r)
	if err == nil {
		err = l.Data.LeaveAddress(r.Context(), address, wish)
	}
	if err != nil {
		return l.refuse(w, r, err)
	}
	return kit.SeeOther(w, r, "/your-data/removed")
}

// dataRemoved answers GET /your-data/removed.
func (l *Letters) dataRemoved(w http.ResponseWriter, r *http.Request) error {
	return l.Show(w, r, http.StatusOK, "letters/data-removed", "", nil)
}
