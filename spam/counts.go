package spam

import (
	"cmp"
	"slices"
)

// counts knows in how many messages of each kind a word or a host stood. It serves the
// sentences for moderators alone, no verdict. When it is full it forgets what is rarest.
type counts struct {
	slots []count
	used  int
}

type count struct {
	id uint32 // 0 is an empty slot
	of [2]uint16
}

const (
	countSlots = 1 << 16
	countMost  = countSlots / 4 * 3
)

func (c *counts) find(id uint32) int {
	at := finish(id) % countSlots
	for c.slots[at].id != 0 && c.slots[at].id != id {
		at = (at + 1) % countSlots
	}
	return int(at)
}

func (c *counts) add(ids []uint32, class int) {
	for _, id := range ids {
		if id == 0 {
			continue
		}
		if c.slots == nil {
			c.slots = make([]count, countSlots)
		}
		slot := &c.slots[c.find(id)]
		if slot.id == 0 {
			if c.used >= countMost {
				c.forget()
				slot = &c.slots[c.find(id)]
			}
			slot.id = id
			c.used++
		}
		if slot.of[class] < 1<<16-1 {
			slot.of[class]++
		}
	}
}

// seen is in how many messages of ham and spam it stood.
func (c *counts) seen(id uint32) (ham, spam int) {
	if c.slots == nil {
		return 0, 0
	}
	slot := &c.slots[c.find(id)]
	if slot.id == 0 {
		return 0, 0
	}
	return int(slot.of[0]), int(slot.of[1])
}

// forget drops the rarest until at most half of what may be kept is there.
func (c *counts) forget() {
	for least := 1; c.used > countMost/2; least++ {
		old := c.slots
		c.slots, c.used = make([]count, countSlots), 0
		for _, slot := range old {
			if slot.id != 0 && int(slot.of[0])+int(slot.of[1]) > least {
				c.slots[c.find(slot.id)] = slot
				c.used++
			}
		}
	}
}

// sorted are the counts in the order of their ids.
func (c *counts) sorted() []count {
	out := make([]count, 0, c.used)
	for _, slot := range c.slots {
		if slot.id != 0 {
			out = append(out, slot)
		}
	}
	slices.SortFunc(out, func(a, b count) int { return cmp.Compare(a.id, b.id) })
	return out
}
