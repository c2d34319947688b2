//go:build release

package app

import "waypost/web/kit"

// development are no pages: a released program has none of those for who works on it.
func (a *App) development() []kit.Route { return nil }
