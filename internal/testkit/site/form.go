package site

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Form is a form of a page with what stands in its fields, as a browser would send
// it (HTML, section 4.10.22).
type Form struct {
	Values url.Values
	Action string // where it goes, if neither the button's nor its own address is meant

	page  *Page
	form  *goquery.Selection
	files []attached
}

type attached struct {
	field, name string
	content     []byte
}

// Form finds a form by a CSS selector.
func (p *Page) Form(selector string) *Form {
	p.visitor.t.Helper()
	form := p.Find(selector).First()
	if !form.Is("form") {
		p.visitor.t.Fatalf("%s has no form %s: %s", p.Path, selector, p.summary())
	}
	f := &Form{Values: url.Values{}, page: p, form: form}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, e *goquery.Selection) { f.take(e) })
	return f
}

// Forms are the forms of a page that are sent by POST, by the address that they go to,
// with what their first button says.
func (p *Page) Forms() map[string]url.Values {
	p.visitor.t.Helper()
	found := map[string]url.Values{}
	p.Find("form[method=post]").Each(func(_ int, e *goquery.Selection) {
		f := &Form{Values: url.Values{}, page: p, form: e}
		e.Find("input[name], select[name], textarea[name]").Each(func(_ int, e *goquery.Selection) { f.take(e) })
		button := e.Find("button").First()
		if name := button.AttrOr("name", ""); name != "" {
			f.Values.Add(name, button.AttrOr("value", ""))
		}
		if to := f.action(button); found[to] == nil {
			found[to] = f.Values
		}
	})
	return found
}

// take notes what an element sends.
func (f *Form) take(e *goquery.Selection) {
	name := e.AttrOr("name", "")
	if _, disabled := e.Attr("disabled"); disabled {
		return
	}
	switch {
	case e.Is("textarea"):
		f.Values.Add(name, strings.ReplaceAll(strings.TrimPrefix(e.Text(), "\n"), "\n", "\r\n"))
	case e.Is("select"):
		chosen := e.Find("option[selected]").First()
		if chosen.Length() == 0 {
			chosen = e.Find("option").First()
		}
		f.Values.Add(name, chosen.AttrOr("value", chosen.Text()))
	case e.Is("[type=checkbox], [type=radio]"):
		if _, checked := e.Attr("checked"); checked {
			f.Values.Add(name, e.AttrOr("value", "on"))
		}
	case e.Is("[type=file], [type=submit], [type=button], [type=image], [type=reset]"):
	default:
		f.Values.Add(name, e.AttrOr("value", ""))
	}
}

// Set puts values into a field that the form has.
func (f *Form) Set(name string, values ...string) *Form {
	f.page.visitor.t.Helper()
	known := false
	f.form.Find("[name]").Each(func(_ int, e *goquery.Selection) { known = known || e.AttrOr("name", "") == name })
	if !known {
		f.page.visitor.t.Fatalf("%s: the form has no field %q", f.page.Path, name)
	}
	f.Values[name] = values
	return f
}

// Attach chooses a file for a field of files.
func (f *Form) Attach(field, name string, content []byte) *Form {
	f.files = append(f.files, attached{field, name, content})
	return f
}

// Press presses a button by its value, or the first one for "", and goes where a
// redirect after the change leads.
func (f *Form) Press(value string) *Page {
	f.page.visitor.t.Helper()
	p := f.Send(value)
	if p.Status == http.StatusSeeOther {
		return p.Follow()
	}
	return p
}

// Send presses a button and returns what the form's own address answers.
func (f *Form) Send(value string) *Page {
	f.page.visitor.t.Helper()
	button := f.button(value)
	fields := url.Values{}
	for name, values := range f.Values {
		fields[name] = values
	}
	if name := button.AttrOr("name", ""); name != "" {
		fields[name] = append(fields[name], button.AttrOr("value", ""))
	}
	path := f.action(button)
	if strings.EqualFold(f.form.AttrOr("method", "get"), "get") {
		return f.page.visitor.Get(path + "?" + fields.Encode())
	}
	if f.form.AttrOr("enctype", "") != "multipart/form-data" {
		return f.page.visitor.Post(path, fields)
	}
	body, kind := f.multipart(fields)
	v := f.page.visitor
	return v.Ask(http.MethodPost, path, body, "Content-Type", kind, "Origin", v.known, "Sec-Fetch-Site", "same-origin")
}

func (f *Form) button(value string) *goquery.Selection {
	f.page.visitor.t.Helper()
	buttons := f.form.Find("button")
	if value == "" {
		return buttons.First()
	}
	found := buttons.FilterFunction(func(_ int, e *goquery.Selection) bool { return e.AttrOr("value", "") == value })
	if found.Length() == 0 {
		f.page.visitor.t.Fatalf("%s: the form has no button %q", f.page.Path, value)
	}
	return found.First()
}

// action is the path that the form goes to by a button.
func (f *Form) action(button *goquery.Selection) string {
	f.page.visitor.t.Helper()
	if f.Action != "" {
		return f.Action
	}
	here, err := url.Parse(f.page.Path)
	if err != nil {
		f.page.visitor.t.Fatal(err)
	}
	to, err := here.Parse(button.AttrOr("formaction", f.form.AttrOr("action", f.page.Path)))
	if err != nil {
		f.page.visitor.t.Fatal(err)
	}
	return to.RequestURI()
}

func (f *Form) multipart(fields url.Values) (io.Reader, string) {
	f.page.visitor.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	err := error(nil)
	for name, values := range fields {
		for _, v := range values {
			if e := w.WriteField(name, v); e != nil {
				err = e
			}
		}
	}
	for _, a := range f.files {
		part, e := w.CreateFormFile(a.field, a.name)
		if e == nil {
			_, e = part.Write(a.content)
		}
		if e != nil {
			err = e
		}
	}
	if e := w.Close(); e != nil {
		err = e
	}
	if err != nil {
		f.page.visitor.t.Fatalf("write the form: %v", err)
	}
	return &body, w.FormDataContentType()
}
