package gallery

import (
	"waypost/web/desk/fields"
	"waypost/web/me"
)

// leavingPages are those on which somebody takes their data along, leaves or is removed.
func leavingPages() []Scene {
	ask := func(form fields.Form, change func(v *me.LeaveView)) func(c cast) any {
		return func(c cast) any {
			v := me.NewLeaveView(form)
			v.Name, v.Word, v.Back = c.text("Tamsin Oyelaran"), c.words.T("leave.word"), "/me/data"
			change(&v)
			return v
		}
	}
	chosen := fields.New("stories", "nameless", "replies", "removed")
	return []Scene{
		mine("data", "usual", func(cast) any { return me.DataView{} }),
		mine("leave", "own", ask(chosen, func(v *me.LeaveView) { v.Own = true })),
		mine("leave", "refused", ask(refused(fields.New("stories", "named", "replies", "named", "word", "no"), fault("word", "leave.word_wrong", "word", "leave")),
			func(v *me.LeaveView) { v.Own, v.Replied = true, true })),
		mine("leave", "last-owner", ask(chosen, func(v *me.LeaveView) { v.Own, v.Last = true, true })),
		mine("leave", "removed-by-owner", ask(chosen, func(v *me.LeaveView) { v.Address = "tamsin@example.com" })),
		mine("leave", "removed-and-barred", ask(refused(fields.New("stories", "named", "replies", "named", "bar", "yes"), fault("reason", "barred.reason_missing")),
			func(v *me.LeaveView) { v.Address = "tamsin@example.com" })),
		mine("leave", "removed-nameless", ask(chosen, func(v *me.LeaveView) { v.Name = "" })),
		{Page: "me/left", State: "usual", show: func(c cast) any { return c.outside(me.LeftView{}) }},
	}
}
