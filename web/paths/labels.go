package paths

import (
	"waypost/paths"
	"waypost/paths/checkins"
)

// The words of the interface for what a path has: message keys.
var (
	statements = map[string]string{
		"learning": "path.item.learning", "growth": "path.item.growth", "belonging": "path.item.belonging", "workload": "path.item.workload",
		"pay": "path.item.pay", "happiness": "path.item.happiness", "goal": "path.item.goal", noGoal: "path.item.no_goal",
	}
	itemNames = map[string]string{
		"learning": "path.name.learning", "growth": "path.name.growth", "belonging": "path.name.belonging", "workload": "path.name.workload",
		"pay": "path.name.pay", "happiness": "path.name.happiness", "goal": "path.name.goal", noGoal: "path.name.no_goal",
	}
	scale     = []ScalePoint{{1, "path.scale.1"}, {2, "path.scale.2"}, {3, "path.scale.3"}, {4, "path.scale.4"}, {5, "path.scale.5"}}
	stepKinds = map[paths.Kind]string{
		paths.Position: "trail.kind.position", paths.Gig: "trail.kind.gig", paths.Trial: "trail.kind.trial", paths.Study: "trail.kind.study",
		paths.Volunteering: "trail.kind.volunteering", paths.Project: "trail.kind.project", paths.Break: "trail.kind.break",
	}
	entryLabels = map[paths.EntryKind]string{
		paths.Learned: "path.entry.learned", paths.Event: "path.entry.event", paths.Conversation: "path.entry.conversation",
		paths.Application: "path.entry.application", paths.Practice: "path.entry.practice",
	}
	decisionStates = map[paths.DecisionState]string{
		paths.DecisionOpen: "path.decision.open", paths.DecisionDecided: "path.decision.decided", paths.DecisionReviewed: "path.decision.reviewed", paths.DecisionDropped: "path.decision.dropped",
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

// noGoal is what is asked in place of the item "goal" while none is known.
const noGoal = "no_goal"

// ScalePoint is an answer with its words.
type ScalePoint struct {
	Answer int
	Label  string // a message key
}

// itemName is the key of an item's name.
func itemName(item int) string { return itemNames[checkins.Item(item).String()] }
