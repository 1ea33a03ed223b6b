package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus"
	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// officeWords are what asks in any language who holds an office, "who is", and
// what may be beside the office: "the current".
var officeWords = sync.OnceValue(func() (w struct{ asks, beside map[string]bool }) {
	all := language.Everywhere(language.Questions)
	w.asks, w.beside = all.Set("holder asked for"), all.Set("beside office")
	return w
})

// whoAsked is the office or name of a question that asks who that is and nothing
// else; empty for other questions.
func whoAsked(question string) string {
	const most = 3 // words that ask
	w := officeWords()
	words := strings.Fields(strings.TrimRight(strings.TrimSpace(question), "?.! "))
	fold := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }
	for n := min(most, len(words)); n > 0; n-- {
		if !w.asks[fold(strings.Join(words[:n], " "))] {
			continue
		}
		words = words[n:]
		for len(words) > 0 && w.beside[fold(words[0])] {
			words = words[1:]
		}
		for len(words) > 0 && w.beside[fold(words[len(words)-1])] {
			words = words[:len(words)-1]
		}
		return strings.Join(words, " ")
	}
	return ""
}

// sureOfTitle is the score of a sentence that gives somebody the title asked for, or
// a title to the person asked for.
const sureOfTitle = 0.9

// answerByTitle puts the sentences that say who somebody is, by a title, before the
// others, which may only mention the person or the office.
func (a *asking) answerByTitle(ctx context.Context, quotes []Quote) ([]Quote, error) {
	asked := whoAsked(a.Text)
	if a.spoken != nil || asked == "" {
		return quotes, nil
	}
	found, isName, err := a.titlesFor(ctx, asked)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		if isName {
			a.unsureOf(asked, quotes)
		}
		return quotes, nil
	}
	overlaps := func(all []Quote, q Quote) bool {
		return slices.ContainsFunc(all, func(o Quote) bool { return o.Source.Document == q.Source.Document && o.Span.Overlaps(q.Span) })
	}
	var first []Quote
	for _, h := range found {
		q := h.title.Quote
		if overlaps(first, q) || !isBody(a, h, q) {
			continue
		}
		q.Score = sureOfTitle
		if name := a.people.Name(h.entry); strings.Contains(q.Text, name) {
			at := strings.Index(q.Text, name)
			q.Bold = []text.Span{{Start: at, End: at + len(name)}}
		}
		if first = append(first, q); len(first) == a.Limit {
			break
		}
	}
	if len(first) == 0 {
		return quotes, nil
	}
	for _, q := range quotes {
		if len(first) < a.Limit && !overlaps(first, q) {
			q.Score = min(q.Score, sureOfTitle)
			first = append(first, q)
		}
	}
	return first, nil
}

// titlesFor returns the newest title of the person whom a name means without doubt,
// or the holders of an office.
func (a *asking) titlesFor(ctx context.Context, asked string) (all []holder, isName bool, err error) {
	accept := a.accept(a.Filter)
	found, near := a.lookup(asked)
	isName = len(found) > 0 && !near
	if len(strings.Fields(asked)) > 1 && (!isName || identity.Title(asked) != "") {
		all, err = a.holders(ctx, asked, accept)
	}
	if !isName || len(all) > 0 || err != nil {
		return all, isName || a.onlyNames(asked), err
	}
	entries := make([]*people.Entry, len(found))
	for i, e := range found {
		entries[i] = a.people.Entry(e)
	}
	at := meant(asked, entries, func(e *people.Entry) (string, int) { return e.Name, e.Documents })
	if at < 0 || found[at] >= a.People {
		return nil, found[0] < a.People, nil
	}
	p := a.profiler(found[at], accept, map[int]*store.Record{})
	if err := p.titles(); err != nil || len(p.Titles) == 0 {
		return nil, true, err
	}
	return []holder{{found[at], p.entry.Titles[0].Evidence[0].At.Doc, p.Titles[0]}}, true, nil
}

// onlyNames reports whether each word of what is asked for is a name.
func (a *asking) onlyNames(asked string) bool {
	named := 0
	for _, u := range a.asked.Units {
		if u.Name {
			named += len(strings.Fields(u.Text))
		}
	}
	return named == len(strings.Fields(asked))
}

// unsureOf makes of the quotes that only mention somebody no answer to who that is.
func (a *asking) unsureOf(name string, quotes []Quote) {
	for i := range quotes {
		if !a.introduces(quotes[i], name) {
			quotes[i].Score = min(quotes[i].Score, mostOfMention*rank.Border())
		}
	}
	slices.SortStableFunc(quotes, func(x, y Quote) int { return cmp.Compare(y.Score, x.Score) })
}

// mostOfMention caps the score of a quote that mentions somebody without saying who
// that is, as a share of the score from which on a quote is an answer.
const mostOfMention = 0.9

// wordsToDefinition is how many words after a name what defines it comes at most.
const wordsToDefinition = 3

// introduces reports whether a quote says something of who a person is: after the
// name comes what defines ("is a"), a bracket, or a comma and no other name.
func (a *asking) introduces(q Quote, name string) bool {
	words := strings.Fields(text.Fold(name))
	if len(words) == 0 {
		return false
	}
	tokens := lexis.For(q.Source.Language).Tokens(nil, q.Text)
	for i, t := range tokens {
		if text.Fold(q.Text[t.Start:t.End]) != words[len(words)-1] {
			continue
		}
		for _, next := range tokens[i+1 : min(i+1+wordsToDefinition, len(tokens))] {
			if next.Tells.Has(lexis.Definition) {
				return true
			}
		}
		rest := strings.TrimLeft(q.Text[t.End:], " ")
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(strings.TrimPrefix(rest, ","), " "))
		if strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, ",") && !unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// isBody reports whether the quote of a title is running text.
func isBody(a *asking, h holder, q Quote) bool {
	d, err := a.fetch(h.doc)
	return err == nil && d.Kind(q.Span) == corpus.Body
}
