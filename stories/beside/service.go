package beside

import (
	"waypost/internal/db"
	"waypost/stories"
)

// Service chooses and reads what belongs beside stories.
type Service struct {
	*stories.Service
	// Resources finds what the library has under these topics.
	Resources func(tx *db.Tx, topicIDs []string) ([]Candidate, error)
}

// Candidate is a resource that may belong beside a story.
type Candidate struct {
	ID     string
	Text   string // title and note
	Topics []string
}
