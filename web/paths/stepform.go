package paths

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// StepForm is the form of a step.
type StepForm struct {
	fields.Form
	ID      string // empty for a new step
	Parents []Choice
	Items   []ItemField // what is expected at the start
	More    bool        // what is less often wanted is open
	Plan    bool        // so is what is expected
}

// Choice is one of a path's own things to choose.
type Choice struct{ ID, Title string }

// ItemField is one statement of a check-in, with its five answers.
type ItemField struct {
	Key    string // of the item
	Name   string // of the field
	Answer int    // 0 where skipped
}

// Statement is the key of the item's sentence.
func (f ItemField) Statement() string { return statements[f.Key] }

// Short is the key of the item's name.
func (f ItemField) Short() string { return itemNames[f.Key] }

// Scale are the answers.
func (ItemField) Scale() []ScalePoint { return scale }

// itemFields are the seven statements as fields of a form.
func itemFields(prefix string, answer func(name string) int) []ItemField {
	list := make([]ItemField, checkins.Items)
	for i := range list {
		key := checkins.Item(i).String()
		list[i] = ItemField{Key: key, Name: prefix + "." + key, Answer: answer(prefix + "." + key)}
	}
	return list
}

// answersIn reads the seven answers of a form.
func answersIn(r *http.Request, prefix string) checkins.Answers {
	var a checkins.Answers
	for i := range a {
		a[i], _ = strconv.Atoi(kit.Line(r, prefix+"."+checkins.Item(i).String())) // what is no number was not answered
	}
	return a
}

func setAnswers(form fields.Form, prefix string, a checkins.Answers) {
	for i, answer := range a {
		form.Values.Set(prefix+"."+checkins.Item(i).String(), strconv.Itoa(answer))
	}
}

// newStep answers GET /path/steps/new.
func (m *Paths) newStep(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	kind := r.URL.Query().Get("kind")
	if !slices.Contains(paths.Kinds(), paths.Kind(kind)) {
		kind = string(paths.Position)
	}
	form := fields.New("kind", kind, "cadence", "30", "version", "0")
	return m.showStepForm(w, r, http.StatusOK, p, "", form)
}

// editStep answers GET /path/steps/{id}/edit.
func (m *Paths) editStep(w http.ResponseWriter, r *http.Request) error {
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	return m.showStepForm(w, r, http.StatusOK, p, s.ID, formOf(s))
}

// formOf shows a step as it is kept.
func formOf(s paths.Step) fields.Form {
	form := fields.New("kind", string(s.Kind), "title", s.Title, "organization", s.Organization, "parent", s.Parent, "start", s.Start.String(), "end", s.End.String(),
		"ended_by", string(s.EndedBy), "had", s.Had, "expect", s.Expect, "stay_if", s.StayIf, "leave_if", s.LeaveIf, "review", s.Review.String(),
		"cadence", strconv.Itoa(int(s.Cadence)), "version", fields.Number(s.Version))
	if s.Detour {
		form.Values.Set("detour", "yes")
	}
	if s.Workload > 0 {
		form.Values.Set("workload", strconv.Itoa(s.Workload))
	}
	if s.Pay != nil {
		form.Values.Set("pay", amountText(s.Pay.Amount))
		form.Values.Set("currency", s.Pay.Currency)
		form.Values.Set("per", string(s.Pay.Per))
	}
	setAnswers(form, "expected", s.Expected)
	return form
}

func (m *Paths) showStepForm(w http.ResponseWriter, r *http.Request, status int, p mine, id string, form fields.Form) error {
	return m.Show(w, r, status, "path/step-form", home, NewStepForm(p.Path, id, form))
}

// NewStepForm is the form of a step of a path, or of a new one.
func NewStepForm(p paths.Path, id string, form fields.Form) StepForm {
	answer := func(name string) int {
		n, _ := strconv.Atoi(form.Value(name)) // none was chosen
		return n
	}
	view := StepForm{Form: form, ID: id, Items: itemFields("expected", answer)}
	for _, s := range p.Steps {
		if s.ID != id && s.Parent == "" {
			view.Parents = append(view.Parents, Choice{s.ID, s.Title})
		}
	}
	view.More = form.Value("workload")+form.Value("pay")+form.Value("parent") != "" || form.AnyFault("pay") || form.AnyFault("workload") || form.AnyFault("currency")
	view.Plan = form.Value("kind") == string(paths.Trial) || form.AnyFault("expect") || form.AnyFault("stay_if") || form.AnyFault("leave_if") || form.AnyFault("had")
	return view
}

// saveStep answers POST /path/steps/new and POST /path/steps/{id}/edit.
func (m *Paths) saveStep(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	read := dates{r: r}
	s := typedStep(r, &read, at)
	if at.ID != "" {
		if s, err = m.untyped(r, s); err != nil {
			return err
		}
	}
	if err = read.faults.Err(); err == nil {
		s, err = m.Paths.SaveStep(r.Context(), member(r), s)
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+s.ID+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	return m.showStepForm(w, r, status, p, at.ID, form)
}

// untyped keeps what the form has no field for.
func (m *Paths) untyped(r *http.Request, s paths.Step) (paths.Step, error) {
	_, old, err := m.stepOf(r)
	s.Goal = old.Goal
	return s, err
}

// typedStep reads the form.
func typedStep(r *http.Request, read *dates, at paths.Row) paths.Step {
	s := paths.Step{Row: at, Kind: paths.Kind(r.PostForm.Get("kind")), Title: kit.Line(r, "title"), Organization: kit.Line(r, "organization"),
		Parent: r.PostForm.Get("parent"), Start: read.read("start"), End: read.read("end"), EndedBy: paths.EndedBy(r.PostForm.Get("ended_by")),
		Detour: r.PostForm.Get("detour") != "", Workload: read.number("workload"), Had: text(r, "had"), Expect: text(r, "expect"), StayIf: text(r, "stay_if"),
		LeaveIf: text(r, "leave_if"), Review: read.read("review"), Expected: answersIn(r, "expected"), Cadence: paths.Cadence(read.number("cadence"))}
	if kit.Line(r, "pay") != "" {
		s.Pay = &paths.Pay{Amount: read.amount("pay"), Currency: strings.ToUpper(kit.Line(r, "currency")), Per: paths.Per(r.PostForm.Get("per"))}
	}
	return s
}

// text is a field of several lines, trimmed.
func text(r *http.Request, name string) string { return strings.TrimSpace(kit.Block(r, name)) }

// amount reads an amount with at most two decimals as minor units.
func (d *dates) amount(name string) int64 {
	typed := kit.Line(d.r, name)
	if typed == "" {
		return 0
	}
	amount, err := parseAmount(typed)
	if err != nil {
		d.faults.Add(name, "path.not_a_number", "value", typed)
	}
	return amount
}

// parseAmount reads 2800, 2800.50, 2,800.50 and 2.800,50: the last sign that is followed
// by one or two digits parts whole from hundredths.
func parseAmount(typed string) (int64, error) {
	plain := strings.NewReplacer(" ", "", "'", "", "\u00a0", "", "\u202f", "", "’", "").Replace(typed)
	whole, part := plain, ""
	if i := strings.LastIndexAny(plain, ".,"); i >= 0 && len(plain)-i-1 <= 2 {
		whole, part = plain[:i], plain[i+1:]
	}
	whole = strings.NewReplacer(",", "", ".", "").Replace(whole)
	major, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || major > math.MaxInt64/1000 || major < math.MinInt64/1000 {
		return 0, fmt.Errorf("%q is no amount", typed)
	}
	minor, err := strconv.ParseUint((part + "00")[:2], 10, 8)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount", typed)
	}
	if strings.HasPrefix(plain, "-") {
		return major*100 - int64(minor), nil
	}
	return major*100 + int64(minor), nil
}

// amountText writes minor units as a form holds them.
func amountText(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	if minor%100 == 0 {
		return sign + strconv.FormatInt(minor/100, 10)
	}
	return fmt.Sprintf("%s%d.%02d", sign, minor/100, minor%100)
}

// endStep answers POST /path/steps/{id}/end.
func (m *Paths) endStep(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	read := dates{r: r}
	end := read.read("end")
	if err = read.faults.Err(); err == nil {
		err = m.Paths.EndStep(r.Context(), member(r), at, end, paths.EndedBy(r.PostForm.Get("ended_by")))
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+at.ID+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.showStep(w, r, status, form)
}

// removeStep answers POST /path/steps/{id}/remove.
func (m *Paths) removeStep(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, home+"?done=removed#removed", func(at paths.Row) error { return m.Paths.RemoveStep(r.Context(), member(r), at) })
}
