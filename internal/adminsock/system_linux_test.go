package adminsock_test

import (
	"testing"

	"waypost/internal/adminsock"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	tests := []struct {
		caller, server uint32
		want           bool
	}{
		{1000, 1000, true},
		{0, 1000, true},
		{0, 0, true},
		{1001, 1000, false},
		{1000, 0, false},
		{65534, 1000, false},
	}
	for _, test := range tests {
		if got := adminsock.MayCall(test.caller, test.server); got != test.want {
			t.Errorf("user %d may call the server of user %d: %v, want %v", test.caller, test.server, got, test.want)
		}
	}
}

// TestFolderWithALongPath: longer than the address of a socket can be.
func TestFolderWithALongPath(t *testing.T) {
	t.Parallel()
	s := serve(t, deepFolder(t), adminsock.Server{Handlers: handlers()})
	var answer string
	if err := s.call("echo", "hello", &answer); err != nil || answer != "hello" {
		t.Errorf("answer %q, %v", answer, err)
	}
}
