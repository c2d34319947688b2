package desk

import (
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/desk/languages"
)

// verbLabels are the words on the buttons, verbNotes what follows from them.
var (
	verbLabels = map[stories.Verb]string{
		stories.Submit: "desk.verb.submit", stories.Return: "desk.verb.return", stories.Publish: "desk.verb.publish",
		stories.Schedule: "desk.verb.schedule", stories.Unschedule: "desk.verb.unschedule", stories.Unpublish: "desk.verb.unpublish",
		stories.Archive: "desk.verb.archive",
	}
	verbNotes = map[stories.Verb]string{
		stories.Submit: "desk.verb.submit_note", stories.Return: "desk.verb.return_note", stories.Publish: "desk.verb.publish_note",
		stories.Schedule: "desk.verb.schedule_note", stories.Unschedule: "desk.verb.unschedule_note", stories.Unpublish: "desk.verb.unpublish_note",
		stories.Archive: "desk.verb.archive_note",
	}
)

// kindLabels are the names of the kinds of step, as the figure has them.
var kindLabels = map[trails.StepKind]string{
	trails.Position: "trail.kind.position", trails.Gig: "trail.kind.gig", trails.Trial: "trail.kind.trial", trails.Study: "trail.kind.study",
	trails.Volunteering: "trail.kind.volunteering", trails.Project: "trail.kind.project", trails.Break: "trail.kind.break",
}

var endingLabels = map[trails.EndedBy]string{
	trails.Finished: "trail.ended.finished", trails.Left: "trail.ended.left", trails.LetGo: "trail.ended.let_go", trails.MovedOn: "trail.ended.moved_on",
}

var shownChoices = []Option{
	{"", "desk.trail.shown_none"}, {string(trails.Named), "desk.trail.shown_named"},
	{string(trails.Described), "desk.trail.shown_described"}, {string(trails.Hidden), "desk.trail.shown_hidden"},
}

func kinds() []Option {
	var list []Option
	for _, k := range trails.StepKinds() {
		list = append(list, Option{string(k), kindLabels[k]})
	}
	return list
}

func endings() []Option {
	list := []Option{{"", "desk.trail.ended_unsaid"}}
	for _, e := range trails.EndedByAll() {
		list = append(list, Option{string(e), endingLabels[e]})
	}
	return list
}

// tongues are the languages that a story may be in, with the present one even if it is
// rare.
func tongues(present string) []Option {
	var list []Option
	for _, l := range languages.With(present) {
		list = append(list, Option{l.Tag, l.Name})
	}
	return list
}
