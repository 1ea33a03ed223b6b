package command

import (
	"context"
	"fmt"
	"strconv"
	"strings"
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
func turning(name string, c *Call, size int, further bool) []Action {
	var actions []Action
	if c.offset > 0 {
		back := action("back", name, max(c.offset-size, 0))
		actions = append(actions, back)
	}
	if further && c.offset+size < deep {
		actions = append(actions, action("more", name, c.offset+size))
	}
	return actions
}

// offerShare lets who asked for a reply that only they see show it to everybody.
func (r *Reply) offerShare(name string, c *Call) {
	if r.Private && len(r.Records) > 0 {
		r.Actions = append(r.Actions, action("share", name, c.offset))
	}
}

// again runs the command of the reply that an action hangs on, from the offset
// that args name.
func again(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	name, from, _ := strings.Cut(args, ":")
	offset, err := strconv.Atoi(from)
	cmd, ok := Find(name)
	if err != nil || offset < 0 || offset >= deep || !ok || !cmd.paged {
		return Reply{}, tell("action.unknown")
	}
	if cmd.Admin && !c.Admin {
		return Reply{}, tell("refused.admin")
	}
	call := *c
	call.offset, call.again = offset, true
	if call.Options, err = b.check(cmd, parseSubject(cmd, c.Subject)); err != nil {
		return Reply{}, tell("action.question")
	}
	return cmd.Run(ctx, b, &call)
}

// action returns the action that does verb with args.
func action(verb string, args ...any) Action {
	id := verb
	for _, a := range args {
		id += fmt.Sprint(":", a)
	}
	return Action{ID: id, Label: label(verb)}
}
