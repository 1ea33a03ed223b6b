package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/attache/index/rank"
)

// About is what a question names: somebody whose statements the documents hold,
// and what else it speaks of.
type About struct {
	Speaker string // as the documents call who is named first; empty for nobody
	Topic   string // the rarest of the other words that the documents hold, as they are written
}

// About reads a question for what it names.
func (ix *Index) About(ctx context.Context, question string) (About, error) {
	g, err := ix.acquire()
	if err != nil {
		return About{}, err
	}
	defer g.release()
	a := g.asking(Question{Text: question})
	if err := a.understand(); err != nil {
		return About{}, err
	}
	var about About
	var topic []rank.Unit
	units := a.asked.Units
	for i := 0; i < len(units); i++ {
		n := 0
		if about.Speaker == "" {
			about.Speaker, n = g.speakerAmong(question, units[i:])
		}
		switch {
		case n > 0:
			i += n - 1
		case !units[i].Light && units[i].Known:
			topic = append(topic, units[i])
		}
	}
	slices.SortStableFunc(topic, func(a, b rank.Unit) int { return cmp.Compare(b.Weight, a.Weight) })
	topic = topic[:min(len(topic), topicUnits)]
	slices.SortFunc(topic, func(a, b rank.Unit) int { return a.Start - b.Start })
	var words []string
	for _, u := range topic {
		words = append(words, u.Text)
	}
	about.Topic = strings.Join(words, " ")
	return about, ctx.Err()
}

// topicUnits is how many words make a topic.
const topicUnits = 2

// speakerAmong returns the speaker whom the longest run of names that the units
// begin with means, and how many units that is.
func (g *generation) speakerAmong(question string, units []rank.Unit) (name string, n int) {
	end := 0
	for n < len(units) && units[n].Name && (n == 0 || units[n].Start <= end || strings.TrimSpace(question[end:units[n].Start]) == "") {
		end = min(units[n].Start+len(units[n].Text), len(question)) // pairs of characters overlap
		n++
	}
	for ; n > 0; n-- {
		last := units[n-1]
		found, near := g.lookup(question[units[0].Start:min(last.Start+len(last.Text), len(question))])
		if near {
			continue
		}
		for _, e := range found {
			if g.people.Quoted(e) > 0 {
				return g.people.Name(e), n
			}
		}
	}
	return "", 0
}
