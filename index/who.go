package index

import (
	"context"
	"iter"
	"slices"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/roman"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
)

// People are those whom a name may mean, those of most documents first.
type People struct {
	Profiles []Profile
	Meant    int  // the index of the profile that is meant without doubt, -1 where several may be
	Near     bool // nobody has this name: these are spelled nearly so
	Letters  bool // nobody has this name as it is typed: one person has it in other letters
	Office   bool // it is no name but an office: these hold it, by the newest title first
	More     int  // how many others it may mean
}

// What a profile shows at most, among how many of the newest it is chosen, and
// how many documents are fetched for it when what they hold was shown already.
const (
	shownProfiles = 8 // where no limit is given
	mostProfiles  = 200
	shownOf       = 6 // titles, quotations and mentions each
	profileLooks  = 400
	profileDocs   = 40
	mostLoaded    = 200 // how many are kept for the next profile
)

// Who returns what the documents of the filter say of the people whom a name, in any
// spelling and in other letters, or an office such as "foreign minister of India"
// may mean. A title before the name distinguishes namesakes. Speakers that are not
// people are left out. Limit 0 means 8; at most 200 are returned.
func (ix *Index) Who(ctx context.Context, name string, f Filter, limit int) (People, error) {
	g, err := ix.acquire()
	if err != nil {
		return People{}, err
	}
	defer g.release()
	found, near := g.lookup(name)
	who := People{Near: near, Letters: g.transcribed(name, found, near)}
	if others, like := g.people.Transcribed(name); !near && like == roman.Written {
		found = append(found, slices.DeleteFunc(others, func(e int) bool { return slices.Contains(found, e) })...)
	}
	found = slices.DeleteFunc(found, func(e int) bool { return e >= g.People })
	accept, loaded := g.accept(f), map[int]*store.Record{}
	if near || len(found) == 0 || identity.Title(name) != "" {
		holders, err := g.holders(ctx, name, accept)
		if err != nil {
			return People{}, err
		}
		if len(holders) > 0 {
			found, who.Near, who.Office = nil, false, true
			for _, h := range holders {
				found = append(found, h.entry)
			}
		}
	}
	if limit == 0 {
		limit = shownProfiles
	}
	limit = min(limit, mostProfiles)
	who.More = max(0, len(found)-limit)
	for _, e := range found[:len(found)-who.More] {
		if len(loaded) > mostLoaded {
			clear(loaded)
		}
		p, err := g.profile(ctx, e, accept, loaded)
		if err != nil {
			return People{}, err
		}
		if p.Documents > 0 {
			who.Profiles = append(who.Profiles, p)
		}
	}
	who.Meant = meant(name, who.Profiles, func(p Profile) (string, int) { return p.Name, p.Documents })
	if who.Office && len(who.Profiles) > 0 {
		who.Meant = 0
	}
	return who, nil
}

// profiler gathers what a profile shows.
type profiler struct {
	g      *generation
	entry  *people.Entry
	accept func(doc int) bool
	loaded map[int]*store.Record // those fetched for this profile and others
	shown  printed               // so that no sentence is shown twice
	Profile
}

// profiler begins the profile of an entry.
func (g *generation) profiler(e int, accept func(doc int) bool, loaded map[int]*store.Record) *profiler {
	p := &profiler{g: g, entry: g.people.Entry(e), accept: accept, loaded: loaded, shown: printed{copies: g.copies}}
	p.Name, p.Aliases = p.entry.Name, p.entry.Aliases
	p.seen()
	return p
}

func (g *generation) profile(ctx context.Context, e int, accept func(doc int) bool, loaded map[int]*store.Record) (Profile, error) {
	p := g.profiler(e, accept, loaded)
	for _, other := range p.entry.With {
		p.With = append(p.With, g.people.Name(other))
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
		if err := d.Fault(); err != nil {
			return Profile{}, err
		}
	}
	return p.Profile, nil
}

// seen counts the documents that the filter takes.
func (p *profiler) seen() {
	p.Documents, p.First, p.Last = p.entry.Documents, p.entry.First, p.entry.Last
	if p.accept == nil {
		return
	}
	p.entry.Titles = p.accepted(p.entry.Titles)
	p.Documents, p.First, p.Last = 0, noDate, noDate
	before := -1
	for at := range accepted(p.entry.Sightings(), p.accept) {
		if at.Doc == before {
			continue
		}
		before = at.Doc
		p.Documents++
		p.First, p.Last = people.Widen(p.First, p.Last, p.g.source(at.Doc).Published)
	}
}

// accepted are those of all whose documents accept takes; all for nil.
func accepted[T interface{ Where() people.Ref }](all iter.Seq[T], accept func(doc int) bool) iter.Seq[T] {
	if accept == nil {
		return all
	}
	return func(yield func(T) bool) {
		for t := range all {
			if accept(t.Where().Doc) && !yield(t) {
				return
			}
		}
	}
}

// accepted returns the titles that documents give which the filter takes, the
// newest first, with no other evidence.
func (p *profiler) accepted(titles []people.Title) []people.Title {
	var kept []people.Title
	for _, t := range titles {
		seen := slices.DeleteFunc(t.Evidence, func(e people.Evidence) bool { return !p.accept(e.At.Doc) })
		if len(seen) == 0 {
			continue
		}
		own := people.Title{Evidence: seen}
		for _, e := range seen {
			own.First, own.Last = people.Widen(own.First, own.Last, p.g.source(e.At.Doc).Published)
		}
		kept = append(kept, own)
	}
	slices.SortStableFunc(kept, func(a, b people.Title) int { return b.Last.Compare(a.Last) })
	return kept
}

// load returns a document; each is unpacked once.
func (p *profiler) load(doc int) (*store.Record, error) {
	if d := p.loaded[doc]; d != nil {
		return d, nil
	}
	d, err := p.g.documents.Record(doc)
	p.loaded[doc] = d
	return d, err
}

func (p *profiler) titles() error {
	for _, t := range p.entry.Titles[:min(shownOf, len(p.entry.Titles))] {
		newest := t.Evidence[0]
		d, err := p.load(newest.At.Doc)
		if err != nil {
			return err
		}
		named, err := d.People()
		if err != nil {
			return err
		}
		m := named[newest.At.N].Mentions[newest.Mention]
		at := m.Title
		if newest.Also {
			at = m.Also
		}
		q := p.g.quote(newest.At.Doc, d, d.Sentence(m.Span), m.Span)
		p.shown.add(newest.At.Doc, q)
		p.Titles = append(p.Titles, Title{Title: store.Spaced(d.In(at)), Quote: q, First: t.First, Last: t.Last, Documents: len(t.Evidence)})
	}
	return nil
}

// quotes takes the newest of the person's own words that are long enough to show;
// reported statements and scraps only when there are too few.
func (p *profiler) quotes() error {
	show := func(r people.Remark) (enough bool, err error) {
		d, err := p.load(r.Doc)
		if err != nil {
			return false, err
		}
		said, err := d.Statements()
		if err != nil {
			return false, err
		}
		q := p.g.statement(r.Doc, d, &said[r.N], nil)
		p.Quotes = p.show(p.Quotes, r.Doc, q)
		return len(p.Quotes) == shownOf, nil
	}
	remarks := accepted(p.entry.Remarks(), p.accept)
	for _, such := range []func(people.Remark) bool{
		func(r people.Remark) bool { return r.Own() && r.Telling },
		func(r people.Remark) bool { return !r.Own() },
		func(r people.Remark) bool { return r.Own() && !r.Telling },
	} {
		if err := newestOf(remarks, such, show); err != nil || len(p.Quotes) == shownOf {
			return err
		}
	}
	return nil
}

// newestOf passes the newest items that match to show, until show has enough.
func newestOf[T any](all iter.Seq[T], match func(T) bool, show func(T) (enough bool, err error)) error {
	looked, shown := 0, 0
	for t := range all {
		if looked++; looked > profileLooks {
			break
		}
		if !match(t) {
			continue
		}
		if shown++; shown > profileDocs {
			break
		}
		if enough, err := show(t); err != nil || enough {
			return err
		}
	}
	return nil
}

// show adds q to those shown unless there are enough or it is among them.
func (p *profiler) show(shown []Quote, doc int, q Quote) []Quote {
	if len(shown) < shownOf && p.shown.add(doc, q) {
		return append(shown, q)
	}
	return shown
}

// mentions takes from each document a sentence that names the person and isn't
// the person's own, from the newest documents those that begin with the name;
// others only when there are too few.
func (p *profiler) mentions() error {
	type other struct {
		doc int
		Quote
	}
	var others []other
	show := func(at people.Sighting) (enough bool, err error) {
		q, about, err := p.mention(at)
		switch {
		case err != nil:
			return false, err
		case q.Text == "":
		case about || at.About == people.Touched:
			p.Mentions = p.show(p.Mentions, at.Doc, q)
		default:
			others = append(others, other{at.Doc, q})
		}
		return len(p.Mentions) == shownOf, nil
	}
	sightings := accepted(p.entry.Sightings(), p.accept)
	for _, about := range []people.Aboutness{people.Mentioned, people.Touched} {
		if len(p.Mentions) == shownOf {
			return nil
		}
		if err := newestOf(sightings, func(at people.Sighting) bool { return at.About == about }, show); err != nil {
			return err
		}
	}
	for _, o := range others {
		p.Mentions = p.show(p.Mentions, o.doc, o.Quote)
	}
	return nil
}

// mention returns the first sentence of a document that is about the person,
// or else the first that names the person at all; none when they are all shown
// already.
func (p *profiler) mention(at people.Sighting) (found Quote, about bool, err error) {
	d, err := p.load(at.Doc)
	if err != nil {
		return found, false, err
	}
	named, err := d.People()
	if err != nil {
		return found, false, err
	}
	said, err := d.Statements()
	if err != nil {
		return found, false, err
	}
	for m := range people.Mentions(d, &named[at.N], people.OwnWords(said)[at.N]) {
		q := p.g.quote(at.Doc, d, m.Sentence, m.Name)
		switch about = m.About(); {
		case p.shown.find(at.Doc, q) >= 0:
		case about:
			return q, true, nil
		case found.Text == "":
			found = q
		}
	}
	return found, false, nil
}
