package index

import (
	"cmp"
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/roman"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// mostTranslated is into how many languages of the documents a question is put.
const mostTranslated = 3

// askedIn guesses in which language a question is asked, which may be none of the
// documents'.
func (g *generation) askedIn(question string) string {
	known := slices.DeleteFunc(slices.Clone(g.languages), func(l string) bool { return l == "" })
	if len(known) == 0 {
		return g.languageOf(question)
	}
	return lexis.AskedIn(question, known)
}

// beside is what an answer in another language counts where documents are in that of
// the question too: they are likelier to hold the answer, and a few words that were put
// into another language fit many sentences there.
const beside = 0.8

// answerInOthers adds to the quotes for a question that nothing answers yet those of
// documents in other languages, by the words that the vocabulary has for it there, the
// surest first.
func (g *generation) answerInOthers(ctx context.Context, q Question, language string, quotes []Quote) ([]Quote, error) {
	if len(quotes) > 0 && quotes[0].Score >= rank.Border() {
		return quotes, nil
	}
	asked, trust := 0, 1.0
	if slices.Contains(g.languages, language) {
		trust = beside
	}
	for _, other := range g.languages {
		if other == language || other == "" || asked == mostTranslated {
			continue
		}
		t, ok := lexis.Translate(q.Text, language, other, g.written(other))
		if !ok {
			continue
		}
		asked++
		in := q
		in.Text = t.Text
		a := g.asking(in)
		a.language = other
		found, err := a.answer(ctx)
		if err != nil {
			return nil, err
		}
		share := float64(t.Found) / float64(t.Found+t.Missing)
		for _, f := range found {
			if f.Score *= share; f.Score < rank.Border() {
				f.Score *= trust
			}
			if at := slices.IndexFunc(quotes, func(o Quote) bool { return o.Source.Document == f.Source.Document && o.Span.Overlaps(f.Span) }); at < 0 {
				quotes = append(quotes, f)
			} else if quotes[at].Score < f.Score {
				quotes[at] = f
			}
		}
	}
	if asked > 0 {
		slices.SortStableFunc(quotes, func(a, b Quote) int { return cmp.Compare(b.Score, a.Score) })
	}
	return quotes[:min(len(quotes), q.Limit)], nil
}

// inLanguage takes those of the documents that accept takes which are in the language
// that the question was put into.
func (a *asking) inLanguage(accept func(doc int) bool) func(doc int) bool {
	return func(doc int) bool {
		return a.source(doc).Language == a.language && (accept == nil || accept(doc))
	}
}

// written returns how documents in a language write the name of somebody, where one
// person alone can be meant; empty for what they don't name.
func (g *generation) written(language string) func(name string) string {
	latin := slices.Contains(lexis.For(language).Scripts(), unicode.Latin)
	return func(name string) string {
		first, _ := utf8.DecodeRuneInString(name)
		if unicode.Is(unicode.Latin, first) == latin {
			return ""
		}
		found, like := g.people.Transcribed(name)
		if like == roman.Unlike || len(found) != 1 {
			return ""
		}
		return g.people.Name(found[0])
	}
}
