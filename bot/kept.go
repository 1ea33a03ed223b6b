package main

import (
	"context"

	"example.org/attache/bot/command"
)

// The commands about what members have left behind.
type (
	unansweredCmd struct{}
	feedbackCmd   struct{}
	clearCmd      struct{}
	followsCmd    struct {
		Stop string `help:"${admin_follows_stop}." placeholder:"ID"`
	}
)

// Run lists the questions without an answer.
func (*unansweredCmd) Run(ctx context.Context, p *program) error {
	return p.kept(ctx, "admin unanswered")
}

// Run lists the votes.
func (*feedbackCmd) Run(ctx context.Context, p *program) error { return p.kept(ctx, "admin feedback") }

// Run forgets both.
func (*clearCmd) Run(ctx context.Context, p *program) error { return p.kept(ctx, "admin clear") }

// Run lists what people and channels follow, or ends one.
func (f *followsCmd) Run(ctx context.Context, p *program) error {
	return p.kept(ctx, "admin follows", "stop", f.Stop)
}

// kept does a command on what is kept, which needs no index.
func (p *program) kept(ctx context.Context, name string, options ...string) error {
	if err := p.open(); err != nil {
		return err
	}
	if err := p.library.stateless; err != nil {
		return err
	}
	return p.do(ctx, name, &command.Call{Options: filterFlags{}.options(options...), Admin: true, Limit: everything})
}
