package adminsock

// MayCall is the rule about callers: a test cannot become another user.
var MayCall = mayCall
