package speech

import (
	"cmp"
	"slices"
	"strings"

	"example.org/attache/corpus/text"
)

// person is a Person while a text is being read.
type person struct {
	forms  []string // folded spellings of two or more words; one bare word for those named no fuller
	given  string   // folded
	family string   // folded, with its particles
	middle string   // folded
	suffix string
	gender Gender
	full   int // token where the fullest spelling stands
	fullTo int
	count  int             // mentions outside headings
	kin    bool            // named as somebody's relation: "his wife Ann Lee"
	recent int             // number of the last mention in full, from 1; for families
	roles  map[string]bool // everyday nouns for the person, from the titles
	traits []string
}

// mention is one place that names a person.
type mention struct {
	from, to int // tokens of the name
	lead     int // token of the honorific before it, or from
	person   int
	title    text.Span // before the name, or behind it
	also     text.Span // behind the name, where one stands before it too
}

// people decides which names are people and gathers the spellings of each. It
// calls ask at each name.
func people(toks []token, ns []nameRun, plain map[string]bool, ask func()) ([]person, []mention) {
	forms := judgeForms(toks, ns, plain)
	g := gatherer{toks: toks, byForm: map[string]int{}, byFamily: map[string][]int{}, byGiven: map[string][]int{}, byTail: map[string]int{}, crowds: map[string]*crowded{}}
	for parts := longestName; parts > 1; parts-- { // the longest first: "Wasserman Schultz" is the end of a longer name
		for i := range ns {
			ask()
			if f := forms[ns[i].words]; f != nil && f.accepted && !ns[i].heading && ns[i].parts == parts {
				g.full(&ns[i])
			}
		}
	}
	g.bares(ns, plain)
	g.complete(ns)
	for i := range ns {
		ask()
		g.mention(&ns[i])
	}
	return g.people, g.mentions
}

type gatherer struct {
	toks     []token
	people   []person
	mentions []mention
	byForm   map[string]int
	byFamily map[string][]int
	byGiven  map[string][]int
	byTail   map[string]int      // the last words of full names
	crowds   map[string]*crowded // large families
}

// full adds a full name: a new person, or another spelling of one.
func (g *gatherer) full(n *nameRun) {
	p := person{forms: []string{n.words}, full: n.from, fullTo: n.to, suffix: suffixOf(g.toks, n), kin: n.from > 0 && g.toks[n.from-1].is(kinWord)}
	if i, ok := g.byForm[g.formOf(n)]; ok {
		g.people[i].kin = g.people[i].kin || p.kin
		return
	}
	if i, ok := g.byTail[n.words]; ok && p.suffix == "" {
		g.byForm[n.words] = i
		return
	}
	p.given, p.family = splitName(g.toks, n)
	p.middle = middleOf(g.toks[n.from:n.from+n.parts], p.given, p.family)
	for _, i := range g.agreeing(&p) {
		q := &g.people[i]
		if p.suffix != q.suffix && (p.given == q.given || p.suffix != "" && q.suffix != "") || !sameMiddle(p.middle, q.middle) {
			continue // the text tells father and son apart
		}
		if words().sameGiven(p.given, q.given) || misspelt(p.given, q.given) {
			q.forms = append(q.forms, n.words)
			q.middle = cmp.Or(q.middle, p.middle)
			g.byForm[g.formOf(n)] = i
			if n.to-n.from > q.fullTo-q.full || len(q.given) <= 2 {
				q.full, q.fullTo, q.given = n.from, n.to, p.given
			}
			g.crowds[p.family].file(i, q)
			return
		}
	}
	i := len(g.people)
	g.people = append(g.people, p)
	g.byForm[g.formOf(n)] = i
	for _, tail, _ := strings.Cut(n.words, " "); strings.Contains(tail, " "); _, tail, _ = strings.Cut(tail, " ") {
		if _, ok := g.byTail[tail]; !ok && len(tail) > 4 {
			g.byTail[tail] = i
		}
	}
	g.byFamily[p.family] = append(g.byFamily[p.family], i)
	g.byGiven[p.given] = append(g.byGiven[p.given], i)
	if at := strings.LastIndexByte(p.family, ' '); at >= 0 { // "van der Leyen" is also "Leyen"
		g.byFamily[p.family[at+1:]] = append(g.byFamily[p.family[at+1:]], i)
	}
}

// People of one family name in a text: a small family is looked through one by
// one; of a crowd, nobody is meant by the family name alone; of a multitude,
// spellings are not joined any more.
const (
	smallFamily = 32
	crowd       = 1000
	multitude   = 5000
)

// crowded are the people of a large family by the blocking keys of their names.
type crowded struct {
	filed int // how many of the family
	by    map[string][]int
}

// file makes a person of a large family findable under the present name.
func (c *crowded) file(i int, p *person) {
	if c == nil {
		return
	}
	stored, _ := Name{Given: p.given, Middle: p.middle}.Blocks()
	for _, block := range stored {
		c.by[block] = append(c.by[block], i)
	}
}

// agreeing returns those of the family of p, in order, whose name can be that of
// p: all of a small family, none of a multitude.
func (g *gatherer) agreeing(p *person) (all []int) {
	family := g.byFamily[p.family]
	switch {
	case len(family) <= smallFamily:
		return family
	case len(family) > multitude:
		return nil
	}
	c := g.crowds[p.family]
	if c == nil {
		c = &crowded{by: map[string][]int{}}
		g.crowds[p.family] = c
	}
	for ; c.filed < len(family); c.filed++ {
		c.file(family[c.filed], &g.people[family[c.filed]])
	}
	_, asked := Name{Given: p.given, Middle: p.middle}.Blocks()
	for _, block := range asked {
		found := c.by[block]
		all = append(all, found[:min(len(found), crowd)]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// The bytes of given names that may be misspelt.
const (
	leastMisspelt = 6
	mostMisspelt  = 40
)

// misspelt reports whether two given names of some length differ by one
// letter that one of them leaves out, and tell the same gender.
func misspelt(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < leastMisspelt || len(b) > mostMisspelt || len(b) != len(a)+1 || givenGender(a)|givenGender(b) == Male|Female {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return a[i:] == b[i+1:]
}

// formOf is what tells the spellings of full names apart: the words and a
// suffix.
func (g *gatherer) formOf(n *nameRun) string {
	if s := suffixOf(g.toks, n); s != "" {
		return n.words + " " + s
	}
	return n.words
}

func suffixOf(toks []token, n *nameRun) string {
	if n.to > n.from+n.parts {
		return strings.TrimSuffix(toks[n.to-1].key, ".")
	}
	return ""
}

// middleOf is what stands between a given and a family name.
func middleOf(ts []token, givenName, family string) string {
	rest := len(ts) - 1 - len(strings.Fields(family))
	if rest <= 0 || strings.Contains(givenName, " ") {
		return ""
	}
	return joinKeys(ts[1 : 1+rest])
}

// sameMiddle reports whether two middle names can be one person's: one is left
// out, or they begin alike.
func sameMiddle(a, b string) bool { return a == "" || b == "" || a[0] == b[0] }

// splitName tells the given from the family name of a full name.
func splitName(toks []token, n *nameRun) (givenName, family string) {
	ts := toks[n.from : n.from+n.parts]
	if familyLeads(toks, n) {
		return joinKeys(ts[1:]), ts[0].key
	}
	at := len(ts) - 1
	for at > 1 && ts[at-1].is(particle) && !isInitial(&ts[at-1]) {
		at--
	}
	return strings.TrimSuffix(ts[0].key, "."), joinKeys(ts[at:])
}

// bares adds people whom the text names by one word only, where an honorific
// or a title stands before it, or a known family name says something.
func (g *gatherer) bares(ns []nameRun, plain map[string]bool) {
	for i := range ns {
		n := &ns[i]
		t := &g.toks[n.from]
		if n.parts != 1 || n.heading || n.weak && (!g.honoured(n) || t.is(titleWord|anyRole)) || t.is(functionWord|calendar) || g.known(n) {
			continue
		}
		before := &nothing
		if n.from > 0 && g.toks[n.from-1].para == t.para {
			before = &g.toks[n.from-1]
		}
		titled := before.is(honorific) || before.caps && before.is(titleWord)
		says := n.to < len(g.toks) && g.toks[n.to].is(strongCue) && t.is(given|familyName) &&
			!(t.first && g.toks[n.to].is(speechNoun)) // "Harsh comments"
		if plain[n.words] && !t.is(given|familyName) && !g.honoured(n) {
			continue // "Executive Orders"
		}
		if t.upper && len(t.key) > 1 || !titled && (!says || t.is(placeWord|bodyWord|demonym|speakingBody)) {
			continue
		}
		p := person{forms: []string{n.words}, family: n.words, full: n.from, fullTo: n.to}
		if before.is(regnal) && before.caps {
			p.full-- // Pope Francis
		}
		g.byFamily[n.words] = append(g.byFamily[n.words], len(g.people))
		g.people = append(g.people, p)
	}
}

// honoured reports whether Mr. or Mrs. stands before a name.
func (g *gatherer) honoured(n *nameRun) bool {
	return n.from > 0 && g.toks[n.from-1].class&(honorificMale|honorificFemale) != 0 && g.toks[n.from-1].caps
}

// complete gives people whom the text seemed to name by one word only a full
// name: one that was refused by itself, or that stands in a heading.
func (g *gatherer) complete(ns []nameRun) {
	for i := range ns {
		n := &ns[i]
		if n.parts != 2 && n.parts != 3 || !g.toks[n.from].caps || g.toks[n.from].is(titleWord|honorific) {
			continue
		}
		if _, ok := g.byForm[n.words]; ok {
			continue // somebody else's
		}
		last := g.toks[n.from+n.parts-1].key
		first := &g.toks[n.from]
		family := g.byFamily[last]
		if len(family) > crowd {
			continue
		}
		for _, j := range family {
			p := &g.people[j]
			if p.given != "" || n.heading && !first.is(given) || first.is(functionWord|calendar|demonym|strongCue) {
				continue
			}
			p.given, p.full, p.fullTo = strings.TrimSuffix(first.key, "."), n.from, n.from+n.parts
			p.forms = append([]string{n.words}, p.forms...)
			g.byForm[n.words] = j
			g.byGiven[p.given] = append(g.byGiven[p.given], j)
		}
	}
}

func (g *gatherer) known(n *nameRun) bool {
	if len(g.byFamily[n.words]) > 0 {
		return g.ofFamily(n, g.byFamily[n.words]) >= 0
	}
	return len(g.byGiven[n.words]) > 0
}

// mostHonorifics is how many stand before a name at most: "His Excellency Mr.".
const mostHonorifics = 4

// mention finds the person of one name, if it is one.
func (g *gatherer) mention(n *nameRun) {
	i := g.find(n)
	if i < 0 {
		return
	}
	m := mention{from: n.from, to: n.to, lead: n.from, person: i}
	for m.lead > 0 && n.from-m.lead < mostHonorifics && g.toks[m.lead-1].is(honorific) && g.toks[m.lead-1].para == g.toks[n.from].para && g.toks[m.lead-1].caps {
		m.lead--
	}
	p := &g.people[i]
	p.gender |= honorificGender(g.toks[m.lead:m.from])
	if !n.heading {
		p.count++
	}
	if n.parts > 1 {
		p.recent = len(g.mentions) + 1
	}
	g.mentions = append(g.mentions, m)
}

// find is the index of the person whom a name means, -1 for none.
func (g *gatherer) find(n *nameRun) int {
	if i, ok := g.byForm[g.formOf(n)]; ok {
		return i
	}
	if n.parts > 1 {
		if fam := g.byFamily[n.words]; len(fam) == 1 {
			return fam[0] // "van der Leyen"
		}
		if i, ok := g.byTail[n.words]; ok {
			return i
		}
		if !n.heading {
			return -1
		}
		return g.inHeading(n)
	}
	t := &g.toks[n.from]
	if n.weak && g.elsewhere(n) {
		return -1
	}
	if fam := g.byFamily[n.words]; len(fam) > 0 {
		return g.ofFamily(n, fam)
	}
	if is := g.byGiven[n.words]; len(is) == 1 && len(n.words) > 2 && !t.is(placeWord|calendar|functionWord) {
		return is[0]
	}
	return -1
}

// elsewhere reports whether a word that is also a place or a body stands where
// such a one would: behind "in" or "the", or before more of its name.
func (g *gatherer) elsewhere(n *nameRun) bool {
	if n.from == n.before && n.from > 0 && g.toks[n.from-1].para == g.toks[n.from].para {
		switch g.toks[n.from-1].key {
		case "in", "at", "near", "from", "the", "to", "around", "across", "outside", "of", "into":
			return true
		}
	}
	return n.from > n.before && !g.toks[n.from-1].is(titleWord|honorific)
}

// inHeading finds a person in a line where every word is capitalised: the
// first word is the name.
func (g *gatherer) inHeading(n *nameRun) int {
	for to := n.from + n.parts; to > n.from; to-- {
		w := joinKeys(g.toks[n.from:to])
		i, ok := g.byForm[w]
		if fam := g.byFamily[w]; !ok && len(fam) == 1 {
			i, ok = fam[0], true
		}
		if ok {
			n.to = to
			return i
		}
	}
	return -1
}

// ofFamily chooses between people of one family name: by the honorific, else
// the one whom the text names most.
func (g *gatherer) ofFamily(n *nameRun, fam []int) int {
	want := Gender(0)
	for j := n.from - 1; j >= max(0, n.from-mostHonorifics) && g.toks[j].is(honorific) && g.toks[j].caps; j-- {
		want |= honorificGender(g.toks[j : j+1])
	}
	best := -1
	if len(fam) > crowd {
		return best
	}
	for _, i := range fam {
		if want != 0 && g.genderOf(i) != 0 && g.genderOf(i) != want || g.people[i].kin && g.headsState(n) {
			continue
		}
		if best < 0 || g.people[i].recent > g.people[best].recent && g.people[i].count >= g.people[best].count {
			best = i
		}
	}
	return best
}

// headsState reports whether a bare name stands behind the office of a head of
// state.
func (g *gatherer) headsState(n *nameRun) bool {
	return n.from > 0 && g.toks[n.from-1].is(stateHead) && g.toks[n.from-1].caps
}

func (g *gatherer) genderOf(i int) Gender {
	if p := &g.people[i]; p.gender != 0 {
		return p.gender
	}
	return givenGender(g.people[i].given)
}
