package app

import (
	"waypost/internal/db"
	"waypost/internal/mail/traces"
	"waypost/internal/personal"
	"waypost/stories"
	"waypost/stories/copies"
)

// The parts that take more than one feature.

func (a *App) copies() copies.Copies { return copies.Copies{Stories: a.Stories} }

// forgetStories comes after what letters say of somebody: those about stories that lose
// the name are written anew, those of a review that have it go.
func (a *App) forgetStories(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if err := a.forgetInReviews(tx, p); err != nil {
		return err
	}
	if p.Profile != "" && w.Stories != personal.Named {
		if err := a.Stories.EachWrittenBy(tx, p.Profile, func(st stories.Story) error { return a.News.StoryRetold(tx, st.ID) }); err != nil {
			return err
		}
	}
	return a.Stories.Forget(tx, p, w, func() (string, error) {
		former, err := a.Members.Former(tx)
		return former.ID, err
	})
}

func (a *App) forgetInReviews(tx *db.Tx, p personal.Person) error {
	name, err := a.Members.NameOfAccount(tx, p.Account)
	if err != nil {
		return err
	}
	names := []string{name}
	if p.Profile != "" {
		profile, err := a.Members.ProfileByID(tx, p.Profile)
		if err != nil {
			return err
		}
		names = append(names, profile.Name)
	}
	for _, name := range names {
		if err := traces.ForgetName(tx, stories.Notices, name); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) picturesHeld(tx *db.Tx, p personal.Person, out personal.Out) error {
	others, err := a.picturesOf(tx, p)
	if err != nil {
		return err
	}
	return a.Pictures.Held(tx, p, others, out)
}

// picturesOf lists what somebody uploaded, and what their page and their stories show.
func (a *App) picturesOf(tx *db.Tx, p personal.Person) ([]string, error) {
	list, err := a.Pictures.UploadedBy(tx, p.Account)
	if err != nil || p.Profile == "" {
		return list, err
	}
	shown, err := a.Stories.PicturesOf(tx, p.Profile)
	if err != nil {
		return nil, err
	}
	profile, err := a.Members.ProfileByID(tx, p.Profile)
	if profile.PictureID != "" {
		list = append(list, profile.PictureID)
	}
	return append(list, shown...), err
}

// pictureShown reports that a picture is still somebody's, or stands somewhere.
func (a *App) pictureShown(tx *db.Tx, id string) (bool, error) {
	for _, shows := range []func(*db.Tx, string) (bool, error){a.Pictures.Uploaded, a.Stories.Shows, a.Drafts.Shows, a.Members.Shows, a.Community.Shows} {
		if shown, err := shows(tx, id); shown || err != nil {
			return shown, err
		}
	}
	return false, nil
}

// forgetImported keeps the name that an old blog knew only where it stays over stories.
func (a *App) forgetImported(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if p.Profile == "" || w.Stories == personal.Named {
		return nil
	}
	profile, err := a.Members.ProfileByID(tx, p.Profile)
	if err != nil {
		return err
	}
	return a.Imports.ForgetAuthor(tx, p, []string{profile.Name, profile.Handle, p.Address})
}

func (a *App) forgetInJobs(tx *db.Tx, p personal.Person, _ personal.Wish) error {
	for _, id := range []string{p.Account, p.Profile, p.Address} {
		if id == "" {
			continue
		}
		if err := a.Jobs.Rewrite(tx, id, personal.Left); err != nil {
			return err
		}
	}
	return nil
}

// vanishStory takes a story that was removed for good out of all that spoke of it.
func (a *App) vanishStory(tx *db.Tx, path, id string) error {
	base := a.Config.Base.String()
	spoken := []string{base + "/desk/stories/" + id, base + "/desk/review/" + id}
	if path != "" {
		spoken = append(spoken, base+path)
	}
	if err := traces.ForgetWords(tx, spoken...); err != nil {
		return err
	}
	for _, forget := range []func(*db.Tx, string) error{a.Imports.ForgetStory, a.Drafts.ForgetStory} {
		if err := forget(tx, id); err != nil {
			return err
		}
	}
	return a.Community.Vanish(tx, target("story", id), path)
}

// formerName is the name over what somebody left without theirs.
func (a *App) formerName(tx *db.Tx) (string, error) {
	settings, err := a.Community.SettingsIn(tx)
	return a.say(settings.Language, "author.former"), err
}
