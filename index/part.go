package index

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/rank"
)

// Part is some of the documents of one generation. What it finds is judged as in
// all of them, how rare words are, who people are and how sure an answer is, but
// only these are quoted. It must be closed.
type Part struct {
	g         *generation
	documents []Revised
	among     *among
}

// Revised is a document as it was read: the revision is another as soon as its
// file, or what describes it, is another.
type Revised struct{ Document, Revision string }

// among are the documents that a search keeps to.
type among struct {
	docs   map[int]bool // by their places in the table
	within postings.Set // their passages
}

// News returns the documents of the newest generation whose revision is not the
// one that known returns for them; known returns "" for others.
func (ix *Index) News(known func(document string) (revision string)) (*Part, error) {
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	p := &Part{g: g, among: &among{docs: map[int]bool{}}}
	var passages []uint32
	for i := range g.documents.Len() {
		r := g.documents.Row(i)
		revision := r.Digest.String()
		if known(r.Document) == revision {
			continue
		}
		p.documents = append(p.documents, Revised{strings.Clone(r.Document), revision})
		p.among.docs[i] = true
		passages = append(passages, g.postings.Numbers(i, 0, math.MaxInt32)...)
	}
	p.among.within = g.postings.Set(passages)
	return p, nil
}

// Close lets go of the documents.
func (p *Part) Close() { p.g.release() }

// Documents lists the documents, in the order of their names.
func (p *Part) Documents() []Revised { return p.documents }

// Sentences returns a key for each sentence of a document. Sentences that differ
// only in case and punctuation have one key.
func (p *Part) Sentences(document string) ([]uint64, error) {
	d, err := p.document(document)
	if err != nil {
		return nil, err
	}
	keys := make([]uint64, 0, len(d.Document.Sentences))
	for _, s := range d.Document.Sentences {
		keys = append(keys, d.Wording(s).Key())
	}
	return keys, d.Fault()
}

// SentencesOf returns the keys of the sentences of its document that a quote
// touches.
func (p *Part) SentencesOf(q Quote) ([]uint64, error) {
	d, err := p.document(q.Source.Document)
	if err != nil {
		return nil, err
	}
	var keys []uint64
	for i := d.SentenceAt(q.Span.Start); i < len(d.Document.Sentences) && d.Document.Sentences[i].Start < q.Span.End; i++ {
		keys = append(keys, d.Wording(d.Document.Sentences[i]).Key())
	}
	return keys, d.Fault()
}

func (p *Part) document(name string) (*store.Record, error) {
	i, ok := p.g.documents.Find(name)
	if !ok {
		return nil, fmt.Errorf("%q: %w", name, ErrNoDocument)
	}
	return p.g.documents.Record(i)
}

// PrintedBefore reports whether a document that is none of the part prints the
// same as a quote, but for small edits, in the same story.
func (p *Part) PrintedBefore(ctx context.Context, q Quote) (bool, error) {
	doc, ok := p.g.documents.Find(q.Source.Document)
	if !ok {
		return false, fmt.Errorf("%q: %w", q.Source.Document, ErrNoDocument)
	}
	group := slices.DeleteFunc(slices.Clone(p.g.copies.with(doc)), func(other int) bool { return p.among.docs[other] })
	if len(group) == 0 {
		return false, nil
	}
	group = group[:min(len(group), mostCopies)]
	a := p.g.asking(Question{})
	d, err := a.fetch(doc)
	if err != nil {
		return false, err
	}
	passages, err := a.likely(ctx, d.Sentence(q.Span), doc, group)
	if err != nil {
		return false, err
	}
	for _, other := range group {
		if passages[other] == nil {
			continue
		}
		if _, err := a.fetch(other); err != nil {
			return false, err
		}
		if a.prints(other, passages[other], a.wording(doc, q.Span)) {
			return true, nil
		}
	}
	return false, nil
}

// Said returns the statements that somebody makes, the newest first, their own
// words before what is reported of them; no more than limit. The name must be
// that of somebody: one that is spelled nearly so is not meant.
func (p *Part) Said(ctx context.Context, name string, limit int) ([]Quote, error) {
	found, sure := p.g.surely(name)
	if !sure {
		return nil, nil
	}
	found = slices.DeleteFunc(found, func(e int) bool { return p.g.people.Quoted(e) == 0 })
	if len(found) == 0 {
		return nil, nil
	}
	remarks := accepted(p.g.people.Entry(found[0]).Remarks(), func(doc int) bool { return p.among.docs[doc] })
	return p.g.newestSaid(ctx, remarks, limit)
}

// Ask finds the sentences that answer a question.
func (p *Part) Ask(ctx context.Context, q Question) (Answers, error) {
	q.Filter.among = p.among
	return p.g.answer(ctx, q)
}

// On returns the quotes that speak of a topic, those that bear on it most first;
// no more than limit.
func (p *Part) On(ctx context.Context, topic string, limit int) ([]Quote, error) {
	return p.g.onTopic(ctx, topic, Filter{among: p.among}, limit)
}

// From lists the documents whose title, publisher, author, tags or name hold every
// word of query.
func (p *Part) From(query string) (found []store.Source) {
	words := strings.Fields(text.Fold(query))
	for _, d := range p.documents {
		if i, ok := p.g.documents.Find(d.Document); ok && p.g.descriptions().hold(i, words) {
			found = append(found, p.g.source(i))
		}
	}
	return found
}

// onTopic returns the quotes that speak of a topic, those that bear on it most
// first.
func (g *generation) onTopic(ctx context.Context, topic string, f Filter, limit int) ([]Quote, error) {
	a := g.asking(Question{Text: topic, Limit: limit, Filter: f, Apart: true})
	a.passages = max(mostPassages, limit)
	if err := a.search(ctx); err != nil {
		return nil, fmt.Errorf("searching for %q: %w", topic, err)
	}
	a.ranked = slices.DeleteFunc(a.ranked, func(c rank.Candidate) bool { return !rank.OnTopic(&c) })
	quotes, err := a.quotes(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing quotes on %q: %w", topic, err)
	}
	return quotes, nil
}

// leastPromise is the share of what a question speaks of, by how rare it is, that a
// passage holds at least for it to be read. Most of what is asked of a part of the
// documents has nothing to do with them, and reading is what costs.
const leastPromise = 0.25

// promising are the hits that hold enough of what the clauses, as asking.clauses
// makes them, look for.
func (a *asking) promising(clauses []postings.Clause, hits []postings.Hit) ([]postings.Hit, error) {
	all := float32(0)
	for i := 0; i < len(clauses); i += 2 { // after each comes what is of like meaning
		df, err := a.postings.Frequency(clauses[i].Ways...)
		if err != nil {
			return nil, err
		}
		all += clauses[i].Weight * a.postings.Rarity(df)
	}
	return slices.DeleteFunc(hits, func(h postings.Hit) bool {
		score, ok := a.postings.Unnormed(h)
		return !ok || score < leastPromise*all
	}), nil
}
