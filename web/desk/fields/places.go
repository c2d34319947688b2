package fields

import (
	"strconv"
	"strings"

	"waypost/internal/problem"
)

// places are the names of fields that a fault's sentence alone would not tell apart.
var places = map[string]string{
	"answer": "reply.text", "title": "desk.story.title", "standfirst": "desk.story.standfirst", "body": "desk.story.body", "slug": "desk.story.slug",
	"cover_alt": "desk.story.cover_alt", "cover_caption": "desk.story.cover_caption", "cover_file": "desk.story.cover_file",
	"body_file": "desk.picture.for_text", "body_alt": "desk.picture.alt", "alt": "desk.picture.alt", "topics": "desk.story.topics",
	"new_topics": "desk.story.new_topics", "authors": "desk.story.authors", "new_author": "desk.story.new_author", "language": "desk.story.language",
	"published": "desk.story.published", "at": "desk.verb.at", "name": "desk.field.name",
	"tagline": "desk.setup.tagline", "accent": "desk.setup.accent", "time_zone": "desk.setup.zone", "your_name": "desk.setup.your_name",
	"description": "desk.topic.description", "note": "desk.field.note", "message": "desk.verb.message", "url": "desk.resource.url", "handle": "desk.author.handle",
	"pronouns": "desk.author.pronouns", "place": "desk.author.place", "bio": "desk.author.bio", "links": "desk.author.links",
	"state": "desk.page.state", "desk_language": "desk.settings.language", "record_days": "desk.settings.record", "backup_days": "desk.settings.backups",
	"trail.goal": "desk.trail.goal", "picture": "desk.picture.file", "portrait_file": "desk.author.portrait",
	"trail": "desk.trail.title", "cover": "desk.story.cover", "in_menu": "desk.page.in_menu", "portrait": "desk.author.portrait", "link_label": "desk.author.link_label", "link_url": "desk.author.link_url",
}

// rowPlaces name a row of the trail by its number, and its fields.
var rowPlaces = map[string]struct {
	row    string
	fields map[string]string
}{
	"steps": {"desk.trail.step_number", map[string]string{"kind": "desk.trail.kind", "title": "desk.trail.step_title", "shown": "desk.trail.shown",
		"organization": "desk.trail.organization", "start": "desk.trail.start", "end": "desk.trail.end", "parent": "desk.trail.parent",
		"detour": "desk.trail.detour", "ended_by": "desk.trail.ended_by", "learned": "desk.trail.learned"}},
	"changes": {"desk.trail.change_number", map[string]string{"date": "desk.trail.change_date", "step": "desk.trail.change_step", "words": "desk.trail.change_words"}},
}

// Places names a field, from the outside in: the step, then what is in it. It is
// empty where a field has no name.
func Places(name string) []problem.Message {
	if key := places[name]; key != "" {
		return []problem.Message{{Key: key}}
	}
	parts := strings.Split(name, ".")
	if len(parts) == 2 && isNumber(parts[1]) && places[parts[0]] != "" {
		return []problem.Message{{Key: places[parts[0]]}}
	}
	if len(parts) < 3 || parts[0] != "trail" {
		return nil
	}
	n, err := strconv.Atoi(parts[2])
	row, known := rowPlaces[parts[1]]
	if err != nil || !known {
		return nil
	}
	list := []problem.Message{{Key: row.row, Args: []any{"number", n + 1}}}
	if len(parts) > 3 && row.fields[parts[3]] != "" {
		list = append(list, problem.Message{Key: row.fields[parts[3]]})
	}
	return list
}

// Places names the field that a fault is of.
func (f Form) Places(name string) []problem.Message { return Places(name) }
