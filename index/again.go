package index

import (
	"slices"

	"attache/corpus/text"
	"attache/index/internal/near"
	"attache/index/rank"
)

// mostCopies bounds how many passages are looked at for copies of one story,
// and in how many of its documents a quote is looked for.
const mostCopies = 160

// printedIn is a sentence, by its key, in a group of documents.
type printedIn struct {
	group int
	key   uint64
}

// again reports whether every sentence of a passage was printed already in the
// group of its document, and notes those that were not.
func (a *asking) again(d *told, h hit, printed map[printedIn]bool) bool {
	group, ok := a.copies.group[h.doc]
	if !ok {
		return false
	}
	all := true
	for _, key := range d.keys(h.passage) {
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
// as the filter takes them.
func (a *asking) printedToo(q *Quote, doc int) error {
	group := a.copies.with(doc)
	for _, other := range group[:min(len(group), mostCopies)] {
		if other == doc || a.taken != nil && !a.taken(other) {
			continue
		}
		d, err := a.fetch(other)
		if err != nil {
			return err
		}
		if !slices.Contains(q.Also, d.ID) && a.prints(other, a.wording(doc, q.Span)) {
			q.alsoIn(d.ID)
		}
		if err := d.fault(); err != nil {
			return err
		}
	}
	return nil
}

// wording returns the sentence of a document that s lies in; each is read once.
func (a *asking) wording(doc int, s text.Span) *near.Wording {
	d := a.docs[doc]
	whole := d.sentence(s)
	at := place{doc, whole.Start}
	w := a.wordings[at]
	if w == nil {
		w = d.wording(whole)
		a.wordings[at] = w
	}
	return w
}

func (d *stored) wording(s text.Span) *near.Wording { return near.NewWording(d.in(s), d.Language) }

// mostKept is of how many sentences of a document the wording is kept for the
// next quote of the same answer.
const mostKept = 200

// prints reports whether one of a document's sentences says the same.
func (a *asking) prints(doc int, w *near.Wording) bool {
	d := a.docs[doc]
	return slices.ContainsFunc(d.Sentences, func(s text.Span) bool {
		if len(d.Sentences) > mostKept {
			return w.Same(d.wording(s))
		}
		return w.Same(a.wording(doc, s))
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
