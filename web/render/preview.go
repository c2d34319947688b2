package render

import "waypost/stories"

// Preview is a story as it stands in the editor, for those who show it as readers
// would get it.
type Preview struct {
	Story   stories.Story
	Text    stories.Text
	Authors []string // who will be made authors with the story, by name
	Topics  []string // new topics, by name
	Mending *Mending // nil if all could be read
}

// Mending is what has to be mended before a story can be saved, in words of the desk.
type Mending struct {
	Language, Direction string
	Title               string
	List                []string
}
