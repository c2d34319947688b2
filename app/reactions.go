package app

import (
	"context"
	"errors"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/pictures"
	"waypost/resources"
	"waypost/stories"
)

// jobSweep deletes what has ended: done jobs, sessions, proofs, old records, files left
// behind.
const jobSweep = "app.sweep"

const sweepEvery = 6 * time.Hour

// reactions says who does what about what happened.
func (a *App) reactions() {
	a.Jobs.Handle(stories.JobChanged, a.Beside.ChangedJob)        // related stories and resources are chosen anew
	a.Jobs.Handle(stories.JobPublished, a.storyPublished)         // those who want to hear of it get a letter
	a.Jobs.Handle(stories.JobTakenBack, a.storyTakenBack)         // letters that have not left stay here
	a.Jobs.Handle(news.JobSend, a.News.Send)                      // the next letters of a mailing are written
	a.Jobs.Handle(news.JobWeek, a.News.Week)                      // a week's new stories go out in one letter
	a.Jobs.Handle(stories.JobDue, a.Stories.Due)                  // a scheduled story is published
	a.Jobs.Handle(stories.JobOutdated, a.Stories.Outdated)        // what an earlier renderer made is made anew
	a.Jobs.Handle(stories.JobZoneMoved, a.Stories.CountAgain)     // months are counted once more
	a.Jobs.Handle(resources.JobChanged, a.Beside.ResourceChanged) // stories choose their resources anew
	a.Jobs.Handle(pictures.JobAdded, a.Pictures.MakeSizes)        // the sizes that pages need are made
	a.Jobs.Handle(proofs.JobAsked, a.Proofs.Asked)                // letters go to those who want in
	a.Jobs.Handle(jobImport, exports{a}.bringOver)                // an export sent to the desk is brought over
	a.Jobs.Handle(jobBackup, backups{a}.make)                     // a backup that the desk asked for is made
	a.Jobs.Handle(jobPersonLeft, leaving{a}.afterLeaving)         // pictures and traces of who left are removed
	a.Jobs.Handle(jobScrub, leaving{a}.scrub)                     // the database's file is rid of what was deleted
	a.Jobs.Handle(jobSweep, a.sweep)
	a.replyLetters().Handle() // who is concerned by replies gets letters
	a.pathing().Handle()      // whose check-in is due gets a letter
}

// Schedule enqueues what is done again and again, unless it is waiting already. Where
// no other process can be at work it takes back the jobs of one that died and marks
// the imports that it left half done; elsewhere the end of a lease and the next import
// of the same site do.
func (a *App) Schedule(ctx context.Context) error {
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		if a.alone() {
			if err := errors.Join(a.Imports.Recover(tx), a.Jobs.Recover(tx), a.Mail.Recover(tx)); err != nil {
				return err
			}
		}
		if err := errors.Join(a.Stories.Renew(tx), a.News.ScheduleWeek(tx), a.pathing().Schedule(tx)); err != nil {
			return err
		}
		return a.Jobs.Enqueue(tx, jobSweep, struct{}{}, jobs.At(a.Config.Clock().Add(time.Minute)), jobs.Once(jobSweep))
	})
}

func (a *App) sweep(ctx context.Context, j *jobs.Job) error {
	if err := errors.Join(exports{a}.sweep(ctx), backups{a}.sweep(ctx), a.Pictures.Sweep(), a.pathing().Quarters().Make(ctx)); err != nil {
		a.Config.Log.Warn("what is done now and then was not done whole", "error", err)
	}
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		for _, sweep := range []func(*db.Tx) error{a.Jobs.Sweep, a.Members.Sweep, a.Proofs.Sweep, a.Passkeys.Sweep, a.OIDC.Sweep, a.News.Sweep, a.Replies.Sweep, a.Mail.Sweep, a.Community.SweepActs, a.Paths.Sweep} {
			if err := sweep(tx); err != nil {
				return err
			}
		}
		if err := a.Jobs.Enqueue(tx, jobSweep, struct{}{}, jobs.At(a.Config.Clock().Add(sweepEvery)), jobs.Once(jobSweep)); err != nil {
			return err
		}
		return j.Done(tx)
	})
}
