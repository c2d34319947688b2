package app

import (
	"waypost/community"
	"waypost/internal/db"
	"waypost/members"
)

// guided tells which steps of setting up the community are done: what is there says so,
// not what was pressed.
func (a *App) guided(tx *db.Tx) ([]community.Step, error) {
	done := map[community.Step]func(*db.Tx) (bool, error){
		community.StepLook: func(tx *db.Tx) (bool, error) {
			settings, err := a.Community.SettingsIn(tx)
			return settings.SetUp, err
		},
		community.StepBlog: func(tx *db.Tx) (bool, error) {
			runs, _, err := exports{a}.Runs(tx)
			return len(runs) > 0, err
		},
		community.StepMail: func(tx *db.Tx) (bool, error) {
			settings, err := a.Mail.SettingsIn(tx)
			return settings.Ready(), err
		},
		community.StepPeople: func(tx *db.Tx) (bool, error) {
			invited, err := a.Joining.Invites(tx, members.Console())
			if err != nil || len(invited) > 0 {
				return err == nil, err
			}
			return a.Members.Several(tx)
		},
		community.StepKeep: func(tx *db.Tx) (bool, error) {
			last, err := a.Community.LastBackup(tx)
			if err != nil || last.Made.IsZero() {
				return false, err
			}
			return a.Community.KeyKept(tx)
		},
	}
	var steps []community.Step
	for _, step := range community.Steps() {
		is, err := done[step](tx)
		if err != nil {
			return nil, err
		}
		if is {
			steps = append(steps, step)
		}
	}
	return steps, nil
}
