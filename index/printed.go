package index

import (
	"context"
	"math"
	"slices"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// mostCopies bounds how many passages are looked at for copies of one story,
// and in how many of its documents a quote is looked for.
const mostCopies = 160

// printedIn is a sentence, by its key, in a group of documents.
type printedIn struct {
	group int
	key   uint64
}

// printedBefore reports whether every sentence of a passage was printed already in the
// group of its document, and notes those that were not.
func (a *asking) printedBefore(d *loadedDoc, h postings.Hit, printed map[printedIn]bool) bool {
	group, ok := a.copies.group[h.Doc]
	if !ok {
		return false
	}
	all := true
	for _, key := range d.Keys(h.Passage) {
		in := printedIn{group, key}
		all = all && printed[in]
		printed[in] = true
	}
	return all
}

// sameAs returns the place of the quote that another document of the same
// story prints in s, but for small edits: a quote may be a part of a sentence,
// so that whole sentences are compared.
func (a *asking) sameAs(quotes []Quote, candidates []rank.Candidate, doc int, s text.Span) (int, bool) {
	if a.copies.with(doc) == nil {
		return 0, false
	}
	for i := range quotes {
		other := candidates[i].Passage.Number
		if other != doc && a.copies.together(other, doc) && a.wording(other, quotes[i].Span).Same(a.wording(doc, s)) {
			return i, true
		}
	}
	return 0, false
}

// printedToo notes the other documents that print a quote of a document, as far
// as the filter takes them. They are looked for in the passages that hold most
// of its words: a document may be a book.
func (a *asking) printedToo(ctx context.Context, q *Quote, doc int) error {
	group := a.copies.with(doc)
	if group == nil {
		return nil
	}
	group = group[:min(len(group), mostCopies)]
	passages, err := a.likely(ctx, a.docs[doc].Sentence(q.Span), doc, group)
	if err != nil {
		return err
	}
	for _, other := range group {
		if passages[other] == nil || a.taken != nil && !a.taken(other) {
			continue
		}
		d, err := a.fetch(other)
		if err != nil {
			return err
		}
		if !slices.Contains(q.Also, d.ID) && a.prints(other, passages[other], a.wording(doc, q.Span)) {
			q.alsoIn(d.ID)
		}
		if err := d.Fault(); err != nil {
			return err
		}
	}
	return nil
}

// likely returns the passages of the other documents of a group that hold most
// words of a sentence.
func (a *asking) likely(ctx context.Context, s text.Span, doc int, group []int) (map[int][]int, error) {
	var in []uint32
	for _, other := range group {
		if other != doc {
			in = append(in, a.postings.Numbers(other, 0, math.MaxInt32)...)
		}
	}
	d := a.docs[doc]
	var clauses []postings.Clause
	for _, term := range lexis.Terms(d.Language, d.In(s)) {
		clauses = append(clauses, postings.Clause{Ways: []postings.Way{{Field: field(d.Language), Terms: []string{term}}}, Weight: 1})
	}
	hits, err := a.postings.Search(ctx, clauses, likelyEach*len(group), nil, a.postings.Set(in))
	passages := map[int][]int{}
	for _, h := range hits {
		passages[h.Doc] = append(passages[h.Doc], h.Passage)
	}
	return passages, err
}

// likelyEach is how many passages a document are looked at for a quote.
const likelyEach = 4

// wording returns the sentence of a document that s lies in; each is read once.
func (a *asking) wording(doc int, s text.Span) *near.Wording {
	d := a.docs[doc]
	whole := d.Sentence(s)
	at := people.Ref{Doc: doc, N: whole.Start}
	w := a.wordings[at]
	if w == nil {
		w = d.Wording(whole)
		a.wordings[at] = w
	}
	return w
}

// prints reports whether a sentence of some passages of a document says the
// same.
func (a *asking) prints(doc int, passages []int, w *near.Wording) bool {
	d := a.docs[doc]
	return slices.ContainsFunc(passages, func(n int) bool {
		p := d.Passages[n]
		return slices.ContainsFunc(d.Sentences[p.First:p.Last], func(s text.Span) bool { return w.Same(a.wording(doc, s)) })
	})
}

// printed are quotes that differ.
type printed struct {
	copies *copies
	quotes []Quote
	docs   []int          // of each
	known  map[string]int // by folded text
}

// find returns the place of the quote that says the same as one of a document,
// -1 when none does: it has the same words, or, in another document of the same
// story, nearly so.
func (p *printed) find(doc int, q Quote) int {
	if at, ok := p.known[text.Fold(q.Text)]; ok {
		return at
	}
	if p.copies.with(doc) == nil {
		return -1
	}
	w := near.NewWording(q.Text, q.Source.Language)
	for i, o := range p.quotes {
		if p.docs[i] != doc && p.copies.together(p.docs[i], doc) && w.Same(near.NewWording(o.Text, o.Source.Language)) {
			return i
		}
	}
	return -1
}

// add adds a quote of a document, or, when another says the same, notes that
// the document prints that too. It reports whether the quote is new.
func (p *printed) add(doc int, q Quote) bool {
	if at := p.find(doc, q); at >= 0 {
		p.quotes[at].alsoIn(q.Source.Document)
		return false
	}
	if p.known == nil {
		p.known = map[string]int{}
	}
	p.known[text.Fold(q.Text)] = len(p.quotes)
	p.quotes, p.docs = append(p.quotes, q), append(p.docs, doc)
	return true
}
