package fields

import "waypost/stories/trails"

// Option is an entry of a choice.
type Option struct{ Value, Label string }

// kindLabels are the names of the kinds of step, as the figure has them.
var kindLabels = map[trails.StepKind]string{
	trails.Position: "trail.kind.position", trails.Gig: "trail.kind.gig", trails.Trial: "trail.kind.trial", trails.Study: "trail.kind.study",
	trails.Volunteering: "trail.kind.volunteering", trails.Project: "trail.kind.project", trails.Break: "trail.kind.break",
}

var endingLabels = map[trails.EndedBy]string{
	trails.Finished: "trail.ended.finished", trails.Left: "trail.ended.left", trails.LetGo: "trail.ended.let_go", trails.MovedOn: "trail.ended.moved_on",
}

// Shown are the ways in which an organization is shown.
var Shown = []Option{
	{"", "desk.trail.shown_none"}, {string(trails.Named), "desk.trail.shown_named"},
	{string(trails.Described), "desk.trail.shown_described"}, {string(trails.Hidden), "desk.trail.shown_hidden"},
}

// Kinds are those of a step.
func Kinds() []Option {
	var list []Option
	for _, k := range trails.StepKinds() {
		list = append(list, Option{string(k), kindLabels[k]})
	}
	return list
}

// Endings are the ways in which a step ended.
func Endings() []Option {
	list := []Option{{"", "desk.trail.ended_unsaid"}}
	for _, e := range trails.EndedByAll() {
		list = append(list, Option{string(e), endingLabels[e]})
	}
	return list
}
