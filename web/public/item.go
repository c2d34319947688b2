package public

import (
	"slices"
	"time"

	"waypost/members"
	"waypost/pictures"
	"waypost/stories"
	"waypost/topics"
)

// Item is a story as lists show it.
type Item struct {
	stories.Story
	URL     string
	Date    time.Time // in the community's zone
	Byline  []Person
	Subject []topics.Topic
	Picture *Picture
}

// topicsAtHead is how many topics stand over a story's title; the others open.
const topicsAtHead = 3

// FirstSubjects are the topics over the title, MoreSubjects those behind them.
func (i Item) FirstSubjects() []topics.Topic { return i.Subject[:min(len(i.Subject), topicsAtHead)] }

// MoreSubjects are the topics that FirstSubjects leaves out.
func (i Item) MoreSubjects() []topics.Topic { return i.Subject[min(len(i.Subject), topicsAtHead):] }

// Person is an author as pages show them.
type Person struct {
	members.Profile
	URL      string
	Portrait *pictures.Picture
}

// Picture is a stored picture with the words that stand for it here.
type Picture struct {
	pictures.Picture
	Alt     string
	Caption string
}

// items adds to stories what lists show of them, in one query a kind.
func (b *build) items(list []stories.Story) ([]Item, error) {
	var people, subjects, covers []string
	for _, s := range list {
		people, subjects = append(people, s.Authors...), append(subjects, s.Topics...)
		if s.Cover.PictureID != "" {
			covers = append(covers, s.Cover.PictureID)
		}
		b.tag(stories.TagStory(s.ID))
	}
	byPerson, byPicture, err := b.peopleAnd(covers, people)
	if err != nil {
		return nil, err
	}
	byTopic, err := b.Topics.ByIDs(b.tx, distinct(subjects))
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(list))
	for i, s := range list {
		items[i] = Item{Story: s, URL: stories.Address(s.Slug), Date: s.Published.In(b.zone)}
		for _, id := range s.Authors {
			items[i].Byline = append(items[i].Byline, byPerson[id])
		}
		for _, id := range s.Topics {
			items[i].Subject = append(items[i].Subject, byTopic[id])
			b.tag(topics.TagTopic(id))
		}
		if p, ok := byPicture[s.Cover.PictureID]; ok {
			items[i].Picture = &Picture{p, s.Cover.Alt, s.Cover.Caption}
		}
	}
	return items, nil
}

// people finds authors with their portraits, by ID.
func (b *build) people(ids []string) (map[string]Person, error) {
	people, _, err := b.peopleAnd(nil, ids)
	return people, err
}

// peopleAnd finds authors by ID, and their portraits together with other pictures.
func (b *build) peopleAnd(pictureIDs, ids []string) (map[string]Person, map[string]pictures.Picture, error) {
	profiles, err := b.Members.ProfilesByID(b.tx, distinct(ids))
	if err != nil {
		return nil, nil, err
	}
	for id, p := range profiles {
		p = p.SeenBy(members.Actor{}) // these pages are for everybody
		profiles[id] = p
		b.tag(members.TagProfile(p.ID))
		if p.PictureID != "" {
			pictureIDs = append(pictureIDs, p.PictureID)
		}
	}
	pictureIDs = distinct(pictureIDs)
	for _, id := range pictureIDs {
		b.tag(pictures.Tag(id))
	}
	byPicture, err := b.Pictures.ByIDs(b.tx, pictureIDs)
	if err != nil {
		return nil, nil, err
	}
	people := make(map[string]Person, len(profiles))
	for id, p := range profiles {
		people[id] = person(p, byPicture)
	}
	return people, byPicture, nil
}

func person(p members.Profile, byPicture map[string]pictures.Picture) Person {
	out := Person{Profile: p, URL: "/authors/" + p.Handle}
	if portrait, ok := byPicture[p.PictureID]; ok {
		out.Portrait = &portrait
	}
	return out
}

// distinct are the identifiers in order, each once.
func distinct(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }
