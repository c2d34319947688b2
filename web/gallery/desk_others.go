package gallery

import (
	"net/url"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/stories"
	"waypost/transfer/wordpress"
	"waypost/web/desk"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
	deskpeople "waypost/web/desk/people"
	"waypost/web/desk/write"
	"waypost/web/shell"
)

// deskOthers are the desk's pages that are neither a list nor one form.
func deskOthers() []Scene {
	list := append(deskVersions(), deskImports()...)
	return append(list, []Scene{
		scene("error", "missing", "", func(cast) any {
			return shell.ErrorView{Status: 404, Message: problem.Message{Key: "error.404"}, Advice: "error.404.advice"}
		}),
		scene("error", "failure", "", func(cast) any {
			return shell.ErrorView{Status: 500, Message: problem.Message{Key: "error.500"}, Advice: "error.500.advice", Incident: "0123456789"}
		}),
		scene("error", "role", "", func(cast) any {
			return shell.ErrorView{Status: 403, Message: problem.Message{Key: "problem.forbidden"}, Advice: "desk.error.ask_owner", Roles: []string{"desk.role.owner", "desk.role.editor"}}
		}),
		scene("error", "typed", "", func(c cast) any {
			return shell.ErrorView{Status: 409, Message: problem.Message{Key: "story.changed"}, Faults: []problem.Field{fault("title", "story.title_missing")}, Action: "/desk/stories/s1",
				Typed: []fields.Typed{{Name: "body", Value: c.text(essay), Long: true}, {Name: "title", Value: c.text(endless)}, {Name: "version", Value: "3", Unseen: true}}}
		}),
		{Page: "desk/error", State: "signed-out", show: func(c cast) any {
			return c.outside(shell.ErrorView{Status: 401, Message: problem.Message{Key: "signin.ended"}, SignIn: true, Action: "/desk/topics/new",
				Typed: []fields.Typed{{Name: "description", Value: c.text(endless + " " + wordy), Long: true}, {Name: "trail.steps.0.learned", Value: c.text(wordy), Long: true},
					{Name: "trail.steps.0.kind", Value: "gig", Chosen: "trail.kind.gig"}}})
		}},
		scene("pictures", "usual", "/desk/pictures", func(c cast) any {
			line := write.PictureLine{Picture: coverPicture, Markdown: "![" + c.text("Hills") + "](" + coverPicture.Address() + ")"}
			return write.PicturesView{Form: fields.New(), List: []write.PictureLine{line, line, line}}
		}),
		scene("pictures", "refused", "/desk/pictures", func(c cast) any {
			return write.PicturesView{Form: refused(fields.New("alt", c.text(endless)), fault("picture", "picture.refused_bytes"))}
		}),
		scene("pictures", "empty", "/desk/pictures", func(cast) any { return write.PicturesView{Form: fields.New()} }),
	}...)
}

// versions are those of a story.
func versions(c cast) []write.RevisionRow {
	return []write.RevisionRow{{Revision: stories.Revision{Version: 12, Saved: today}, By: c.text("Tamsin Oyelaran"), Current: true, Changed: []string{"desk.story.title", "desk.story.body", "desk.trail.title"}},
		{Revision: stories.Revision{Version: 11, Saved: today}, By: c.text(endless)}, {Revision: stories.Revision{Version: 1, Saved: today}}}
}

// deskVersions are the pages that show two texts of a story.
func deskVersions() []Scene {
	both := func(c cast) []diff.Line {
		return diff.Lines(c.text(essay), c.text(strings.Replace(essay, "four years", "five years", 1)+"\n"+endless))
	}
	return []Scene{
		scene("revisions", "usual", "/desk/stories", func(c cast) any {
			rows := versions(c)
			return write.Versions{Story: c.item(0).Story, List: rows, To: rows[0], From: rows[1]}
		}),
		scene("revisions", "untitled", "/desk/stories", func(c cast) any {
			return write.Versions{Story: stories.Story{ID: "s1"}, List: []write.RevisionRow{{Revision: stories.Revision{Version: 1, Saved: today}, Current: true}}}
		}),
		scene("compare", "usual", "/desk/stories", func(c cast) any {
			was, is := coverPicture, portraitPicture
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[1], To: versions(c)[0]}, Restore: true, Language: c.words.Language,
				Body: diff.Words(c.text(essay), c.text(strings.Replace(essay, "four years", "five years", 1)+"\n"+endless)), Others: []write.Difference{
					{Labels: fields.Places("title"), Theirs: c.text(titles[1]), Mine: c.text(titles[0])}, {Labels: fields.Places("cover"), Theirs: c.text("Hills"), Mine: c.text("A door"), Was: &was, Is: &is},
					{Labels: fields.Places("trail.steps.1.learned"), Theirs: c.text(wordy), Mine: c.text(wordy + endless)}, {Labels: fields.Places("topics"), Mine: c.text("Leaving")}}}
		}),
		scene("compare", "rewritten", "/desk/stories", func(c cast) any {
			body := diff.Words(c.text("Before."), c.text("After."))
			body.Passed = true
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[2], To: versions(c)[1]}, Body: body,
				Others: []write.Difference{{Labels: fields.Places("cover"), Theirs: c.text("No cover"), Mine: c.text("Hills"), Is: &coverPicture}}}
		}),
		scene("compare", "text-same", "/desk/stories", func(c cast) any {
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[1], To: versions(c)[0]},
				Body: diff.Words(c.text(essay), c.text(essay)), Others: []write.Difference{{Labels: fields.Places("standfirst"), Theirs: c.text(wordy)},
					{Labels: fields.Places("cover"), Theirs: c.text("Hills"), Mine: c.text("No cover"), Was: &coverPicture}}}
		}),
		scene("compare", "same", "/desk/stories", func(c cast) any {
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[1], To: versions(c)[0]}, Restore: true}
		}),
		scene("compare", "first", "/desk/stories", func(c cast) any {
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[2], To: versions(c)[2]}, Restore: true,
				Body: diff.Whole(c.text(essay)), Language: c.words.Language}
		}),
		scene("compare", "twice", "/desk/stories", func(c cast) any {
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: versions(c), From: versions(c)[0], To: versions(c)[0]}, Body: diff.Whole(c.text(essay)), Language: c.words.Language}
		}),
		scene("compare", "only", "/desk/stories", func(c cast) any {
			rows := versions(c)[:1]
			return write.CompareView{Versions: write.Versions{Story: c.item(0).Story, List: rows, From: rows[0], To: rows[0]}, Body: diff.Whole(c.text(essay)), Language: c.words.Language}
		}),
		scene("conflict", "usual", "/desk/stories", func(c cast) any {
			lines := both(c)
			mine := []fields.Typed{{Name: "title", Value: c.text(titles[0])}, {Name: "body", Value: c.text(essay), Long: true}}
			return write.ConflictView{Action: "/desk/stories/s1", Version: 12, Body: lines, Merged: diff.Both(lines), Mine: mine, Rest: mine[:1],
				Others: []write.Difference{{Labels: fields.Places("title"), Theirs: c.text(endless + " " + endless), Mine: c.text(titles[0])}, {Labels: fields.Places("cover"), Was: &coverPicture, Is: &portraitPicture},
					{Labels: fields.Places("topics"), Mine: c.text("Leaving")}}}
		}),
		scene("conflict", "text-alone", "/desk/stories", func(c cast) any {
			lines := diff.Lines(c.text("One line."), c.text("Another line."))
			return write.ConflictView{Action: "/desk/stories/s1", Version: 2, Body: lines, Merged: diff.Both(lines)}
		}),
	}
}

func deskImports() []Scene {
	run := func(c cast, state wordpress.State, report *wordpress.Report) desk.ImportRow {
		return desk.ImportRow{Run: wordpress.Run{ID: "i1", Site: "blog.example", FileName: "brackmouth.wordpress.2026-11-01.xml", State: state, Started: today}, Report: report}
	}
	return []Scene{
		scene("import", "empty", "/desk/import", func(cast) any { return desk.ImportView{Form: fields.New()} }),
		scene("import", "running", "/desk/import", func(c cast) any {
			return desk.ImportView{Form: fields.New(), Refresh: true, Runs: []desk.ImportRow{run(c, wordpress.Running, nil)}}
		}),
		scene("import", "waiting", "/desk/import", func(cast) any { return desk.ImportView{Form: fields.New(), Refresh: true, Waiting: 1} }),
		scene("import", "long", "/desk/import", func(c cast) any {
			entry := wordpress.Entry{What: "post 12 “" + endless + "”", Why: "it has a picture of another host, which is now a link", More: endless + "/" + endless, Line: 41_234}
			report := wordpress.Report{Made: wordpress.Counts{Stories: 1_234_567, Pages: 12, Authors: 9, Topics: 140, Replies: 98_765, Media: 4321, Redirects: 2_345_678},
				Notes: []wordpress.Entry{entry, {What: "author 3", Why: "no name"}}, Skipped: []wordpress.Entry{entry, {What: "post 4", Why: "it is an advertisement"}}}
			tried := report
			tried.DryRun, tried.Notes, tried.Skipped = true, nil, nil
			rows := []desk.ImportRow{run(c, wordpress.Done, &report), run(c, wordpress.Tried, &tried), run(c, wordpress.Refused, nil)}
			rows[1].FileName, rows[1].Site = endless+endless+".zip", ""
			return desk.ImportView{Form: fields.New(), Runs: rows}
		}),
		scene("import", "refused", "/desk/import", func(cast) any {
			return desk.ImportView{Form: refused(fields.New(), fault("export", "desk.import.missing"))}
		}),
	}
}

// somebody is a person as an owner sees them.
func (c cast) somebody(roles ...members.Role) members.Person {
	return members.Person{Account: members.Account{ID: "a1", Name: c.text("Tamsin Oyelaran"), Email: "tamsin@brackmouth.example", Roles: append(roles, members.Member)},
		State: members.Active, Created: today, Author: "p1", Handle: "tamsin-oyelaran"}
}

// deskPeople are the desk's pages on people, and the record of what they did.
func deskPeople() []Scene {
	list := func(c cast, search url.Values, all ...members.Person) deskpeople.ListView {
		view := deskpeople.NewListView(search)
		for _, p := range all {
			view.List = append(view.List, deskpeople.NewRow(p))
		}
		return view
	}
	console := members.Console()
	return append(deskRecord(), []Scene{
		scene("people", "usual", "/desk/people", func(c cast) any {
			nameless := members.Person{Account: members.Account{ID: "a3", Roles: []members.Role{members.Owner, members.Member}}, State: members.Active, Created: today}
			return list(c, nil, c.somebody(), c.somebody(members.Editor, members.Moderator), nameless)
		}),
		scene("people", "long", "/desk/people", func(c cast) any {
			p := c.somebody(members.Given()...)
			p.Name, p.Email, p.State = c.text(endless), endless+"@"+endless+".example", members.Disabled
			view := list(c, url.Values{"q": {c.text(endless)}, "role": {"editor"}, "state": {"disabled"}}, p, p)
			view.Next = "/desk/people?after=a1"
			return view
		}),
		scene("people", "none", "/desk/people", func(c cast) any { return list(c, url.Values{"q": {"x"}}) }),
		scene("people", "empty", "/desk/people", func(c cast) any { return list(c, nil) }),
		scene("barred", "usual", "/desk/people", func(c cast) any {
			return deskpeople.OutcastsView{List: []deskpeople.OutcastRow{{Outcast: joining.Outcast{ID: "o1", At: today, Reason: c.text(wordy)}, Who: c.text("Adaeze Whitlock")},
				{Outcast: joining.Outcast{ID: "o2", At: today, Reason: c.text(endless)}}, {Outcast: joining.Outcast{ID: "o3", At: today}}}}
		}),
		scene("barred", "more", "/desk/people", func(c cast) any {
			return deskpeople.OutcastsView{List: []deskpeople.OutcastRow{{Outcast: joining.Outcast{ID: "o1", At: today, Reason: c.text(wordy)}}}, Next: "/desk/people/barred?before=1&id=o1"}
		}),
		scene("barred", "empty", "/desk/people", func(cast) any { return deskpeople.OutcastsView{} }),
		scene("roles", "usual", "/desk/people", func(cast) any { return deskpeople.NewRightsView() }),
		scene("give", "usual", "/desk/people", func(c cast) any {
			return deskpeople.GiveView{Form: fields.New(), Person: c.somebody(), Handle: "ana-lind", Authors: []deskpeople.AuthorOption{{Handle: "dez-achterberg", Name: c.text("Dez Achterberg"), N: 12}}}
		}),
		scene("give", "refused", "/desk/people", func(c cast) any {
			form := fields.New("author", "nobody-"+endless)
			form.Faults = []problem.Field{{Name: "author", Message: problem.Message{Key: "desk.story.no_handle", Args: []any{"handle", "nobody-" + endless}}}}
			p := c.somebody()
			p.Name = ""
			return deskpeople.GiveView{Form: form, Person: p}
		}),
		scene("give", "none", "/desk/people", func(c cast) any {
			p := c.somebody()
			p.Name, p.Email = "", ""
			return deskpeople.GiveView{Form: fields.New(), Person: p}
		}),
		scene("person", "usual", "/desk/people", func(c cast) any { return deskpeople.NewPersonView(c.somebody(members.Editor), console, nil) }),
		scene("person", "myself", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.Trusted, p.Email, p.Author = true, "", ""
			return deskpeople.NewPersonView(p, members.Actor{AccountID: "a1", Roles: p.Roles}, nil)
		}),
		scene("person", "refused", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.State = members.Disabled
			view := deskpeople.NewPersonView(p, console, []members.Role{members.Moderator})
			view.Problem = &problem.Message{Key: "person.last_owner"}
			return view
		}),
		scene("person", "above", "/desk/people", func(c cast) any {
			p := c.somebody(members.Owner)
			p.Name = ""
			return deskpeople.NewPersonView(p, members.Actor{AccountID: "a2"}, nil)
		}),
		scene("person", "long", "/desk/people", func(c cast) any {
			p := c.somebody(members.Given()...)
			p.Name, p.Email = c.text(endless), endless+"@"+endless+".example"
			return deskpeople.NewPersonView(p, console, nil)
		}),
	}...)
}

// deskRecord is who did what.
func deskRecord() []Scene {
	return []Scene{
		scene("record", "usual", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("", "")
			view.List = []desk.RecordRow{
				{Act: community.Act{At: today, AccountID: "a1", Act: "story.published", Detail: c.text("When the dream job was not the dream")}, Label: "desk.act.story_published", By: c.text("Tamsin Oyelaran"), URL: "/desk/stories/s1"},
				{Act: community.Act{At: today, AccountID: "a1", Act: "role.granted", Detail: "editor"}, Label: "desk.act.role_granted", Words: []string{"desk.role.editor"}, By: c.text("Tamsin Oyelaran"), To: c.text("Dez Achterberg"), URL: "/desk/people/a2"},
				{Act: community.Act{At: today, AccountID: "a1", Act: "account.created", Detail: "editor owner"}, Label: "desk.act.account_created", URL: "/desk/people/a5", Words: []string{"desk.role.editor", "desk.role.owner"}},
				{Act: community.Act{At: today, AccountID: "a1", Act: "account.removed"}, Label: "desk.act.account_removed", By: c.text("Tamsin Oyelaran"), Lost: true},
				{Act: community.Act{At: today, AccountID: "a3", Act: "account.enabled"}, Label: "desk.act.account_enabled", URL: "/desk/people/a4"},
				{Act: community.Act{At: today, AccountID: "a4", Act: "story.saved"}, Label: "desk.act.story_saved", Gone: true},
				{Act: community.Act{At: today, Act: "story.saved"}, Label: "desk.act.story_saved"}}
			return view
		}),
		scene("record", "long", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("people", "a1")
			view.Who, view.Next = c.text(endless), "/desk/record?before=1"
			view.List = []desk.RecordRow{{Act: community.Act{At: today, AccountID: "a1", Act: "members.invited", Detail: c.text(endless + " " + wordy)}, By: c.text(endless)}}
			return view
		}),
		scene("record", "person", "/desk/record", func(c cast) any {
			view := desk.NewRecordView("", "a1")
			view.Who = c.text("Tamsin Oyelaran")
			return view
		}),
		scene("record", "empty", "/desk/record", func(cast) any { return desk.NewRecordView("sign-in", "") }),
	}
}
