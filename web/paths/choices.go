package paths

import (
	"waypost/paths"
	"waypost/web/desk/fields"
)

// Kinds are those of a step.
func (StepForm) Kinds() []fields.Option { return fields.Kinds() }

// Kinds are those of a step.
func (StartView) Kinds() []fields.Option { return fields.Kinds() }

// Endings are the ways in which a step ends.
func (StepForm) Endings() []fields.Option { return fields.Endings() }

// Endings are the ways in which a step ends.
func (StepView) Endings() []fields.Option { return fields.Endings() }

// EntryKinds are those of an entry.
func (EntryForm) EntryKinds() []fields.Option { return entryKinds() }

// EntryKinds are those of an entry.
func (EntriesView) EntryKinds() []fields.Option { return entryKinds() }

func entryKinds() []fields.Option {
	var list []fields.Option
	for _, kind := range paths.EntryKinds() {
		list = append(list, fields.Option{Value: string(kind), Label: entryLabels[kind]})
	}
	return list
}

// HelpPart is a part of the help: message keys.
type HelpPart struct{ Title, Text string }

// Sections are what the help says, in its order.
func (HelpView) Sections() []HelpPart {
	return []HelpPart{
		{"path.help.drawing_title", "path.help.drawing"},
		{"path.help.answers_title", "path.help.answers"}, {"path.help.curve_title", "path.help.curve"}, {"path.help.detected_title", "path.help.detected"},
		{"path.help.limits_title", "path.help.limits"}, {"path.help.trial_title", "path.help.trial"}, {"path.help.decision_title", "path.help.decision"},
		{"path.help.decision_limits_title", "path.help.decision_limits"}, {"path.help.context_title", "path.help.context"}, {"path.help.privacy_title", "path.help.privacy"},
		{"path.help.key_title", "path.help.key"}, {"path.help.never_title", "path.help.never"}, {"path.help.sources_title", "path.help.sources"},
	}
}
