package wxr

// Summary counts what was read. Its JSON is part of the report of an import.
type Summary struct {
	WellFormed bool   `json:"well_formed"`     // by a strict parser's rules
	Error      string `json:"error,omitempty"` // the first breach, with its line

	Authors      int            `json:"authors"`
	Items        int            `json:"items"`
	ByTypeStatus map[string]int `json:"by_type_status"` // "post/publish"

	Comments               int            `json:"comments"`
	CommentsByTypeApproved map[string]int `json:"comments_by_type_approved"` // "comment/1"
	MaxReplyDepth          int            `json:"max_reply_depth"`           // 1 where no comment answers another

	CategoryDefs int `json:"category_defs"`
	TagDefs      int `json:"tag_defs"`
	TermDefs     int `json:"term_defs"`
}

func newSummary() Summary {
	return Summary{
		WellFormed:             true,
		ByTypeStatus:           map[string]int{},
		CommentsByTypeApproved: map[string]int{},
	}
}

// add takes over the counts of another document of the same export.
func (s *Summary) add(o Summary) {
	if s.WellFormed && !o.WellFormed {
		s.WellFormed, s.Error = false, o.Error
	}
	s.Authors += o.Authors
	s.Items += o.Items
	s.Comments += o.Comments
	for k, n := range o.ByTypeStatus {
		s.ByTypeStatus[k] += n
	}
	for k, n := range o.CommentsByTypeApproved {
		s.CommentsByTypeApproved[k] += n
	}
	s.MaxReplyDepth = max(s.MaxReplyDepth, o.MaxReplyDepth)
	s.CategoryDefs += o.CategoryDefs
	s.TagDefs += o.TagDefs
	s.TermDefs += o.TermDefs
}

func (s *Summary) item(it *Item) {
	s.Items++
	s.ByTypeStatus[it.Type+"/"+it.Status]++
	s.Comments += len(it.Comments)
	for _, c := range it.Comments {
		s.CommentsByTypeApproved[c.Type+"/"+c.Approved]++
	}
	s.MaxReplyDepth = max(s.MaxReplyDepth, replyDepth(it.Comments))
}

// replyDepth is the length of the longest chain of answers. A comment whose parent
// is missing stands at the top; a circle of answers is cut where it is first met.
func replyDepth(comments []Comment) int {
	parent := make(map[int64]int64, len(comments))
	for _, c := range comments {
		parent[c.ID] = c.Parent
	}
	depth := make(map[int64]int, len(comments)) // 0: not known, -1: being followed
	deepest := 0
	var chain []int64
	for _, c := range comments {
		chain = chain[:0]
		id := c.ID
		for depth[id] == 0 {
			if _, known := parent[id]; !known {
				break
			}
			depth[id] = -1
			chain = append(chain, id)
			id = parent[id]
		}
		above := max(depth[id], 0)
		for i := len(chain) - 1; i >= 0; i-- {
			above++
			depth[chain[i]] = above
		}
		deepest = max(deepest, depth[c.ID])
	}
	return deepest
}
