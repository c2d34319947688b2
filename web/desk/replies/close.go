package replies

import (
	"net/http"
	"net/url"

	"waypost/members"
	"waypost/web/kit"
	"waypost/web/shell"
)

// close answers POST /desk/replies/stories/{id}/closing: no replies to a story any more, or again.
func (d *Desk) close(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	id, shut := r.PathValue("id"), r.PostForm.Get("closed") == "yes"
	who := shell.ActorOf(r)
	if err := d.Replies.Close(r.Context(), who, id, shut); err != nil {
		return err
	}
	done := "replies-opened"
	if shut {
		done = "replies-closed"
	}
	if r.PostForm.Get("back") == "story" || !who.May(members.ModerateReplies) {
		return kit.SeeOther(w, r, "/desk/stories/"+url.PathEscape(id)+"?done="+done)
	}
	there := PlaceIn(r.URL.Query())
	there.StoryID = id
	return kit.SeeOther(w, r, there.at(Section)+"&done="+done)
}
