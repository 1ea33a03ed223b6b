package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus"
	"attache/corpus/speech"
	"attache/corpus/text"
)

// People are those whom a name may mean, those of most documents first.
type People struct {
	Profiles []Profile
	Near     bool // nobody has this name: these are spelled nearly so
	More     int  // how many others it may mean
}

// What a profile shows at most, and how many documents are looked at for it.
const (
	shownProfiles = 8 // where no limit is given
	shownOf       = 6 // titles, quotations and mentions each
	profileDocs   = 40
)

// Who returns what the documents of the filter say of those whom a name, in
// any spelling, may mean; a title before the name tells namesakes apart. Speakers
// that are no people are left out. Limit 0 means 8.
func (ix *Index) Who(ctx context.Context, name string, f Filter, limit int) (People, error) {
	g, err := ix.acquire()
	if err != nil {
		return People{}, err
	}
	defer g.release()
	found, near := g.lookup(name)
	found = slices.DeleteFunc(found, func(e int) bool { return e >= g.People })
	if limit == 0 {
		limit = shownProfiles
	}
	who := People{Near: near, More: max(0, len(found)-limit)}
	accept := g.accept(f)
	for _, e := range found[:len(found)-who.More] {
		p, err := g.profile(ctx, e, accept)
		if err != nil {
			return People{}, err
		}
		if p.Documents > 0 {
			who.Profiles = append(who.Profiles, p)
		}
	}
	return who, nil
}

// profiler gathers what a profile shows.
type profiler struct {
	g      *generation
	entry  *entry
	accept func(doc int) bool
	loaded map[int]*stored
	shown  map[string]bool // folded texts, so that no sentence is shown twice
	Profile
}

// profiler begins the profile of an entry.
func (g *generation) profiler(e int, accept func(doc int) bool) *profiler {
	p := &profiler{g: g, entry: g.people.entry(e), accept: accept, loaded: map[int]*stored{}, shown: map[string]bool{}}
	p.Name, p.Aliases = p.entry.name, p.entry.aliases
	p.seen()
	return p
}

func (g *generation) profile(ctx context.Context, e int, accept func(doc int) bool) (Profile, error) {
	p := g.profiler(e, accept)
	for _, other := range p.entry.with {
		p.With = append(p.With, g.people.name(other))
	}
	for _, step := range []func() error{p.titles, p.quotes, p.mentions} {
		if err := step(); err != nil {
			return Profile{}, err
		}
		if err := ctx.Err(); err != nil {
			return Profile{}, err
		}
	}
	for _, d := range p.loaded {
		if err := d.fault(); err != nil {
			return Profile{}, err
		}
	}
	return p.Profile, nil
}

// seen counts the documents that the filter takes, and keeps only their
// places.
func (p *profiler) seen() {
	p.Documents, p.First, p.Last = p.entry.documents, p.entry.first, p.entry.last
	if p.accept == nil {
		return
	}
	p.entry.seen = slices.DeleteFunc(p.entry.seen, func(at place) bool { return !p.accept(at.doc) })
	p.entry.said = slices.DeleteFunc(p.entry.said, func(at place) bool { return !p.accept(at.doc) })
	p.entry.titles = p.accepted(p.entry.titles)
	p.Documents, p.First, p.Last = countDocuments(p.entry.seen), noDate, noDate
	for _, at := range p.entry.seen {
		p.First, p.Last = widen(p.First, p.Last, p.g.source(at.doc).Published)
	}
}

// accepted returns the titles that documents give which the filter takes, the
// newest first, with no other evidence.
func (p *profiler) accepted(titles []title) []title {
	var kept []title
	for _, t := range titles {
		told := slices.DeleteFunc(t.told, func(e evidence) bool { return !p.accept(e.at.doc) })
		if len(told) == 0 {
			continue
		}
		own := title{told: told}
		for _, e := range told {
			own.first, own.last = widen(own.first, own.last, p.g.source(e.at.doc).Published)
		}
		kept = append(kept, own)
	}
	slices.SortStableFunc(kept, func(a, b title) int { return cmp.Compare(dayNumber(b.last), dayNumber(a.last)) })
	return kept
}

// load returns a document; each is unpacked once.
func (p *profiler) load(doc int) (*stored, error) {
	if d := p.loaded[doc]; d != nil {
		return d, nil
	}
	d, err := p.g.document(doc)
	p.loaded[doc] = d
	return d, err
}

// fresh reports whether a quote was not shown yet, and notes it as shown.
func (p *profiler) fresh(q Quote) bool {
	key := text.Fold(q.Text)
	if p.shown[key] {
		return false
	}
	p.shown[key] = true
	return true
}

func (p *profiler) titles() error {
	for _, t := range p.entry.titles[:min(shownOf, len(p.entry.titles))] {
		newest := t.told[0]
		d, err := p.load(newest.at.doc)
		if err != nil {
			return err
		}
		told, err := d.people()
		if err != nil {
			return err
		}
		m := told[newest.at.n].Mentions[newest.mention]
		at := m.Title
		if newest.also {
			at = m.Also
		}
		q := p.g.quote(newest.at.doc, d, d.sentence(m.Span), m.Span)
		p.fresh(q)
		p.Titles = append(p.Titles, Title{Title: spaced(d.in(at)), Quote: q, First: t.first, Last: t.last, Documents: len(t.told)})
	}
	return nil
}

// quotes takes the newest quotations that tell something, and others only when
// there are too few.
func (p *profiler) quotes() error {
	var scraps []Quote
	for i, at := range p.entry.said {
		if len(p.Quotes) == shownOf || i == profileDocs {
			break
		}
		d, err := p.load(at.doc)
		if err != nil {
			return err
		}
		said, err := d.quotations()
		if err != nil {
			return err
		}
		q := p.g.quotation(at.doc, d, said[at.n], nil)
		q.Speaker = p.entry.name
		if telling(q.Text) {
			p.Quotes = p.show(p.Quotes, q)
		} else {
			scraps = append(scraps, q)
		}
	}
	for _, q := range scraps {
		p.Quotes = p.show(p.Quotes, q)
	}
	return nil
}

// show adds q to those shown unless there are enough or it is among them.
func (p *profiler) show(shown []Quote, q Quote) []Quote {
	if len(shown) < shownOf && p.fresh(q) {
		return append(shown, q)
	}
	return shown
}

// telling reports whether a quotation is more than a scrap: a sentence's worth
// of words from the beginning of a sentence.
func telling(quote string) bool {
	first, _ := utf8.DecodeRuneInString(quote)
	return !unicode.IsLower(first) && (len(strings.Fields(quote)) >= 6 || utf8.RuneCountInString(quote) >= 40)
}

// mentions takes from each document a sentence that names the person and isn't
// the person's own, from the newest documents those that begin with the name;
// others only when there are too few.
func (p *profiler) mentions() error {
	var others []Quote
	for i, at := range p.entry.seen {
		if len(p.Mentions) == shownOf || i == profileDocs {
			break
		}
		q, about, err := p.mention(at)
		switch {
		case err != nil:
			return err
		case about:
			p.Mentions = p.show(p.Mentions, q)
		case q.Text != "":
			others = append(others, q)
		}
	}
	for _, q := range others {
		p.Mentions = p.show(p.Mentions, q)
	}
	return nil
}

// aboutWithin is how near to its beginning, in bytes, a sentence names whom it
// is about.
const aboutWithin = 40

// mention returns the first sentence of a document that names the person near
// its beginning, and so is about the person, or else the first that does at
// all; none when they are all shown already or the person's own words.
func (p *profiler) mention(at place) (found Quote, about bool, err error) {
	d, err := p.load(at.doc)
	if err != nil {
		return found, false, err
	}
	told, err := d.people()
	if err != nil {
		return found, false, err
	}
	said, err := d.quotations()
	if err != nil {
		return found, false, err
	}
	who := told[at.n]
	for _, m := range who.Mentions {
		s := d.sentence(m.Span)
		own := slices.ContainsFunc(said, func(q speech.Quotation) bool { return q.Speaker == who.Name && q.Span.Overlaps(s) })
		if own || d.kind(s) != corpus.Body {
			continue
		}
		q := p.g.quote(at.doc, d, s, m.Span)
		switch about = m.Span.Start-s.Start <= aboutWithin; {
		case p.shown[text.Fold(q.Text)]:
		case about:
			return q, true, nil
		case found.Text == "":
			found = q
		}
	}
	return found, false, nil
}
