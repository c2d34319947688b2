//go:build linux

package child

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
)

// Role is what a child does.
type Role func(ctx context.Context, in *json.Decoder, out *json.Encoder) error

// Answer is the role of a child that answers one question and ends.
func Answer[Q, A any](do func(context.Context, Q) (A, error)) Role {
	return func(ctx context.Context, in *json.Decoder, out *json.Encoder) error {
		var question Q
		if err := in.Decode(&question); err != nil {
			return err
		}
		answer, err := do(ctx, question)
		if err != nil {
			return err
		}
		return out.Encode(answer)
	}
}

// Play is the whole life of a process in a role.
func Play(ctx context.Context, roles map[string]Role, name string) error {
	role := roles[name]
	if role == nil {
		return fmt.Errorf("%q is no role", name)
	}
	if err := role(ctx, json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
