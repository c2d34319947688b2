package diff

import (
	"reflect"
	"slices"
	"time"

	"waypost/stories"
	"waypost/stories/trails"
)

// Same reports that two contents say the same.
func Same(a, b stories.Content) bool {
	plain := func(c stories.Content) stories.Content {
		c.Published = time.UnixMilli(c.Published.UnixMilli()).UTC()
		c.Authors, c.Topics = append([]string{}, c.Authors...), append([]string{}, c.Topics...)
		c.Trail.Version = 0
		c.Trail.Steps = append([]trails.Step{}, c.Trail.Steps...)
		c.Trail.Changes = append([]trails.Change{}, c.Trail.Changes...)
		for i := range c.Trail.Steps {
			c.Trail.Steps[i].Learned = append([]string{}, c.Trail.Steps[i].Learned...)
		}
		return c
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

// Fields names the parts in which two contents differ, as the form of a story calls
// them, and in its order.
func Fields(a, b stories.Content) []string {
	var list []string
	for _, part := range []struct {
		name string
		same bool
	}{
		{"title", a.Title == b.Title}, {"standfirst", a.Standfirst == b.Standfirst}, {"body", a.Body == b.Body && a.Format == b.Format},
		{"trail", Same(stories.Content{Trail: a.Trail}, stories.Content{Trail: b.Trail})}, {"cover", a.Cover == b.Cover},
		{"authors", slices.Equal(a.Authors, b.Authors)}, {"topics", slices.Equal(a.Topics, b.Topics)}, {"language", a.Language == b.Language},
		{"slug", a.Slug == b.Slug || a.Slug == "" || b.Slug == ""}, {"published", a.Published.Equal(b.Published)}, {"note", a.Note == b.Note},
	} {
		if !part.same {
			list = append(list, part.name)
		}
	}
	return list
}
