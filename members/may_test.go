package members_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"waypost/members"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWhatRolesMay holds the table against the one that was last agreed on: who may
// more or less than before is seen here.
func TestWhatRolesMay(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s", "")
	for _, role := range members.Roles() {
		fmt.Fprintf(&b, "%-11s", role)
	}
	for _, g := range members.Table() {
		fmt.Fprintf(&b, "\n%-18s", g.Right)
		for _, role := range members.Roles() {
			mark := "-"
			if role.Has(g.Right) {
				mark = "yes"
			}
			fmt.Fprintf(&b, "%-11s", mark)
		}
	}
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	got := strings.Join(lines, "\n") + "\n"
	const golden = "testdata/may.golden.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("roles may something else than %s says:\n%s", golden, got)
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	for _, g := range members.Table() {
		if !members.Console().May(g.Right) {
			t.Errorf("the console may not %s", g.Right)
		}
		if (members.Actor{AccountID: "somebody"}).May(g.Right) {
			t.Errorf("somebody without a role may %s", g.Right)
		}
		if got := members.Holders(g.Right); len(got) != len(g.Roles) || got[0] != "owner" {
			t.Errorf("holders of %s: %v", g.Right, got)
		}
	}
	two := members.Actor{Roles: []members.Role{members.Member, members.Moderator, members.Organizer}}
	for right, want := range map[members.Right]bool{members.ModerateReplies: true, members.RunEvents: true, members.ReviewStories: false,
		members.ManagePeople: false, "unknown": false, "": false} {
		if two.May(right) != want {
			t.Errorf("%v may %q: %v", two.Roles, right, !want)
		}
	}
	if len(members.Holders("unknown")) != 0 {
		t.Error("an unknown right has holders")
	}
}
