package app

import (
	"slices"
	"strings"

	"waypost/community"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/members"
	"waypost/web/desk"
)

// guided tells how far the setting up of the community is: what is there says so, not
// what was pressed.
func (a *App) guided(tx *db.Tx) (state desk.GuideState, err error) {
	letters, err := a.Mail.SettingsIn(tx)
	if err != nil {
		return state, err
	}
	state.Mail, state.KeyFile = letters.Lack(), a.keyFile()
	done := map[community.Step]func(*db.Tx) (bool, error){
		community.StepLook: func(tx *db.Tx) (bool, error) {
			settings, err := a.Community.SettingsIn(tx)
			return settings.SetUp, err
		},
		community.StepBlog: func(tx *db.Tx) (bool, error) {
			runs, _, err := exports{a}.Runs(tx)
			return len(runs) > 0, err
		},
		community.StepMail:    func(*db.Tx) (bool, error) { return state.Mail == "", nil },
		community.StepAddress: a.Members.OwnerHasAddress,
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
	for _, step := range community.Steps() {
		is, err := done[step](tx)
		if err != nil {
			return state, err
		}
		if is {
			state.Done = append(state.Done, step)
		}
	}
	return state, nil
}

// keyFile is where the keys lie that no backup holds; empty where they are given to the
// program.
func (a *App) keyFile() string {
	var files []string
	for name, given := range map[string]bool{datadir.KeyName: len(a.Config.Key) > 0, datadir.PathsKeyName: len(a.Config.PathsKeys) > 0} {
		if _, err := a.Config.Dir.Root().Stat(name); err == nil && !given {
			files = append(files, a.Config.Dir.Join(name))
		}
	}
	slices.Sort(files)
	return strings.Join(files, ", ")
}
