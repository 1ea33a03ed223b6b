package command

import (
	"context"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// keepUnanswered counts a question that got no answer, without who asked it.
// What an operator asks at the terminal is no gap that members have found. The
// answer doesn't wait for the disk; under a flood of questions, those that
// would have to wait long are not counted.
func (b *Bot) keepUnanswered(asked string, c *Call) {
	const most = 50
	if b.State == nil || c.User == "" || c.again {
		return
	}
	if b.keeping.Add(1) > most {
		b.keeping.Add(-1)
		return
	}
	b.background.Go(func() {
		defer b.keeping.Add(-1)
		if err := b.State.AddUnanswered(asked); err != nil {
			b.Log.Error("a question without an answer was not kept", "error", err)
		}
	})
}

// Wait waits for what is still being kept.
func (b *Bot) Wait() { b.background.Wait() }

// addVotes lets readers say whether the answers serve, where votes are kept: below
// the best of them, which a vote is on.
func (r *Reply) addVotes(shown []index.Quote, b *Bot, c *Call) {
	if b.State != nil && len(shown) > 0 && c.offset == 0 {
		r.Actions = append(r.Actions, action(c.Words, "good"), action(c.Words, "bad"))
	}
}

func good(_ context.Context, b *Bot, c *Call, args string) (Reply, error) {
	return b.vote(c, args, true)
}

func bad(_ context.Context, b *Bot, c *Call, args string) (Reply, error) {
	return b.vote(c, args, false)
}

// vote keeps what a reader thinks of the answers in a reply.
func (b *Bot) vote(c *Call, args string, good bool) (Reply, error) {
	if args != "" {
		return Reply{}, tell("action.unknown")
	}
	if b.State == nil {
		return Reply{}, tell("vote.nowhere")
	}
	_, options, err := b.answered(c, "ask")
	if err != nil {
		return Reply{}, err
	}
	if err := b.State.Vote(c.User, options["question"], good); err != nil {
		return Reply{}, err
	}
	return Reply{Notes: []string{c.Words.Say("vote.thanks")}}, nil
}

// unanswered lists the questions that got no answer: the gaps of the corpus.
func unanswered(_ context.Context, b *Bot, c *Call) (Reply, error) {
	if b.State == nil {
		return Reply{}, tell("state.none")
	}
	questions, err := b.State.Unanswered()
	if err != nil {
		return Reply{}, err
	}
	shown, further := part(c, c.lines(), questions)
	r := Reply{Title: c.Words.Say("unanswered.title"), Private: true, Actions: turning(c, c.lines(), further)}
	var lines []string
	for _, q := range shown {
		lines = append(lines, c.Words.Say("unanswered.line", words.M{"Count": q.Count, "Question": q.Text}))
		r.Records = append(r.Records, unansweredJSON{q.Text, q.Count})
	}
	r.Sections = []Section{list(c.Words, lines, "unanswered.none")}
	return r, nil
}

// feedback lists the questions whose answers were voted on, the worst first.
func feedback(_ context.Context, b *Bot, c *Call) (Reply, error) {
	if b.State == nil {
		return Reply{}, tell("state.none")
	}
	votes, err := b.State.Votes()
	if err != nil {
		return Reply{}, err
	}
	shown, further := part(c, c.lines(), votes)
	r := Reply{Title: c.Words.Say("feedback.title"), Private: true, Actions: turning(c, c.lines(), further)}
	var lines []string
	for _, f := range shown {
		lines = append(lines, c.Words.Say("feedback.line", words.M{"Good": f.Good, "Bad": f.Bad, "Question": f.Question}))
		r.Records = append(r.Records, feedbackJSON{f.Question, f.Good, f.Bad})
	}
	r.Sections = []Section{list(c.Words, lines, "feedback.none")}
	return r, nil
}

// list is a section of lines, or of the message named none where there are none.
func list(w words.Catalogue, lines []string, none string) Section {
	if len(lines) == 0 {
		return Section{Lines: []string{w.Say(none)}}
	}
	return Section{Lines: lines, List: true}
}

// clearState forgets questions and votes.
func clearState(_ context.Context, b *Bot, c *Call) (Reply, error) {
	if b.State == nil {
		return Reply{}, tell("state.none")
	}
	if err := b.State.Clear(); err != nil {
		return Reply{}, err
	}
	return Reply{Notes: []string{c.Words.Say("clear.done")}, Private: true}, nil
}
