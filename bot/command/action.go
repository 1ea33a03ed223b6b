package command

import (
	"context"
	"strconv"
	"strings"

	"attache/bot/command/words"
)

// maxID is the longest ID of an action, in bytes.
const maxID = 90

// verbs are what actions do, by the first field of their IDs. They are given
// the rest of the ID, which may be forged: they check it.
var verbs = map[string]func(ctx context.Context, b *Bot, c *Call, args string) (Reply, error){
	"more":  more,
	"share": share,
}

// Press does the action with the given ID, as it stands in a reply of today or
// of years ago. Like Do, it always returns a reply that can be shown.
func (b *Bot) Press(ctx context.Context, id string, c *Call) Reply {
	verb, args, _ := strings.Cut(id, ":")
	run, ok := verbs[verb]
	if !ok {
		return failed(tell("action.unknown"))
	}
	return b.guard(ctx, verb, func() (Reply, error) { return run(ctx, b, c, args) })
}

// action returns the action that does verb with args.
func action(verb, args string) Action {
	return Action{ID: verb + ":" + args, Label: words.Say("action." + verb)}
}

// turning returns the actions that lead to the answers before and after the
// page at offset.
func turning(offset int, further bool) []Action {
	var actions []Action
	if offset > 0 {
		back := action("more", strconv.Itoa(max(offset-page, 0)))
		back.Label = words.Say("action.back")
		actions = append(actions, back)
	}
	if further && offset+page < deep {
		actions = append(actions, action("more", strconv.Itoa(offset+page)))
	}
	return actions
}

// more shows the answers from an offset on, in place of those shown before.
func more(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	r, err := b.again(ctx, c, args)
	r.Private, r.Replace = true, true
	return r, err
}

// share shows everybody what was found for one.
func share(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	return b.again(ctx, c, args)
}

// again answers the question in the reply that an action hangs on.
func (b *Bot) again(ctx context.Context, c *Call, args string) (Reply, error) {
	offset, err := strconv.Atoi(args)
	if err != nil || offset < 0 || offset >= deep {
		return Reply{}, tell("action.unknown")
	}
	cmd, _ := Find("ask")
	asked, options := parseSubject(c.Subject)
	options["question"] = asked
	if options, err = b.check(cmd, options); err != nil {
		return Reply{}, tell("action.question")
	}
	call := *c
	call.Options = options
	return b.answer(ctx, &call, offset)
}
