package paths

import (
	"waypost/paths"
	"waypost/web/paths/typed"
)

// The words of the interface for what a path has: message keys.
var (
	stepKinds = map[paths.Kind]string{
		paths.Position: "trail.kind.position", paths.Gig: "trail.kind.gig", paths.Trial: "trail.kind.trial", paths.Study: "trail.kind.study",
		paths.Volunteering: "trail.kind.volunteering", paths.Project: "trail.kind.project", paths.Break: "trail.kind.break",
	}
	entryLabels = map[paths.EntryKind]string{
		paths.Learned: "path.entry.learned", paths.Event: "path.entry.event", paths.Conversation: "path.entry.conversation",
		paths.Application: "path.entry.application", paths.Practice: "path.entry.practice",
	}
	changeStates = map[paths.ChangeState]string{
		paths.Confirmed: "path.change.confirmed", paths.Dismissed: "path.change.dismissed", paths.Postponed: "path.change.postponed",
	}
	partLabels = map[paths.Part]string{
		paths.GoalPart: "path.part.goal", paths.StepPart: "path.part.step", paths.EntryPart: "path.part.entry",
		paths.CheckInPart: "path.part.check_in", paths.ChangePart: "path.part.change", paths.DecisionPart: "path.part.decision",
	}
	sources = map[string]string{
		"linkedin": "path.source.linkedin", "resume": "path.source.resume", "badges": "path.source.badges", "calendar": "path.source.calendar", "document": "path.source.document",
	}
)

// itemName is the key of an item's name, by what was asked.
func itemName(item int, clarity bool) string { return typed.Name(typed.Key(item, clarity)) }
