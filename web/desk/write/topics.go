package write

import (
	"slices"

	"golang.org/x/text/collate"
	textlanguage "golang.org/x/text/language"

	"waypost/internal/db"
	"waypost/topics"
)

// Sort puts topics in the order in which readers see them, whatever the database's
// collation.
func (d *Desk) Sort(tx *db.Tx, list []topics.Topic) error {
	settings, err := d.Community.SettingsIn(tx)
	byName := collate.New(textlanguage.Make(settings.Language), collate.IgnoreCase)
	slices.SortStableFunc(list, func(x, y topics.Topic) int { return byName.CompareString(x.Name, y.Name) })
	return err
}
