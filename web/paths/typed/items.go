package typed

import (
	"net/http"
	"strconv"

	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// The words of the interface for the items of a check-in: message keys.
var (
	statements = map[string]string{
		"learning": "path.item.learning", "growth": "path.item.growth", "belonging": "path.item.belonging", "workload": "path.item.workload",
		"pay": "path.item.pay", "happiness": "path.item.happiness", "goal": "path.item.goal", NoGoal: "path.item.no_goal",
	}
	itemNames = map[string]string{
		"learning": "path.name.learning", "growth": "path.name.growth", "belonging": "path.name.belonging", "workload": "path.name.workload",
		"pay": "path.name.pay", "happiness": "path.name.happiness", "goal": "path.name.goal", NoGoal: "path.name.no_goal",
	}
	scale = []Point{{1, "path.scale.1"}, {2, "path.scale.2"}, {3, "path.scale.3"}, {4, "path.scale.4"}, {5, "path.scale.5"}}
)

// NoGoal is what is asked in place of the item "goal" while none is known.
const NoGoal = "no_goal"

// Point is an answer with its words.
type Point struct {
	Answer int
	Label  string // a message key
}

// Item is one statement of a check-in, with its five answers.
type Item struct {
	Key    string // of the item
	Name   string // of the field
	Answer int    // 0 where skipped
}

// Statement is the key of the item's sentence.
func (f Item) Statement() string { return statements[f.Key] }

// Short is the key of the item's name.
func (f Item) Short() string { return itemNames[f.Key] }

// Scale are the answers.
func (Item) Scale() []Point { return scale }

// Items are the seven statements as fields of a form. Without a known goal the last one
// asks for clarity.
func Items(prefix string, clarity bool, answer func(name string) int) []Item {
	list := make([]Item, checkins.Items)
	for i := range list {
		key := checkins.Item(i).String()
		list[i] = Item{Key: Key(i, clarity), Name: prefix + "." + key, Answer: answer(prefix + "." + key)}
	}
	return list
}

// Key names an item by what was asked.
func Key(item int, clarity bool) string {
	if clarity && checkins.Item(item) == checkins.Goal {
		return NoGoal
	}
	return checkins.Item(item).String()
}

// Answers reads the seven answers of a form.
func Answers(r *http.Request, prefix string) checkins.Answers {
	var a checkins.Answers
	for i := range a {
		a[i], _ = strconv.Atoi(kit.Line(r, prefix+"."+checkins.Item(i).String())) // what is no number was not answered
	}
	return a
}

// SetAnswers shows seven answers in a form.
func SetAnswers(form fields.Form, prefix string, a checkins.Answers) {
	for i, answer := range a {
		form.Values.Set(prefix+"."+checkins.Item(i).String(), strconv.Itoa(answer))
	}
}

// Name is the key of an item's name.
func Name(key string) string { return itemNames[key] }
