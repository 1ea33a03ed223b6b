package command

import (
	"context"
	"sync"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// sampled are questions that the documents answer, to show what can be asked:
// they are looked for once in each index.
type sampled struct {
	mu        sync.Mutex
	of        time.Time // when the index was made
	questions []string
}

const (
	samplesShown = 2
	samplesTried = 12 // people of whom questions are tried
)

// samples returns up to two questions that the documents answer: what somebody
// says of something, and who somebody is.
func (b *Bot) samples(ctx context.Context) []string {
	ix := b.Index()
	if ix == nil {
		return nil
	}
	stats, err := ix.Stats()
	if err != nil {
		return nil
	}
	b.sampled.mu.Lock()
	defer b.sampled.mu.Unlock()
	if stats.Built.Equal(b.sampled.of) {
		return b.sampled.questions
	}
	found, err := findSamples(ctx, ix)
	if err != nil {
		b.Log.Warn("no questions to show were found", "error", err)
		return nil
	}
	b.sampled.of, b.sampled.questions = stats.Built, found
	return found
}

// findSamples tries questions, one kind after the other, until each has one that
// is answered.
func findSamples(ctx context.Context, ix *index.Index) (answered []string, err error) {
	candidates, err := ix.Samples(ctx, samplesTried)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for _, ask := range []func(index.Sample) string{
		func(s index.Sample) string {
			if s.Topic == "" {
				return ""
			}
			return words.Say("follow.said", words.M{"Name": s.Speaker, "Topic": s.Topic})
		},
		func(s index.Sample) string { return words.Say("follow.who", words.M{"Name": s.Speaker}) },
	} {
		for _, s := range candidates {
			q := ask(s)
			if q == "" || used[s.Speaker] || len(answered) == samplesShown {
				continue
			}
			found, err := ix.Ask(ctx, index.Question{Text: q, Limit: 1})
			if err != nil {
				return nil, err
			}
			if found.Answered {
				answered, used[s.Speaker] = append(answered, q), true
				break
			}
		}
	}
	return answered, nil
}
