package index

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/corpus"
	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// shownWith and shownTitles are how many of each an entry keeps.
const (
	shownWith   = 12
	shownTitles = 24
)

// gathering collects the people of all documents of a generation, in the order
// of the table, and makes entries of them.
type gathering struct {
	directory identity.Directory
	dates     []corpus.Date
	people    []int       // how many each document names
	about     []aboutness // of each of them
	said      []saying
	titled    []titled
	words     map[string]string // one copy of each title and body
	counts    [4]int            // of statements, by kind
}

// saying is a statement with a speaker: a person of its document, or a body.
type saying struct {
	remark
	person int // NoPerson for a body
	body   string
}

// gathered is an entry with its lists before they are packed.
type gathered struct {
	entry
	seen []sighting
	said []remark
}

// titled is a mention of a person with a title.
type titled struct {
	at       docRef // document and person
	mention  int
	also     bool
	language string
	title    string
}

// add takes up the next document, of which it keeps nothing but copies.
func (g *gathering) add(d *stored) error {
	people, err := d.people()
	if err != nil {
		return err
	}
	said, err := d.statements()
	if err != nil {
		return err
	}
	for i := range people {
		g.keep(&people[i])
	}
	doc := len(g.people)
	g.directory.Add(documentKey(doc), d.Published.String(), people)
	g.people = append(g.people, len(people))
	g.dates = append(g.dates, d.Published)
	own := ownWords(said)
	for i, who := range people {
		g.about = append(g.about, d.about(&who, own[i]))
		for j, m := range who.Mentions {
			g.title(titled{docRef{doc, i}, j, false, d.Language, spaced(d.in(m.Title))})
			g.title(titled{docRef{doc, i}, j, true, d.Language, spaced(d.in(m.Also))})
		}
	}
	for i := range said {
		g.counts[said[i].Kind]++
		g.say(doc, i, d, &said[i])
	}
	return d.fault()
}

// say takes up statement i of a document, for the person who makes it and for
// the body or country that speaks.
func (g *gathering) say(doc, i int, d *stored, s *speech.Statement) {
	if !s.Known() {
		return
	}
	r := remark{docRef: docRef{doc, i}, kind: s.Kind, telling: telling(spaced(d.in(d.shown(s.Span, nil))))}
	r.passage, r.passages = d.touched(s.Span)
	if s.Person != speech.NoPerson {
		g.said = append(g.said, saying{remark: r, person: s.Person})
	}
	if s.Body != "" {
		g.said = append(g.said, saying{r, speech.NoPerson, g.once(s.Body)})
	}
}

// keep replaces the strings of p by copies.
func (g *gathering) keep(p *speech.Person) {
	p.Name = g.once(p.Name)
	for i := range p.Aliases {
		p.Aliases[i] = g.once(p.Aliases[i])
	}
	for i := range p.Traits {
		p.Traits[i] = g.once(p.Traits[i])
	}
}

func (g *gathering) title(t titled) {
	if t.title != "" {
		t.title = g.once(t.title)
		g.titled = append(g.titled, t)
	}
}

// once returns a copy of s that is shared by all that are equal.
func (g *gathering) once(s string) string {
	if g.words == nil {
		g.words = map[string]string{}
	}
	if _, ok := g.words[s]; !ok {
		s = strings.Clone(s)
		g.words[s] = s
	}
	return g.words[s]
}

// documentKey names a document for the directory, in the order of the table.
func documentKey(doc int) string { return fmt.Sprintf("%08d", doc) }

// spaced is s with its white space folded.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// pack makes the people of the generation; n is how many persons there are.
func (g *gathering) pack() (all []byte, n int) {
	entries, docs := g.persons()
	n = len(entries)
	entries = g.sayings(entries, docs)
	offices := g.titles(entries, docs)
	g.company(entries, docs)
	var p packer
	p.list(len(entries), func(q *packer, i int) {
		e := entries[i].entry
		e.quoted, e.seen, e.said = len(entries[i].said), packSightings(entries[i].seen), packRemarks(entries[i].said)
		q.entry(&e)
	})
	p.fixed(len(entries), func(i int) int { return len(entries[i].said) })
	p.list(len(docs), func(q *packer, i int) { q.ints(docs[i]) })
	names, starts := keysOf(entries)
	p.names(names)
	p.names(starts)
	p.names(offices)
	return p.b, n
}

// noEntry marks, in a document's list, a person without an entry; other values are
// an entry's number plus one.
const noEntry = 0

// persons makes entries of the directory, and lists for each document the
// entries of its people.
func (g *gathering) persons() (entries []gathered, docs [][]int) {
	docs = make([][]int, len(g.people))
	flat := make([]int, total(g.people))
	about := make([][]aboutness, len(g.people))
	for i, n := range g.people {
		docs[i], flat = flat[:n:n], flat[n:]
		about[i], g.about = g.about[:n:n], g.about[n:]
	}
	found := g.directory.People()
	g.directory = identity.Directory{}
	for i, f := range found {
		e := gathered{entry: entry{name: f.Name, aliases: f.Aliases}}
		for _, a := range f.Appearances {
			doc, _ := strconv.Atoi(a.Document)
			docs[doc][a.Person] = i + 1
			e.seen = append(e.seen, sighting{docRef{doc, a.Person}, about[doc][a.Person]})
		}
		newestFirst(e.seen, g.dates)
		for _, at := range e.seen {
			e.first, e.last = widen(e.first, e.last, g.dates[at.doc])
		}
		e.documents = countDocuments(e.seen)
		entries = append(entries, e)
	}
	return entries, docs
}

func total(all []int) (n int) {
	for _, v := range all {
		n += v
	}
	return n
}

// widen makes the period from first to last hold d.
func widen(first, last, d corpus.Date) (corpus.Date, corpus.Date) {
	if d.IsZero() {
		return first, last
	}
	if first.IsZero() || d.Compare(first) < 0 {
		first = d
	}
	if d.Compare(last) > 0 {
		last = d
	}
	return first, last
}

// countDocuments counts the documents of places that are in order.
func countDocuments[T interface{ where() docRef }](all []T) (n int) {
	for i, at := range all {
		if i == 0 || at.where().doc != all[i-1].where().doc {
			n++
		}
	}
	return n
}

// newestFirst sorts references by the date of their documents, newest first, then
// by document and number.
func newestFirst[T interface{ where() docRef }](all []T, dates []corpus.Date) {
	slices.SortFunc(all, func(x, y T) int {
		a, b := x.where(), y.where()
		return cmp.Or(dates[b.doc].Compare(dates[a.doc]), cmp.Compare(a.doc, b.doc), cmp.Compare(a.n, b.n))
	})
}

// sayings gives each entry its statements, and adds entries for the bodies that
// make some.
func (g *gathering) sayings(entries []gathered, docs [][]int) []gathered {
	bodies := map[string]*gathered{}
	spelt := map[string]bool{} // spellings of bodies
	for _, s := range g.said {
		if s.person != speech.NoPerson {
			if at := docs[s.doc][s.person]; at != noEntry {
				entries[at-1].said = append(entries[at-1].said, s.remark)
			}
			continue
		}
		key := bodyKey(s.body)
		e := bodies[key]
		if e == nil {
			e = &gathered{entry: entry{name: s.body, body: true}}
			bodies[key] = e
		}
		if s.body != e.name && !spelt[s.body] {
			e.aliases = append(e.aliases, s.body)
		}
		spelt[s.body] = true
		e.said = append(e.said, s.remark)
		e.first, e.last = widen(e.first, e.last, g.dates[s.doc])
	}
	persons := len(entries)
	for _, e := range bodies {
		entries = append(entries, *e)
	}
	slices.SortFunc(entries[persons:], func(a, b gathered) int {
		return cmp.Or(cmp.Compare(len(b.said), len(a.said)), cmp.Compare(a.name, b.name))
	})
	for i := range entries {
		newestFirst(entries[i].said, g.dates)
		if entries[i].body {
			entries[i].documents = countDocuments(entries[i].said)
		}
	}
	return entries
}

// bodyKey is what spellings of one body have in common.
func bodyKey(name string) string { return strings.TrimPrefix(text.Fold(name), "the ") }

// titles gives each entry what documents call it, newest first, and returns the
// terms of all titles, by which the holder of an office is found.
func (g *gathering) titles(entries []gathered, docs [][]int) (offices []keyed) {
	type key struct {
		entry int
		title string
	}
	at := map[key]int{}
	names := make([][]string, len(entries)) // of each entry's titles, folded
	for _, t := range g.titled {
		who := docs[t.at.doc][t.at.n]
		if who == noEntry {
			continue
		}
		e, date := &entries[who-1], g.dates[t.at.doc]
		k := key{who, text.Fold(t.title)}
		i, ok := at[k]
		if !ok {
			i = len(e.titles)
			at[k] = i
			e.titles = append(e.titles, title{})
			names[who-1] = append(names[who-1], k.title)
			for _, term := range termsOf(t.language, t.title) {
				offices = append(offices, keyed{g.once(term), who - 1})
			}
		}
		own := &e.titles[i]
		if n := len(own.evidence); n == 0 || own.evidence[n-1].at.doc != t.at.doc {
			own.evidence = append(own.evidence, evidence{t.at, t.mention, t.also})
		}
		own.first, own.last = widen(own.first, own.last, date)
	}
	for i := range entries {
		for j := range entries[i].titles {
			slices.SortStableFunc(entries[i].titles[j].evidence, func(a, b evidence) int {
				return g.dates[b.at.doc].Compare(g.dates[a.at.doc])
			})
		}
		entries[i].titles = withoutBare(entries[i].titles, names[i])
		slices.SortStableFunc(entries[i].titles, func(a, b title) int {
			return cmp.Or(b.last.Compare(a.last), cmp.Compare(len(b.evidence), len(a.evidence)))
		})
		entries[i].titles = withoutStrays(entries[i].titles)
		entries[i].titles = entries[i].titles[:min(shownTitles, len(entries[i].titles))]
	}
	return ordered(offices)
}

// withoutBare leaves out the titles of one word that another says more fully:
// "Secretary" beside "Secretary of State". The names are those of the titles,
// folded.
func withoutBare(titles []title, names []string) []title {
	fuller := map[string]bool{} // words that a longer title says
	for _, n := range names {
		first, rest, ok := strings.Cut(n, " ")
		if !ok {
			continue
		}
		fuller[first] = true
		if !slices.Contains(changing, first) {
			fuller[rest[strings.LastIndexByte(rest, ' ')+1:]] = true
		}
	}
	kept := titles[:0]
	for i, n := range names {
		if !fuller[n] {
			kept = append(kept, titles[i])
		}
	}
	return kept
}

// changing are the words in front that make another title of it.
var changing = []string{"former", "ex", "then", "late", "acting", "interim", "vice", "deputy", "assistant"}

// strayShare is the share of all documents that call a person something below
// which a title is taken for a misreading, unless it is the newest.
const strayShare = 1.0 / 40

// withoutStrays leaves out of titles, newest first, what next to nobody calls
// the person.
func withoutStrays(titles []title) []title {
	all := 0
	for _, t := range titles {
		all += len(t.evidence)
	}
	var newest corpus.Date
	if len(titles) > 0 {
		newest = titles[0].last
	}
	return slices.DeleteFunc(titles, func(t title) bool {
		isNewest := !newest.IsZero() && t.last == newest
		return !isNewest && float64(len(t.evidence)) < strayShare*float64(all)
	})
}

// mostCompany is how many people a document names at most for them to be in
// company: all names of a directory would be in that of all others.
const mostCompany = 300

// company gives each entry those it shares most documents with.
func (g *gathering) company(entries []gathered, docs [][]int) {
	shared := make([]int, len(entries)+1)
	var met []int
	for i := range entries {
		met = met[:0]
		for _, at := range entries[i].seen {
			if len(docs[at.doc]) > mostCompany {
				continue
			}
			for _, who := range docs[at.doc] {
				if who == noEntry || who == i+1 {
					continue
				}
				if shared[who] == 0 {
					met = append(met, who)
				}
				shared[who]++
			}
		}
		slices.SortFunc(met, func(a, b int) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
		for _, who := range met[:min(shownWith, len(met))] {
			entries[i].with = append(entries[i].with, who-1)
		}
		for _, who := range met {
			shared[who] = 0
		}
	}
}

// keysOf returns the keys under which entries are found and completed, in
// order.
func keysOf(entries []gathered) (names, starts []keyed) {
	for i, e := range entries {
		for _, spelling := range append([]string{e.name}, e.aliases...) {
			keys := identity.Keys(spelling)
			if e.body {
				keys = []string{bodyKey(spelling)}
			}
			for _, k := range keys {
				names = append(names, keyed{k, i})
			}
			for _, s := range wordStarts(text.Fold(strings.ToValidUTF8(spelling[:min(len(spelling), longestSpelling)], ""))) {
				starts = append(starts, keyed{s, i})
			}
		}
	}
	return ordered(names), ordered(starts)
}

// longestSpelling is how many bytes of a name can be completed.
const longestSpelling = 200

func ordered(all []keyed) []keyed {
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.entry, b.entry)) })
	return slices.Compact(all)
}

// wordStarts returns s from each of its words on.
func wordStarts(s string) (all []string) {
	for i := range s {
		if s[i] != ' ' && (i == 0 || s[i-1] == ' ' || s[i-1] == '-') {
			all = append(all, s[i:])
		}
	}
	return all
}
