// Package people finds the people whom a text names: it cuts names from runs of
// capitalised words (run), scores them as names of people by their spelling and
// their surroundings (evidence), joins the spellings of one person (people), and
// finds titles (titles) with the traits they show (traits).
package people

import (
	"cmp"
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/speech/names"
	"example.org/attache/corpus/text"
)

// Person is somebody whom a text names, while the text is being read; Export makes a
// speech.Person of it.
type Person struct {
	Forms  []string // folded spellings of two or more words; one bare word for those named no fuller
	Given  string   // folded
	Family string   // folded, with its particles
	middle string   // folded
	suffix string
	Gender speech.Gender
	Full   int // first token of the fullest spelling
	FullTo int
	Count  int             // mentions outside headings
	kin    bool            // named as somebody's relation: "his wife Ann Lee"
	recent int             // number of the last mention in full, from 1; for families
	Roles  map[string]bool // everyday nouns for the person, from the titles
	traits []string
}

// Mention is one place that names a person.
type Mention struct {
	From, To int // tokens of the name
	Lead     int // token of the honorific before it, or from
	Person   int
	Title    text.Span // before the name, or behind it
	also     text.Span // behind the name, where there is one before it too
}

// Find finds the people whom a text of so many paragraphs names, each place
// that names one, and what the text calls them. In a foreign language, one that is
// not English, capitals are no more than a hint. It gives up where over says so.
func Find(toks []token.Token, paragraphs int, foreign bool, over func() bool) ([]Person, []Mention) {
	plain := token.Uncapitalised(toks)
	ns := runs(toks, headings(toks, paragraphs, plain), plain)
	for i := range ns {
		ns[i].foreign = foreign
	}
	ps, mentions := gather(toks, ns, plain, over)
	limit.Check(over)
	giveTitles(toks, ps, mentions, foreign)
	return ps, mentions
}

// gather decides which names are people and gathers the spellings of each. It
// gives up where over says so.
func gather(toks []token.Token, ns []nameRun, plain map[string]bool, over func() bool) ([]Person, []Mention) {
	forms := judgeForms(toks, ns, plain)
	g := gatherer{toks: toks, byForm: map[string]int{}, byFamily: map[string][]int{}, byGiven: map[string][]int{}, byTail: map[string]int{}, crowds: map[string]*crowded{}}
	for parts := longestName; parts > 1; parts-- { // the longest first: "Wasserman Schultz" is the end of a longer name
		for i := range ns {
			limit.Check(over)
			if f := forms[ns[i].words]; f != nil && f.accepted && !ns[i].heading && ns[i].parts == parts {
				g.full(&ns[i])
			}
		}
	}
	g.bares(ns, plain)
	g.complete(ns)
	for i := range ns {
		limit.Check(over)
		g.mention(&ns[i])
	}
	return g.people, g.mentions
}

type gatherer struct {
	toks     []token.Token
	people   []Person
	mentions []Mention
	byForm   map[string]int
	byFamily map[string][]int
	byGiven  map[string][]int
	byTail   map[string]int      // the last words of full names
	crowds   map[string]*crowded // large families
}

// full adds a full name: a new person, or another spelling of one.
func (g *gatherer) full(n *nameRun) {
	p := Person{Forms: []string{n.words}, Full: n.from, FullTo: n.to, suffix: suffixOf(g.toks, n), kin: n.from > 0 && g.toks[n.from-1].Is(word.Kin)}
	if i, ok := g.byForm[g.formOf(n)]; ok {
		g.people[i].kin = g.people[i].kin || p.kin
		return
	}
	if i, ok := g.byTail[n.words]; ok && p.suffix == "" {
		g.byForm[n.words] = i
		return
	}
	p.Given, p.Family = names.Split(n.tokens(g.toks))
	p.middle = names.Middle(n.tokens(g.toks), p.Given, p.Family)
	for _, i := range g.agreeing(&p) {
		q := &g.people[i]
		if p.suffix != q.suffix && (p.Given == q.Given || p.suffix != "" && q.suffix != "") || !names.SameMiddle(p.middle, q.middle) {
			continue // the text distinguishes father and son
		}
		if names.SameGiven(p.Given, q.Given) || names.Misspelt(p.Given, q.Given) {
			q.Forms = append(q.Forms, n.words)
			q.middle = cmp.Or(q.middle, p.middle)
			g.byForm[g.formOf(n)] = i
			if n.to-n.from > q.FullTo-q.Full || len(q.Given) <= 2 {
				q.Full, q.FullTo, q.Given = n.from, n.to, p.Given
			}
			g.crowds[p.Family].file(i, q)
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
	g.byFamily[p.Family] = append(g.byFamily[p.Family], i)
	g.byGiven[p.Given] = append(g.byGiven[p.Given], i)
	if at := strings.LastIndexByte(p.Family, ' '); at >= 0 { // "van der Leyen" is also "Leyen"
		g.byFamily[p.Family[at+1:]] = append(g.byFamily[p.Family[at+1:]], i)
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
	by    map[names.Block][]int
}

// file makes a person of a large family findable under the present name.
func (c *crowded) file(i int, p *Person) {
	if c == nil {
		return
	}
	for _, block := range (names.Name{Given: p.Given, Middle: p.middle}).Blocks().Filed {
		c.by[block] = append(c.by[block], i)
	}
}

// agreeing returns those of the family of p, in order, whose name can be that of
// p: all of a small family, none of a multitude.
func (g *gatherer) agreeing(p *Person) (all []int) {
	family := g.byFamily[p.Family]
	switch {
	case len(family) <= smallFamily:
		return family
	case len(family) > multitude:
		return nil
	}
	c := g.crowds[p.Family]
	if c == nil {
		c = &crowded{by: map[names.Block][]int{}}
		g.crowds[p.Family] = c
	}
	for ; c.filed < len(family); c.filed++ {
		c.file(family[c.filed], &g.people[family[c.filed]])
	}
	asked := names.Name{Given: p.Given, Middle: p.middle}.Blocks()
	for _, block := range slices.Concat(asked.Sure, asked.Possible) {
		found := c.by[block]
		all = append(all, found[:min(len(found), crowd)]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// formOf identifies a spelling of a full name: its words and a suffix.
func (g *gatherer) formOf(n *nameRun) string {
	if s := suffixOf(g.toks, n); s != "" {
		return n.words + " " + s
	}
	return n.words
}

func suffixOf(toks []token.Token, n *nameRun) string {
	if n.to > n.from+n.parts {
		return strings.TrimSuffix(toks[n.to-1].Key, ".")
	}
	return ""
}

// bares adds people whom the text names by one word only, where an honorific
// or a title precedes it, or a known family name is the subject of a cue.
func (g *gatherer) bares(ns []nameRun, plain map[string]bool) {
	for i := range ns {
		n := &ns[i]
		t := &g.toks[n.from]
		if n.parts != 1 || n.heading || n.weak && (!g.honoured(n) || t.Is(word.Title|word.AnyRole)) || t.Is(word.Function|word.Calendar) || g.known(n) {
			continue
		}
		before := &token.None
		if n.from > 0 && g.toks[n.from-1].Paragraph == t.Paragraph {
			before = &g.toks[n.from-1]
		}
		titled := before.Is(word.Honorific) || before.Caps && before.Is(word.Title)
		says := n.to < len(g.toks) && g.toks[n.to].Is(word.StrongCue) && t.Is(word.Given|word.FamilyName) &&
			!(t.First && g.toks[n.to].Is(word.SpeechNoun)) // "Harsh comments"
		if plain[n.words] && !t.Is(word.Given|word.FamilyName) && !g.honoured(n) {
			continue // "Executive Orders"
		}
		if t.Upper && len(t.Key) > 1 || !titled && (!says || t.Is(word.Place|word.Body|word.Demonym|word.SpeakingBody)) {
			continue
		}
		p := Person{Forms: []string{n.words}, Family: n.words, Full: n.from, FullTo: n.to}
		if before.Is(word.Regnal) && before.Caps {
			p.Full-- // Pope Francis
		}
		g.byFamily[n.words] = append(g.byFamily[n.words], len(g.people))
		g.people = append(g.people, p)
	}
}

// honoured reports whether Mr. or Mrs. precedes a name.
func (g *gatherer) honoured(n *nameRun) bool {
	return n.from > 0 && g.toks[n.from-1].Class&(word.HonorificMale|word.HonorificFemale) != 0 && g.toks[n.from-1].Caps
}

// complete gives people whom the text seemed to name by one word only a full
// name: one that was refused by itself, or that is in a heading.
func (g *gatherer) complete(ns []nameRun) {
	for i := range ns {
		n := &ns[i]
		if n.parts != 2 && n.parts != 3 || !g.toks[n.from].Caps || g.toks[n.from].Is(word.Title|word.Honorific) {
			continue
		}
		if _, ok := g.byForm[n.words]; ok {
			continue // somebody else's
		}
		last := g.toks[n.from+n.parts-1].Key
		first := &g.toks[n.from]
		family := g.byFamily[last]
		if len(family) > crowd {
			continue
		}
		for _, j := range family {
			p := &g.people[j]
			if p.Given != "" || n.heading && !first.Is(word.Given) || first.Is(word.Function|word.Calendar|word.Demonym|word.StrongCue) {
				continue
			}
			p.Given, p.Full, p.FullTo = strings.TrimSuffix(first.Key, "."), n.from, n.from+n.parts
			p.Forms = append([]string{n.words}, p.Forms...)
			g.byForm[n.words] = j
			g.byGiven[p.Given] = append(g.byGiven[p.Given], j)
		}
	}
}

func (g *gatherer) known(n *nameRun) bool {
	if len(g.byFamily[n.words]) > 0 {
		return g.ofFamily(n, g.byFamily[n.words]) >= 0
	}
	return len(g.byGiven[n.words]) > 0
}

// mostHonorifics is how many precede a name at most: "His Excellency Mr.".
const mostHonorifics = 4

// mention finds the person of one name, if it is one.
func (g *gatherer) mention(n *nameRun) {
	i := g.find(n)
	if i < 0 {
		return
	}
	m := Mention{From: n.from, To: n.to, Lead: n.from, Person: i}
	for m.Lead > 0 && n.from-m.Lead < mostHonorifics && g.toks[m.Lead-1].Is(word.Honorific) && g.toks[m.Lead-1].Paragraph == g.toks[n.from].Paragraph && g.toks[m.Lead-1].Caps {
		m.Lead--
	}
	p := &g.people[i]
	p.Gender |= token.HonorificGender(g.toks[m.Lead:m.From])
	if !n.heading {
		p.Count++
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
	if is := g.byGiven[n.words]; len(is) == 1 && len(n.words) > 2 && !t.Is(word.Place|word.Calendar|word.Function) {
		return is[0]
	}
	return -1
}

// elsewhere reports whether a word that is also a place or a body is used as one: behind "in" or "the", or before more of its name.
func (g *gatherer) elsewhere(n *nameRun) bool {
	if n.from == n.before && n.from > 0 && g.toks[n.from-1].Paragraph == g.toks[n.from].Paragraph {
		switch g.toks[n.from-1].Key {
		case "in", "at", "near", "from", "the", "to", "around", "across", "outside", "of", "into":
			return true
		}
	}
	return n.from > n.before && !g.toks[n.from-1].Is(word.Title|word.Honorific)
}

// inHeading finds a person in a line where every word is capitalised: the
// first word is the name.
func (g *gatherer) inHeading(n *nameRun) int {
	for to := n.from + n.parts; to > n.from; to-- {
		w := token.JoinKeys(g.toks[n.from:to])
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
	want := speech.Gender(0)
	for j := n.from - 1; j >= max(0, n.from-mostHonorifics) && g.toks[j].Is(word.Honorific) && g.toks[j].Caps; j-- {
		want |= token.HonorificGender(g.toks[j : j+1])
	}
	best := -1
	if len(fam) > crowd {
		return best
	}
	for _, i := range fam {
		if want != 0 && g.genderOf(i) != 0 && g.genderOf(i) != want || g.people[i].kin && g.headsState(n) {
			continue
		}
		if best < 0 || g.people[i].recent > g.people[best].recent && g.people[i].Count >= g.people[best].Count {
			best = i
		}
	}
	return best
}

// headsState reports whether a bare name follows the office of a head of state.
func (g *gatherer) headsState(n *nameRun) bool {
	return n.from > 0 && g.toks[n.from-1].Is(word.StateHead) && g.toks[n.from-1].Caps
}

func (g *gatherer) genderOf(i int) speech.Gender {
	if p := &g.people[i]; p.Gender != 0 {
		return p.Gender
	}
	return word.GivenGender(g.people[i].Given)
}
