package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"example.org/attache/corpus"
	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
)

// holder is somebody whom documents give an office, with the newest title that
// does.
type holder struct {
	entry int
	doc   int // of the title's quote
	title Title
}

// mostHolders is of how many people the titles are read for one office.
const mostHolders = 40

// holders returns the people whose titles, in documents that accept takes, contain
// all words of an office such as "foreign minister of India", newest title first.
// Former and acting holders match only where "former" or "acting" is asked for.
func (g *generation) holders(ctx context.Context, office string, accept func(doc int) bool) (all []holder, err error) {
	language := g.languageOf(office)
	wanted := officeTerms(language, office)
	if len(wanted) == 0 {
		return nil, nil
	}
	var found []int
	for i, ways := range wanted {
		var with []int
		for _, term := range ways {
			with = append(with, g.people.WithTitle(term)...)
		}
		with = people.Distinct(with)
		if i == 0 {
			found = with
			continue
		}
		found = slices.DeleteFunc(found, func(e int) bool { _, ok := slices.BinarySearch(with, e); return !ok })
	}
	folded := text.Fold(office)
	for _, e := range found[:min(len(found), mostHolders)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := g.profiler(e, accept, map[int]*store.Record{})
		if err := p.titles(); err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(p.Titles, func(t Title) bool { return isOffice(language, t.Title, folded, wanted) }); at >= 0 {
			all = append(all, holder{e, p.entry.Titles[at].Evidence[0].At.Doc, p.Titles[at]})
		}
	}
	slices.SortStableFunc(all, func(a, b holder) int {
		return cmp.Or(b.title.Last.Compare(a.title.Last), cmp.Compare(b.title.Documents, a.title.Documents))
	})
	return all, nil
}

// officeTerms are the terms that a title must have, each in one of several ways.
func officeTerms(language, office string) (wanted [][]string) {
	a := lexis.For(language)
	tokens := a.Tokens(nil, office)
	for i := 0; i < len(tokens); i++ {
		switch t := &tokens[i]; {
		case t.Concept != "" && t.Words > 1:
			// "foreign minister" is "external affairs minister"
			ways := []string{t.Concept}
			for other := range a.Synonyms(*t) {
				ways = append(ways, other)
			}
			slices.Sort(ways[1:])
			wanted = append(wanted, ways)
			i += int(t.Words) - 1
		case t.Concept != "":
			wanted = append(wanted, []string{t.Concept, t.Term})
		case !t.Is(lexis.Stop):
			wanted = append(wanted, []string{t.Term})
		}
	}
	return wanted
}

// isOffice reports whether a title has all that is wanted, and nothing that makes
// another office of it.
func isOffice(language, title, asked string, wanted [][]string) bool {
	has := lexis.Terms(language, title)
	for _, ways := range wanted {
		if !slices.ContainsFunc(ways, func(w string) bool { _, ok := slices.BinarySearch(has, w); return ok }) {
			return false
		}
	}
	isPhrase := func(ways []string) bool { return strings.HasPrefix(ways[0], "+") } // an office as a whole, in several words
	head := headOf(language, title)
	if !slices.ContainsFunc(wanted, isPhrase) && !slices.ContainsFunc(wanted, func(ways []string) bool {
		return slices.ContainsFunc(ways, func(w string) bool { return slices.Contains(head, w) })
	}) {
		return false // a country alone
	}
	for w := range strings.FieldsFuncSeq(text.Fold(title), func(r rune) bool { return r == ' ' || r == '-' }) {
		if slices.Contains(people.Changing, w) && !strings.Contains(asked, w) {
			return false
		}
	}
	return true
}

// headOf are the terms of what a title is at its core: the last word before "of",
// "for" or a comma, with what the word before it adds to its meaning.
func headOf(language, title string) []string {
	for _, sep := range []string{", ", " of ", " for ", " to ", " at ", " in "} {
		title, _, _ = strings.Cut(title, sep)
	}
	words := strings.Fields(title)
	n := len(words)
	if n < 2 {
		return lexis.Terms(language, title)
	}
	before := lexis.Terms(language, words[n-2])
	return slices.DeleteFunc(lexis.Terms(language, words[n-2]+" "+words[n-1]), func(t string) bool { return slices.Contains(before, t) })
}

// officeWords are what asks in any language who holds an office, "who is", and
// what may stand beside the office: "the current".
var officeWords = sync.OnceValue(func() (w struct{ asks, beside map[string]bool }) {
	all := language.Everywhere(language.Questions)
	w.asks, w.beside = all.Set("holder asked for"), all.Set("beside office")
	return w
})

// officeAsked is the office of a question that asks who holds it and nothing else;
// empty for other questions.
func officeAsked(question string) string {
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

// sureOfOffice is the score of a title that has every word of the office asked
// for.
const sureOfOffice = 0.9

// answerByOffice puts the sentences that give somebody the office asked for
// before the others, which may only mention it.
func (a *asking) answerByOffice(ctx context.Context, quotes []Quote) ([]Quote, error) {
	office := officeAsked(a.Text)
	if a.spoken != nil || len(strings.Fields(office)) < 2 {
		return quotes, nil
	}
	if found, near := a.people.Lookup(office); len(found) > 0 && !near {
		return quotes, nil // a name
	}
	found, err := a.holders(ctx, office, a.accept(a.Filter))
	if err != nil || len(found) == 0 {
		return quotes, err
	}
	var first []Quote
	for _, h := range found {
		q := h.title.Quote
		overlaps := func(o Quote) bool { return o.Source.Document == q.Source.Document && o.Span.Overlaps(q.Span) }
		if slices.ContainsFunc(first, overlaps) || !isBody(a, h, q) {
			continue
		}
		q.Score = sureOfOffice
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
		if len(first) < a.Limit && !slices.ContainsFunc(first, func(o Quote) bool { return o.Source.Document == q.Source.Document && o.Span.Overlaps(q.Span) }) {
			q.Score = min(q.Score, sureOfOffice)
			first = append(first, q)
		}
	}
	return first, nil
}

// isBody reports whether the quote of a title is running text.
func isBody(a *asking, h holder, q Quote) bool {
	d, err := a.fetch(h.doc)
	return err == nil && d.Kind(q.Span) == corpus.Body
}
