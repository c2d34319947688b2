package problem_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"waypost/internal/problem"
)

func TestKindSurvivesWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("publish story: %w", problem.New(problem.Conflict, "story.changed"))
	if !problem.Is(err, problem.Conflict) {
		t.Errorf("KindOf(%v) = %v, want conflict", err, problem.KindOf(err))
	}
	if got := problem.KindOf(io.EOF); got != 0 {
		t.Errorf("KindOf(io.EOF) = %v, want none", got)
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	var f problem.Fields
	if f.Err() != nil {
		t.Error("no faults, but an error")
	}
	f.Add("title", "story.title_missing")
	f.Add("slug", "story.slug_long", "max", 80)
	var p *problem.Problem
	if !errors.As(f.Err(), &p) || p.Kind != problem.Invalid || len(p.Fields) != 2 {
		t.Fatalf("Err() = %v", f.Err())
	}
	if p.Fields[1].Message.Args[1] != 80 {
		t.Errorf("arguments are lost: %v", p.Fields[1])
	}
}
