package people

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
	"example.org/attache/index/internal/pack"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
)

// shownWith and shownTitles are how many of each an entry keeps.
const (
	shownWith   = 12
	shownTitles = 24
)

// Gathering collects the people of all documents of a generation, in the order
// of the table, and makes entries of them.
type Gathering struct {
	directory identity.Directory
	dates     []corpus.Date
	people    []int       // how many each document names
	about     []Aboutness // of each of them
	said      []saying
	titled    []titled
	words     map[string]string // one copy of each title and body
	Counts    [4]int            // of statements, by kind
}

// saying is a statement with a speaker: a person of its document, or a body.
type saying struct {
	Remark
	person int // NoPerson for a body
	body   string
}

// gathered is an entry with its lists before they are packed.
type gathered struct {
	Entry
	seen []Sighting
	said []Remark
}

// titled is a mention of a person with a title.
type titled struct {
	at       Ref // document and person
	mention  int
	also     bool
	language string
	title    string
}

// Add takes up the next document, of which it keeps nothing but copies.
func (g *Gathering) Add(d *store.Record) error {
	people, err := d.People()
	if err != nil {
		return err
	}
	said, err := d.Statements()
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
	own := OwnWords(said)
	for i, who := range people {
		g.about = append(g.about, aboutIn(d, &who, own[i]))
		for j, m := range who.Mentions {
			g.title(titled{Ref{doc, i}, j, false, d.Language, store.Spaced(d.In(m.Title))})
			g.title(titled{Ref{doc, i}, j, true, d.Language, store.Spaced(d.In(m.Also))})
		}
	}
	for i := range said {
		g.Counts[said[i].Kind]++
		g.say(doc, i, d, &said[i])
	}
	return d.Fault()
}

// say takes up statement i of a document, for the person who makes it and for
// the body or country that speaks.
func (g *Gathering) say(doc, i int, d *store.Record, s *speech.Statement) {
	if !s.Known() {
		return
	}
	r := Remark{Ref: Ref{doc, i}, kind: s.Kind, Telling: telling(store.Spaced(d.In(d.Shown(s.Span, nil))))}
	r.Passage, r.Passages = d.Touched(s.Span)
	if s.Person != speech.NoPerson {
		g.said = append(g.said, saying{Remark: r, person: s.Person})
	}
	if s.Body != "" {
		g.said = append(g.said, saying{r, speech.NoPerson, g.once(s.Body)})
	}
}

// keep replaces the strings of p by copies.
func (g *Gathering) keep(p *speech.Person) {
	p.Name = g.once(p.Name)
	for i := range p.Aliases {
		p.Aliases[i] = g.once(p.Aliases[i])
	}
	for i := range p.Traits {
		p.Traits[i] = g.once(p.Traits[i])
	}
}

func (g *Gathering) title(t titled) {
	if t.title != "" {
		t.title = g.once(t.title)
		g.titled = append(g.titled, t)
	}
}

// once returns a copy of s that is shared by all that are equal.
func (g *Gathering) once(s string) string {
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

// Pack makes the people of the generation; n is how many persons there are.
func (g *Gathering) Pack() (all []byte, n int) {
	entries, docs := g.persons()
	n = len(entries)
	entries = g.sayings(entries, docs)
	offices := g.titles(entries, docs)
	g.company(entries, docs)
	var p pack.Writer
	p.List(len(entries), func(q *pack.Writer, i int) {
		e := entries[i].Entry
		e.Quoted, e.seen, e.said = len(entries[i].said), packSightings(entries[i].seen), packRemarks(entries[i].said)
		packEntry(q, &e)
	})
	p.Fixed(len(entries), func(i int) int { return len(entries[i].said) })
	p.List(len(docs), func(q *pack.Writer, i int) { q.Ints(docs[i]) })
	names, starts := keysOf(entries)
	packNames(&p, names)
	packNames(&p, starts)
	packNames(&p, offices)
	return p.Bytes, n
}

// NoEntry marks, in a document's list, a person without an entry; other values are
// an entry's number plus one.
const NoEntry = 0

// persons makes entries of the directory, and lists for each document the
// entries of its people.
func (g *Gathering) persons() (entries []gathered, docs [][]int) {
	docs = make([][]int, len(g.people))
	flat := make([]int, total(g.people))
	about := make([][]Aboutness, len(g.people))
	for i, n := range g.people {
		docs[i], flat = flat[:n:n], flat[n:]
		about[i], g.about = g.about[:n:n], g.about[n:]
	}
	found := g.directory.People()
	g.directory = identity.Directory{}
	for i, f := range found {
		e := gathered{Entry: Entry{Name: f.Name, Aliases: f.Aliases}}
		for _, a := range f.Appearances {
			doc, _ := strconv.Atoi(a.Document)
			docs[doc][a.Person] = i + 1
			e.seen = append(e.seen, Sighting{Ref{doc, a.Person}, about[doc][a.Person]})
		}
		newestFirst(e.seen, g.dates)
		for _, at := range e.seen {
			e.First, e.Last = Widen(e.First, e.Last, g.dates[at.Doc])
		}
		e.Documents = countDocuments(e.seen)
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

// Widen makes the period from first to last hold d.
func Widen(first, last, d corpus.Date) (corpus.Date, corpus.Date) {
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
func countDocuments[T interface{ Where() Ref }](all []T) (n int) {
	for i, at := range all {
		if i == 0 || at.Where().Doc != all[i-1].Where().Doc {
			n++
		}
	}
	return n
}

// newestFirst sorts references by the date of their documents, newest first, then
// by document and number.
func newestFirst[T interface{ Where() Ref }](all []T, dates []corpus.Date) {
	slices.SortFunc(all, func(x, y T) int {
		a, b := x.Where(), y.Where()
		return cmp.Or(dates[b.Doc].Compare(dates[a.Doc]), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.N, b.N))
	})
}

// sayings gives each entry its statements, and adds entries for the bodies that
// make some.
func (g *Gathering) sayings(entries []gathered, docs [][]int) []gathered {
	bodies := map[string]*gathered{}
	spelt := map[string]bool{} // spellings of bodies
	for _, s := range g.said {
		if s.person != speech.NoPerson {
			if at := docs[s.Doc][s.person]; at != NoEntry {
				entries[at-1].said = append(entries[at-1].said, s.Remark)
			}
			continue
		}
		key := bodyKey(s.body)
		e := bodies[key]
		if e == nil {
			e = &gathered{Entry: Entry{Name: s.body, body: true}}
			bodies[key] = e
		}
		if s.body != e.Name && !spelt[s.body] {
			e.Aliases = append(e.Aliases, s.body)
		}
		spelt[s.body] = true
		e.said = append(e.said, s.Remark)
		e.First, e.Last = Widen(e.First, e.Last, g.dates[s.Doc])
	}
	persons := len(entries)
	for _, e := range bodies {
		entries = append(entries, *e)
	}
	slices.SortFunc(entries[persons:], func(a, b gathered) int {
		return cmp.Or(cmp.Compare(len(b.said), len(a.said)), cmp.Compare(a.Name, b.Name))
	})
	for i := range entries {
		newestFirst(entries[i].said, g.dates)
		if entries[i].body {
			entries[i].Documents = countDocuments(entries[i].said)
		}
	}
	return entries
}

// bodyKey is what spellings of one body have in common.
func bodyKey(name string) string { return strings.TrimPrefix(text.Fold(name), "the ") }

// titles gives each entry what documents call it, newest first, and returns the
// terms of all titles, by which the holder of an office is found.
func (g *Gathering) titles(entries []gathered, docs [][]int) (offices []keyed) {
	type key struct {
		entry int
		title string
	}
	at := map[key]int{}
	names := make([][]string, len(entries)) // of each entry's titles, folded
	for _, t := range g.titled {
		who := docs[t.at.Doc][t.at.N]
		if who == NoEntry {
			continue
		}
		e, date := &entries[who-1], g.dates[t.at.Doc]
		k := key{who, text.Fold(t.title)}
		i, ok := at[k]
		if !ok {
			i = len(e.Titles)
			at[k] = i
			e.Titles = append(e.Titles, Title{})
			names[who-1] = append(names[who-1], k.title)
			for _, term := range lexis.Terms(t.language, t.title) {
				offices = append(offices, keyed{g.once(term), who - 1})
			}
		}
		own := &e.Titles[i]
		if n := len(own.Evidence); n == 0 || own.Evidence[n-1].At.Doc != t.at.Doc {
			own.Evidence = append(own.Evidence, Evidence{t.at, t.mention, t.also})
		}
		own.First, own.Last = Widen(own.First, own.Last, date)
	}
	for i := range entries {
		for j := range entries[i].Titles {
			slices.SortStableFunc(entries[i].Titles[j].Evidence, func(a, b Evidence) int {
				return g.dates[b.At.Doc].Compare(g.dates[a.At.Doc])
			})
		}
		entries[i].Titles = withoutBare(entries[i].Titles, names[i])
		slices.SortStableFunc(entries[i].Titles, func(a, b Title) int {
			return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(len(b.Evidence), len(a.Evidence)))
		})
		entries[i].Titles = withoutStrays(entries[i].Titles)
		entries[i].Titles = entries[i].Titles[:min(shownTitles, len(entries[i].Titles))]
	}
	return ordered(offices)
}

// withoutBare leaves out the titles of one word that another says more fully:
// "Secretary" beside "Secretary of State". The names are those of the titles,
// folded.
func withoutBare(titles []Title, names []string) []Title {
	fuller := map[string]bool{} // words that a longer title says
	for _, n := range names {
		first, rest, ok := strings.Cut(n, " ")
		if !ok {
			continue
		}
		fuller[first] = true
		if !slices.Contains(Changing, first) {
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

// Changing are the words in front that make another title of it.
var Changing = []string{"former", "ex", "then", "late", "acting", "interim", "vice", "deputy", "assistant"}

// strayShare is the share of all documents that call a person something below
// which a title is taken for a misreading, unless it is the newest.
const strayShare = 1.0 / 40

// withoutStrays leaves out of titles, newest first, what next to nobody calls
// the person.
func withoutStrays(titles []Title) []Title {
	all := 0
	for _, t := range titles {
		all += len(t.Evidence)
	}
	var newest corpus.Date
	if len(titles) > 0 {
		newest = titles[0].Last
	}
	return slices.DeleteFunc(titles, func(t Title) bool {
		isNewest := !newest.IsZero() && t.Last == newest
		return !isNewest && float64(len(t.Evidence)) < strayShare*float64(all)
	})
}

// mostCompany is how many people a document names at most for them to be in
// company: all names of a directory would be in that of all others.
const mostCompany = 300

// company gives each entry those it shares most documents with.
func (g *Gathering) company(entries []gathered, docs [][]int) {
	shared := make([]int, len(entries)+1)
	var met []int
	for i := range entries {
		met = met[:0]
		for _, at := range entries[i].seen {
			if len(docs[at.Doc]) > mostCompany {
				continue
			}
			for _, who := range docs[at.Doc] {
				if who == NoEntry || who == i+1 {
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
			entries[i].With = append(entries[i].With, who-1)
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
		for _, spelling := range append([]string{e.Name}, e.Aliases...) {
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
