package checkins

// Item is one of the seven statements of a check-in. Higher answers are always
// better. Owners may reword a statement; its key stays.
type Item int

// The items, in the order in which they are asked and in which Answers hold them.
const (
	Learning  Item = iota // I learned something useful since last time
	Growth                // I get to do hands-on work that stretches me
	Belonging             // I am an active part of a team
	Workload              // My workload and hours are all right
	Pay                   // What I get for this work is fair
	Happiness             // I am happy in this work
	Goal                  // This still leads toward my goal
)

// Items is how many there are.
const Items = 7

var keys = [Items]string{"learning", "growth", "belonging", "workload", "pay", "happiness", "goal"}

// String returns the item's key, as it is stored and written in files; "" of
// what is no item.
func (i Item) String() string {
	if i < 0 || i >= Items {
		return ""
	}
	return keys[i]
}

// ItemOf finds an item by its key.
func ItemOf(key string) (Item, bool) {
	for i, k := range keys {
		if k == key {
			return Item(i), true
		}
	}
	return 0, false
}
