package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/attache/corpus/speech"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// How many passages are read for a question, and in how many languages beside
// its own its names are looked up.
const (
	mostPassages = 40
	mostForeign  = 8
)

// Ask finds the sentences that answer a question.
func (ix *Index) Ask(ctx context.Context, q Question) (Answers, error) {
	g, err := ix.acquire()
	if err != nil {
		return Answers{}, err
	}
	defer g.release()
	return g.answer(ctx, q)
}

// answer finds the sentences that answer a question.
func (g *generation) answer(ctx context.Context, q Question) (Answers, error) {
	if q.Limit == 0 {
		q.Limit = 3
	}
	quotes, err := g.asking(q).answer(ctx)
	if err != nil {
		return Answers{}, err
	}
	answers := Answers{Language: g.askedIn(q.Text)}
	if !q.Apart && q.Filter.Speaker == "" {
		if quotes, err = g.answerInFull(ctx, q, quotes); err != nil {
			return Answers{}, err
		}
	}
	if !q.Apart {
		if quotes, err = g.answerInOthers(ctx, q, answers.Language, quotes); err != nil {
			return Answers{}, err
		}
	}
	answers.Answered, answers.Quotes = isAnswer(quotes), quotes
	if answers.Answered && !q.Apart {
		answers.drop()
	}
	return answers, nil
}

// answer finds the sentences that answer the question in the words in which it is
// asked.
func (a *asking) answer(ctx context.Context) ([]Quote, error) {
	if err := a.search(ctx); err != nil {
		return nil, fmt.Errorf("searching for %q: %w", a.Text, err)
	}
	quotes, err := a.quotes(ctx)
	if err == nil && !a.Apart {
		quotes, err = a.answerByTitle(ctx, quotes)
	}
	if err != nil {
		return nil, fmt.Errorf("answering %q: %w", a.Text, err)
	}
	return quotes, nil
}

// farBelow is the share of the first quote's confidence below which another is
// no answer beside it.
const farBelow = 0.1

// drop leaves out the quotes that are far below the first.
func (a *Answers) drop() {
	a.Quotes = slices.DeleteFunc(a.Quotes, func(q Quote) bool { return q.Score < farBelow*a.Quotes[0].Score })
}

func (g *generation) asking(q Question) *asking {
	a := &asking{generation: g, Question: q, passages: mostPassages, docs: map[int]*loadedDoc{}, wordings: map[people.Ref]*near.Wording{}}
	if q.Filter.Speaker != "" {
		a.spoken = g.spokenBy(q.Filter.Speaker)
	}
	return a
}

// asking is one question being answered.
type asking struct {
	*generation
	Question
	language string              // that it is asked in; empty: to be guessed
	passages int                 // how many to read
	spoken   map[people.Ref]bool // the statements of the speaker that the filter names; nil for no filter
	lexicon  *lexicon
	asked    *rank.Question
	foreign  []string           // the other languages of the documents
	taken    func(doc int) bool // the documents that the filter takes; nil: all
	docs     map[int]*loadedDoc // those fetched, by their place in the table
	ranked   []rank.Candidate

	wordings map[people.Ref]*near.Wording // sentences that were compared, by where they begin
}

// loadedDoc is a document with its statements unpacked.
type loadedDoc struct {
	*store.Record
	said []speech.Statement
}

// understand reads the question, with the documents' words.
func (a *asking) understand() error {
	language := cmp.Or(a.language, a.languageOf(a.Text))
	a.lexicon = newLexicon(a.generation, language, a.Text)
	a.asked = rank.Understand(a.Text, language, cmp.Or(a.Now, time.Now()), a.lexicon)
	if err := a.lexicon.err; err != nil {
		return err
	}
	for _, l := range a.languages {
		if l != language && l != "" && len(a.foreign) < mostForeign {
			a.foreign = append(a.foreign, l)
			other := &lexicon{generation: a.generation, fields: []string{field(l)}}
			if a.asked.Foreign(l, other); other.err != nil {
				return other.err
			}
		}
	}
	return nil
}

// search ranks the sentences of the passages that hold most of what the
// question speaks of.
func (a *asking) search(ctx context.Context) error {
	if err := a.understand(); err != nil {
		return err
	}
	passages, err := a.retrieve(ctx)
	if err == nil {
		a.ranked, err = rank.Rank(ctx, a.asked, passages)
	}
	return err
}

// retrieve finds the best passages that differ: of those of one story that is
// printed several times, which else would leave no room for others, the best.
func (a *asking) retrieve(ctx context.Context) (passages []rank.Passage, err error) {
	clauses := a.clauses()
	a.taken = a.accept(a.Filter)
	if a.language != "" {
		a.taken = a.inLanguage(a.taken)
	}
	if a.asked.AsksNews() {
		return a.windows(a.newest(a.passages))
	}
	for n := a.passages; ; n *= 4 {
		hits, err := a.postings.Search(ctx, clauses, n, a.taken, a.within())
		if err != nil {
			return nil, err
		}
		if a.Filter.among != nil {
			if hits, err = a.promising(clauses, hits); err != nil {
				return nil, err
			}
		}
		if passages, err = a.windows(hits); err != nil || len(passages) == a.passages || len(hits) < n || n > mostCopies {
			return passages, err
		}
	}
}

// within are the passages that the filter keeps to; nil: all.
func (a *asking) within() postings.Set {
	if a.Filter.among == nil {
		return nil
	}
	return a.Filter.among.within
}

// newest are the first passages of the n newest documents that the filter takes.
func (a *asking) newest(n int) (hits []postings.Hit) {
	for doc, day := range a.documents.Day {
		if day > 0 && (a.taken == nil || a.taken(doc)) {
			hits = append(hits, postings.Hit{Doc: doc})
		}
	}
	slices.SortStableFunc(hits, func(x, y postings.Hit) int { return cmp.Compare(a.documents.Day[y.Doc], a.documents.Day[x.Doc]) })
	return hits[:min(n, len(hits))]
}

// windows returns the first passages of the hits that are no copies of those
// before.
func (a *asking) windows(hits []postings.Hit) (passages []rank.Passage, err error) {
	printed := map[printedIn]bool{}
	for _, h := range hits {
		d, err := a.fetch(h.Doc)
		if err != nil {
			return nil, err
		}
		if h.Passage < len(d.Passages) && !a.printedBefore(d, h, printed) {
			passages = append(passages, a.window(d, h))
		}
		if err := d.Fault(); err != nil || len(passages) == a.passages {
			return passages, err
		}
	}
	return passages, nil
}

// languageOf guesses which of the documents' languages a question is asked in;
// where no document has a known language, which of all languages.
func (g *generation) languageOf(question string) string {
	known := slices.DeleteFunc(slices.Clone(g.languages), func(l string) bool { return l == "" })
	if len(known) == 0 {
		known = append([]string{"en"}, lexis.Languages()...) // of words that all of them may have: English
	}
	return lexis.Guess(question, known)
}

// fetch returns a document, unpacked once.
func (a *asking) fetch(doc int) (*loadedDoc, error) {
	if d := a.docs[doc]; d != nil {
		return d, nil
	}
	s, err := a.documents.Record(doc)
	if err != nil {
		return nil, err
	}
	d := &loadedDoc{Record: s}
	if d.said, err = s.Statements(); err != nil {
		return nil, err
	}
	a.docs[doc] = d
	return d, nil
}

// How much finding a word counts in a search, beside finding a rare one.
const (
	likeWeight  = 0.3 // a word of like meaning
	lightWeight = 0.4 // a word that only shapes the question
)

// clauses are what to look for: each unit of the question in its own forms,
// and, for less, in words of like meaning; names in the other languages of the
// documents too.
func (a *asking) clauses() []postings.Clause {
	q := a.asked
	var all []postings.Clause
	for _, u := range q.Units {
		own, like := postings.Clause{Weight: 1}, postings.Clause{Weight: likeWeight}
		if u.Light {
			own.Weight, like.Weight = lightWeight, lightWeight*likeWeight
		}
		for _, f := range u.Terms() {
			c := &own
			if u.Forms[f] < rank.Own {
				c = &like
			}
			c.Ways = append(c.Ways, a.lexicon.ways(f)...)
		}
		for _, l := range a.foreign {
			if terms := u.In(l); len(terms) > 0 {
				own.Ways = append(own.Ways, postings.Way{Field: field(l), Terms: terms})
			}
		}
		all = append(all, own, like)
	}
	return all
}

// spokenBy returns the statements of whoever a name means.
func (g *generation) spokenBy(name string) map[people.Ref]bool {
	spoken := map[people.Ref]bool{}
	found, _ := g.lookup(name)
	for _, e := range found {
		for r := range g.people.Entry(e).Remarks() {
			spoken[r.Ref] = true
		}
	}
	return spoken
}
