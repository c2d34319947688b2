package shell

// Console says how the program's commands are typed on its machine.
type Console struct {
	Folder string // of the data, where commands do not find it by themselves; empty: they do
}

// Outside is what anybody may read: where the folder lies is nothing for the net.
func (c Console) Outside() Console {
	if c.Folder != "" {
		c.Folder = "DIR"
	}
	return c
}

// OwnerLink prints a link that signs the first owner in.
func (c Console) OwnerLink() string { return c.typed("waypost owner-link") }

// SignInLink prints a link that signs in who has an address.
func (c Console) SignInLink(email string) string {
	return c.typed("waypost sign-in-link") + " " + email
}

// JoinLink prints a link by which somebody with an address joins.
func (c Console) JoinLink(email string) string {
	return c.typed("waypost sign-in-link --join") + " " + email
}

func (c Console) typed(command string) string {
	if c.Folder == "" {
		return command
	}
	return command + " --data " + c.Folder
}
