package gallery

import (
	"waypost/community"
	"waypost/web/desk"
	"waypost/web/desk/fields"
	"waypost/web/shell"
)

// begun is a guide after its first two steps.
var begun = desk.NewGuideView([]community.Step{community.StepLook}, []community.Step{community.StepBlog})

// guide is a new community's setting up: begun, in the middle, and whole.
func guide() []Scene {
	return []Scene{
		scene("guide", "usual", "/desk", func(cast) any { return begun }),
		scene("guide", "whole", "/desk", func(cast) any { return desk.NewGuideView(community.Steps(), nil) }),
		{Page: "desk/import", State: "guided", show: func(c cast) any {
			page := c.desk("/desk/import", desk.ImportView{Form: fields.New()})
			page.Guide = &shell.GuideBar{Number: 2, Of: 5, Label: "desk.guide.blog"}
			return page
		}},
	}
}
