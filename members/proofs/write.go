package proofs

import (
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/mail"
)

// toNew limits the letters that members may have written to an address that is not theirs
// yet, all of them together.
var toNew = limits.Rate{Burst: 2, Every: 12 * time.Hour}

// MayWrite counts a letter that a member asks for to such an address, against what the
// address may get and the budget for strangers; it returns how long to wait for one.
func (s *Service) MayWrite(tx *db.Tx, to mail.Address) (time.Duration, error) {
	now := s.Clock()
	if wait, err := s.spendBudget(tx, false, now); err != nil || wait > 0 {
		return wait, err
	}
	return limits.Take(tx, now, "new:"+s.keyed("address", to.Key()), toNew)
}
