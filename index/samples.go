package index

import (
	"context"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// Sample is somebody whom the documents let speak, and a state or an organisation
// that is named there; Topic is empty where none is.
type Sample struct{ Speaker, Topic string }

// sampledStatements is in how many statements of a speaker a topic is looked for.
const sampledStatements = 10

// Samples returns speakers with topics, those whom most documents name first,
// out of at most so many people.
func (ix *Index) Samples(ctx context.Context, people int) (all []Sample, err error) {
	names, err := ix.Suggest(ctx, "", people)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		said, err := ix.Said(ctx, name, "", Filter{}, sampledStatements)
		if err != nil {
			return nil, err
		}
		s := Sample{Speaker: name}
		for _, q := range said.Quotes {
			if s.Topic = topicIn(q); s.Topic != "" && !strings.Contains(name, s.Topic) {
				break
			}
			s.Topic = ""
		}
		all = append(all, s)
	}
	return all, nil
}

// topicIn returns the first name of the vocabulary that a quote has, where it is
// written as the vocabulary does: "India", not "Indians".
func topicIn(q Quote) string {
	tokens := lexis.For(q.Source.Language).Tokens(nil, q.Text)
	for i, t := range tokens {
		name, ok := strings.CutPrefix(t.Concept, "=")
		if !ok {
			continue
		}
		if written := q.Text[t.Start:tokens[i+max(int(t.Words), 1)-1].End]; text.Fold(written) == name {
			return written
		}
	}
	return ""
}
