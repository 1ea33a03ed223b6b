package command

import (
	"context"
	"fmt"

	"attache/bot/command/words"
	"attache/corpus"
)

// shownFailures is how many files that can't be read a reply lists.
const shownFailures = 10

func reindex(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	if !b.reindexing.TryLock() {
		return Reply{}, tell("reindex.running")
	}
	defer b.reindexing.Unlock()
	results, err := b.Reindex(ctx, func(p Progress) {
		if c.Progress != nil {
			c.Progress(Reply{Title: words.Say("reindex.reading"), Progress: &p})
		}
	})
	if err != nil {
		return Reply{}, err
	}
	return report(results), nil
}

// report says what became of the files of the corpus.
func report(results []corpus.Result) Reply {
	var problems []string
	for _, r := range results {
		if r.Err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", r.Path, r.Err))
		}
	}
	r := Reply{Title: words.Say("reindex.done"), Private: true}
	lines := []string{words.Say("count.documents", words.M{"Count": len(results) - len(problems)})}
	r.Sections = []Section{{Lines: lines}}
	if n := len(problems); n > 0 {
		if n > shownFailures {
			problems = append(problems[:shownFailures], words.Say("reindex.failed.more", words.M{"Count": n - shownFailures}))
		}
		r.Sections = append(r.Sections, Section{Heading: words.Say("reindex.failed", words.M{"Count": n}), Lines: problems})
	}
	return r
}
