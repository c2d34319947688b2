package news

// What the external tests look at the plans of.
const (
	SelectSubscribers = selectSubscribers
	SelectFollowers   = selectFollowers
	SelectInForce     = selectInForce
)
