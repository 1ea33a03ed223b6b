package index

import (
	"context"
	"iter"
	"slices"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// Sample is somebody whom the documents name, and what can be asked of them.
type Sample struct {
	Name     string
	Speaks   bool
	Topics   []string // states and organisations that they speak of
	Office   string   // in the words of a document: "South Korean Foreign Minister"; may be empty
	Language string   // of the sentence with the office, or of what they say; may be unknown
}

// sampledStatements is in how many statements of a speaker topics are looked for.
const sampledStatements = 10

// Samples yields the people whom most documents name, those first.
func (ix *Index) Samples(ctx context.Context, people int) iter.Seq2[Sample, error] {
	return func(yield func(Sample, error) bool) {
		names, err := ix.Suggest(ctx, "", people)
		if err != nil {
			yield(Sample{}, err)
			return
		}
		for _, name := range names {
			if s, err := ix.sample(ctx, name); !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (ix *Index) sample(ctx context.Context, name string) (s Sample, err error) {
	s.Name = name
	who, err := ix.Who(ctx, name, Filter{}, 1)
	if err != nil {
		return s, err
	}
	if len(who.Profiles) > 0 {
		p := who.Profiles[0]
		for _, q := range p.Mentions {
			s.Language = q.Source.Language
		}
		for _, t := range p.Titles[:min(len(p.Titles), 1)] {
			s.Office, s.Language = t.Title, t.Quote.Source.Language
		}
	}
	said, err := ix.Said(ctx, name, "", Filter{}, sampledStatements)
	if err != nil {
		return s, err
	}
	s.Speaks = len(said.Quotes) > 0
	for _, q := range said.Quotes {
		if t := topicIn(q); t != "" && !strings.Contains(name, t) && !slices.Contains(s.Topics, t) {
			s.Topics, s.Language = append(s.Topics, t), q.Source.Language
		}
	}
	return s, nil
}

// topicIn returns the first name of the vocabulary that a quote has, where it is
// written so that a question can name it: "India", not "Indians".
func topicIn(q Quote) string {
	a := lexis.For(q.Source.Language)
	tokens := a.Tokens(nil, q.Text)
	for i, t := range tokens {
		name, ok := strings.CutPrefix(t.Concept, "=")
		if !ok {
			continue
		}
		written := q.Text[t.Start:tokens[i+max(int(t.Words), 1)-1].End]
		switch q.Source.Language {
		case "en", "":
			if text.Fold(written) == name {
				return written
			}
		case "ru": // declined
		case "ko":
			return withoutParticle(a, written, t.Concept)
		default:
			return written
		}
	}
	return ""
}

// withoutParticle is the least beginning of a Korean word that means the same.
func withoutParticle(a *lexis.Analyzer, word, concept string) string {
	for at := range word {
		if tokens := a.Tokens(nil, word[:at]); len(tokens) == 1 && tokens[0].Concept == concept {
			return word[:at]
		}
	}
	return word
}
