package command

import (
	"context"
	"fmt"
	"strconv"

	"example.org/attache/bot/command/words"
)

const (
	page   = 3   // answers a reply shows
	listed = 10  // lines of a list it shows
	deep   = 300 // answers that More leads to, at most
)

func (c *Call) page() int {
	if c.Limit == 0 {
		return page
	}
	return c.Limit
}

// lines is how many lines of a list a reply shows.
func (c *Call) lines() int {
	if c.Limit == 0 {
		return listed
	}
	return c.Limit
}

// part returns the items of all that the call is to show, and whether there
// are more.
func part[T any](c *Call, size int, all []T) (shown []T, further bool) {
	rest := all[min(c.offset, len(all)):]
	return rest[:min(size, len(rest))], len(rest) > size
}

// turning returns the actions that lead to what a command found before and
// after what it shows.
func turning(c *Call, size int, further bool) []Action {
	var actions []Action
	if c.offset > 0 {
		actions = append(actions, action(c.Words, "back", max(c.offset-size, 0)))
	}
	if further && c.offset+size < deep {
		actions = append(actions, action(c.Words, "more", c.offset+size))
	}
	return actions
}

// offerShare lets who asked for a reply that only they see show it to everybody.
func (r *Reply) offerShare(c *Call) {
	if r.Private && len(r.Records) > 0 {
		r.Actions = append(r.Actions, action(c.Words, "share", c.offset))
	}
}

// again runs the command of the reply that an action hangs on, from the offset
// that args name.
func again(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	offset, err := strconv.Atoi(args)
	if err != nil || offset < 0 {
		return Reply{}, tell("action.unknown")
	}
	cmd, options, err := b.answered(c, "")
	if err != nil {
		return Reply{}, err
	}
	if offset >= deep && !cmd.listed {
		return Reply{}, tell("action.unknown")
	}
	call := *c
	call.Options, call.offset, call.again = options, offset, true
	return b.run(ctx, cmd, &call)
}

// answered returns the command that the subject of a call names, and its
// options, checked: the subject may be forged. Only the command called name
// will do, where one is named.
func (b *Bot) answered(c *Call, name string) (Command, map[string]string, error) {
	cmd, ok := Find(c.Subject.Command)
	if !ok || !cmd.paged || name != "" && cmd.Name != name {
		return cmd, nil, tell("action.question")
	}
	if cmd.Admin && !c.Admin {
		return cmd, nil, tell("refused.admin")
	}
	options, err := b.check(cmd, c.Subject.Options, c.Own)
	if err != nil {
		return cmd, nil, tell("action.question")
	}
	return cmd, options, nil
}

// action returns the action that does verb with args, with its label.
func action(w words.Catalogue, verb string, args ...any) Action {
	id := verb
	for _, a := range args {
		id += fmt.Sprint(":", a)
	}
	return Action{ID: id, Label: w.Say("action." + verb)}
}
