package wordpress

import (
	"fmt"
	"strconv"

	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// media keeps what is known of an attachment; nothing is fetched.
func (s *step) media(p *parcel) error {
	is := attachmentOf(p.item)
	was, here, err := s.attachment(p.id)
	if err != nil {
		return fmt.Errorf("look up attachment: %w", err)
	}
	switch {
	case !here:
		s.made.Media++
	case was == is:
		s.kept.Media++
		return nil
	default:
		s.updated.Media++
	}
	if s.dry() {
		return nil
	}
	if err := s.keepAttachment(p.id, is); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	return nil
}

func attachmentOf(it *wxr.Item) attachment {
	return attachment{
		parent:  number(it.Parent),
		url:     mediaURL(it),
		title:   words.Plain(it.Title),
		alt:     words.Plain(it.MetaValue("_wp_attachment_image_alt")),
		caption: words.Plain(it.Excerpt),
	}
}

// number is a source's number, empty for none.
func number(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
