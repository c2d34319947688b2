package wxr

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// addTerm gives an item a term. Very old exports name each term twice, once bare:
// the bare one counts only where it says something new.
func (r *reader) addTerm(rec *record, t TermRef, name string) {
	t.Name = name
	bare := t.Domain == "" && t.Nicename == ""
	switch t.Domain {
	case "":
		t.Domain = "category"
	case "tag":
		t.Domain = "post_tag"
	}
	for i, have := range rec.terms {
		if have.Name != t.Name || have.Domain != t.Domain && !bare && have.Nicename != "" {
			continue
		}
		if bare || have == t {
			return
		}
		if have.Nicename == "" {
			rec.terms[i] = t
			return
		}
	}
	if r.charge(rec, recordBytes) {
		rec.terms = append(rec.terms, t)
	}
}

// charge counts bytes besides texts towards the limit of the item. It is false
// where there is no room: what they are for is then left out.
func (r *reader) charge(rec *record, bytes int64) bool {
	if r.used += bytes; r.used <= r.limits.ItemBytes {
		return true
	}
	if root := r.open[0]; !root.cut {
		r.out.problem(TooLarge, root.line, fmt.Sprintf("<%s> has too many parts; those beyond the limit were left out", root.name))
	}
	rec.cut = true
	return false
}

// closeRecord ends the innermost record and hands it to the record it lies in, or
// to the handler.
func (r *reader) closeRecord() error {
	last := len(r.open) - 1
	rec := r.open[last]
	if last == 0 {
		r.open = r.open[:0]
		return r.deliver(rec)
	}
	whole := r.open[last-1]
	if r.charge(whole, recordBytes) {
		switch rec.name {
		case "wp:comment":
			whole.comments = append(whole.comments, rec.comment())
		default:
			whole.meta = append(whole.meta, Meta{rec.fields["wp:meta_key"], rec.fields["wp:meta_value"]})
		}
	}
	whole.cut = whole.cut || rec.cut
	r.open = r.open[:last]
	return nil
}

func (r *reader) deliver(rec *record) error {
	switch rec.name {
	case "item":
		if err := r.sendSite(); err != nil {
			return err
		}
		it := rec.item(r.out.document)
		r.sum.item(&it)
		return r.out.h.Item(it)
	case "wp:author":
		r.sum.Authors++
		return r.out.h.Author(rec.author(r.out.document))
	case "wp:category":
		r.sum.CategoryDefs++
	case "wp:tag":
		r.sum.TagDefs++
	case "wp:term":
		r.sum.TermDefs++
	}
	return r.out.h.Term(rec.term(r.out.document))
}

// sendSite tells the handler of the site, once.
func (r *reader) sendSite() error {
	if r.siteSent {
		return nil
	}
	r.siteSent = true
	f := r.site
	return r.out.h.Site(Site{
		Title:       f["title"],
		Link:        f["link"],
		Description: f["description"],
		BaseSiteURL: f["wp:base_site_url"],
		BaseBlogURL: f["wp:base_blog_url"],
		Language:    f["language"],
		Version:     f["wp:wxr_version"],
		Generator:   f["generator"],
	})
}

func (rec *record) item(document string) Item {
	f := rec.fields
	return Item{
		Document:      document,
		Line:          rec.line,
		ID:            number(f["wp:post_id"]),
		Type:          f["wp:post_type"],
		Status:        f["wp:status"],
		Title:         f["title"],
		Link:          f["link"],
		GUID:          f["guid"],
		Slug:          f["wp:post_name"],
		Creator:       cmp.Or(f["dc:creator"], f["wp:author"]),
		Password:      f["wp:post_password"],
		Sticky:        f["wp:is_sticky"] == "1",
		Date:          moment(f["wp:post_date_gmt"], f["wp:post_date"], f["pubDate"]),
		Modified:      moment(f["wp:post_modified_gmt"], f["wp:post_modified"], ""),
		Content:       f["content:encoded"],
		Excerpt:       f["excerpt:encoded"],
		Parent:        number(f["wp:post_parent"]),
		MenuOrder:     int(number(f["wp:menu_order"])),
		AttachmentURL: f["wp:attachment_url"],
		Terms:         rec.terms,
		Meta:          rec.meta,
		Comments:      rec.comments,
		Cut:           rec.cut,
	}
}

func (rec *record) comment() Comment {
	f := rec.fields
	c := Comment{
		Line:     rec.line,
		ID:       number(f["wp:comment_id"]),
		Parent:   number(f["wp:comment_parent"]),
		UserID:   number(f["wp:comment_user_id"]),
		Author:   f["wp:comment_author"],
		Email:    f["wp:comment_author_email"],
		URL:      f["wp:comment_author_url"],
		IP:       f["wp:comment_author_IP"],
		Date:     moment(f["wp:comment_date_gmt"], f["wp:comment_date"], ""),
		Content:  f["wp:comment_content"],
		Approved: f["wp:comment_approved"],
		Type:     f["wp:comment_type"],
		Meta:     rec.meta,
	}
	if c.Type == "" {
		c.Type = "comment"
	}
	return c
}

func (rec *record) author(document string) Author {
	f := rec.fields
	return Author{
		Document:    document,
		Line:        rec.line,
		ID:          number(f["wp:author_id"]),
		Login:       f["wp:author_login"],
		Email:       f["wp:author_email"],
		DisplayName: f["wp:author_display_name"],
		FirstName:   f["wp:author_first_name"],
		LastName:    f["wp:author_last_name"],
	}
}

func (rec *record) term(document string) Term {
	f := rec.fields
	t := Term{Document: document, Line: rec.line, ID: number(f["wp:term_id"])}
	switch rec.name {
	case "wp:category":
		t.Taxonomy, t.Slug, t.Parent = "category", f["wp:category_nicename"], f["wp:category_parent"]
		t.Name, t.Description = f["wp:cat_name"], f["wp:category_description"]
	case "wp:tag":
		t.Taxonomy, t.Slug = "post_tag", f["wp:tag_slug"]
		t.Name, t.Description = f["wp:tag_name"], f["wp:tag_description"]
	default:
		t.Taxonomy, t.Slug, t.Parent = f["wp:term_taxonomy"], f["wp:term_slug"], f["wp:term_parent"]
		t.Name, t.Description = f["wp:term_name"], f["wp:term_description"]
	}
	return t
}

// number is a whole number as exports write it, or 0.
func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
