package public

import (
	"net/http"

	"waypost/replies"
	"waypost/web/render"
)

// PrivacyView says what becomes of a reply, by the settings in force.
type PrivacyView struct{ replies.Settings }

// Next is what happens after sending, as a message key.
func (v PrivacyView) Next() string { return render.ReplyForm{Mode: v.Mode}.Next() }

// ReplyPrivacy answers /privacy/replies.
func (p *Public) ReplyPrivacy(w http.ResponseWriter, r *http.Request) error {
	return p.page(w, r, "/privacy/replies", "public/privacy", func(b *build) (Layout, error) {
		b.tag(replies.TagRules)
		settings, err := b.Replies.SettingsIn(b.tx)
		if err != nil {
			return Layout{}, err
		}
		layout := b.layout("/privacy/replies", b.words.T("privacy.title"), b.words.T("privacy.about", "name", b.settings.Name))
		layout.Content = PrivacyView{settings}
		return layout, nil
	})
}
