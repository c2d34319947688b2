package ways

import (
	"waypost/paths"
)

// The words of the interface: message keys.
var (
	criterionNames = map[string]string{
		"learning": "path.name.learning", "goal": "path.name.goal", "happiness": "path.name.happiness", "belonging": "path.name.belonging",
		"workload": "path.name.workload", "pay": "path.name.pay", "doors": "path.name.doors",
	}
	metLabels = map[paths.Met]string{
		"": "path.met.unknown", paths.MetUnknown: "path.met.unknown", paths.MetYes: "path.met.yes", paths.MetNo: "path.met.no",
	}
	// States are the words for how far a decision is.
	States = map[paths.DecisionState]string{
		paths.DecisionOpen: "path.decision.open", paths.DecisionDecided: "path.decision.decided", paths.DecisionReviewed: "path.decision.reviewed", paths.DecisionDropped: "path.decision.dropped",
	}
)

// Choice is one of a path's own things to choose.
type Choice struct{ ID, Title string }
