package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/format"
)

// How sure a label is by itself.
const (
	weak = iota
	medium
	strong
)

func (l *label) strength() int {
	has := func(s shape) bool { return l.shape&s != 0 }
	named := len(l.name) > 0
	switch {
	case l.ending == line:
		return weak
	case l.ending == stop:
		if has(capitals) || has(bare) {
			return strong
		}
		return medium
	case has(asks) && l.name == nil && (l.ending == space || l.ending == colon || l.ending == dash):
		return strong
	case named && has(honoured|capitals|bracketed|timed), named && initialledName.MatchString(l.name[0]), named && has(titled) && !has(single|bare), has(bold) && named && has(full|bracketed|titled|honoured|described):
		return strong
	case has(full|described|bare|answers|anonymous|titled|bold) && !has(single), has(bold), has(titled) && named && strings.ContainsFunc(l.name[0], isCaseless):
		return medium
	}
	return weak
}

// layout is what the labels of a document show together, by which each of them is
// judged.
type layout struct {
	*reader
	found   []label
	times   map[string]int  // how often each key comes
	silent  map[string]bool // keys under which something is said that is no question
	heading map[string]bool // family names: whether the heading has them
	ways    map[ending]int  // how many different speakers are surely set off in a way
	sure    int             // different speakers with their ways, of strong labels
	again   int             // labels of at least medium strength whose key comes again
	lines   int             // labels on lines of their own
	asked   bool            // somebody asks questions
	// full names in capitals are on lines of their own, again and again, and the heading has one
	capitalNames bool
	inHead       bool            // the heading names one who has a label
	talk         bool            // labels within blocks are borne out
	byLine       bool            // labels on lines of their own are
	keys         map[string]bool // keys of the labels that are believed
	names        map[string]bool // their names
	family       map[string]bool // family names of those that are full names
	asking       *questions      // who asks questions; nil until it is needed
}

// believed are the labels that the document as a whole bears out; none where it
// is no talk.
func (r *reader) believed(found []label) []label {
	r.readHead(firstSure(found).block)
	y := &layout{reader: r, found: found}
	y.count()
	if !y.decide() {
		return nil
	}
	y.believe()
	var kept []label
	for _, l := range found {
		if y.keep(&l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// firstSure is the first label that doesn't stand on a line of its own, as headings
// do; the first one where all stand so.
func firstSure(found []label) *label {
	for i := range found {
		if l := &found[i]; l.ending != line && l.strength() >= medium {
			return l
		}
	}
	return &found[0]
}

// count gathers the evidence.
func (y *layout) count() {
	y.times, y.silent, y.heading, y.ways = map[string]int{}, map[string]bool{}, map[string]bool{}, map[ending]int{}
	y.asked = y.asksByHeading()
	for i := range y.found {
		l := &y.found[i]
		y.times[l.key]++
		y.silent[l.key] = y.silent[l.key] || !strings.ContainsAny(y.said(l), "?？؟")
	}
	y.capitalNames = slices.ContainsFunc(y.found, func(l label) bool {
		return l.ending == line && l.shape&capitals != 0 && l.isFullName() && y.times[l.key] > 1 && y.headNamesPerson(plain(l.name[len(l.name)-1])) && y.speaksBelow(&l)
	})
	for i := range y.found {
		if y.isLine(&y.found[i]) {
			y.lines++
		}
	}
	type way struct {
		key    string
		ending ending
	}
	sure, twice, named := map[way]bool{}, map[string]bool{}, map[string]bool{}
	for i := range y.found {
		l := &y.found[i]
		strength := l.strength()
		if w := (way{l.key, l.ending}); strength == strong && !sure[w] && !y.isEntry(l) {
			sure[w] = true
			y.ways[l.ending]++
			y.asked = y.asked || l.shape&asks != 0
		}
		if l.ending == line || strength < medium {
			continue
		}
		y.inHead = y.inHead || y.headHas(l)
		if l.ending == stop && l.shape&honoured != 0 && l.shape&full != 0 {
			named[l.key] = true
		}
		if y.times[l.key] < 2 {
			continue
		}
		y.again++
		if l.ending == stop && l.shape&(honoured|titled) != 0 && len(l.name) > 0 && !twice[l.key] {
			twice[l.key] = true
			y.ways[stop]++ // "Chairman Hale. The committee …", again and again
		}
	}
	const several = 3 // different people before a stop: "M. Yves Arnot. Le port"
	if len(named) >= several {
		y.ways[stop] = max(y.ways[stop], 2)
	}
	y.sure = len(sure)
	y.asked = y.asked || slices.ContainsFunc(y.found, func(l label) bool { return l.ending == colon && y.tablesQuestion(&l) })
}

// tablesQuestion reports whether the text under a label is a written question:
// "To ask the Secretary of State …".
func (y *layout) tablesQuestion(l *label) bool {
	said := strings.ToLower(strings.TrimSpace(y.said(l)))
	return slices.ContainsFunc(words().list[askedOf], func(p string) bool { return strings.Contains(p, " ask ") && strings.HasPrefix(said, p+" ") })
}

// isEntry reports whether a label of questions is an entry of a list: "Questions:
// all".
func (y *layout) isEntry(l *label) bool {
	said := strings.TrimSpace(y.said(l))
	return l.shape&asks != 0 && l.ending == colon && len(l.name) == 0 && len(l.text) > len("Q") && said != "" && !isSentence(said)
}

// decide reports whether the document is a talk, and how its labels are set off.
func (y *layout) decide() bool {
	if y.isListing() {
		return false
	}
	y.byLine = (y.lines >= 3 || y.lines == 2 && y.asked) && y.lines*12 >= len(y.d.Blocks)
	switch {
	case y.sure >= 2 || y.ways[stop] >= 2:
		y.talk = true
	case y.sure == 1:
		y.talk = y.again >= 2 || y.inHead || y.asked && y.asksByHeading()
	default:
		y.talk = y.again >= 2 && y.inHead || y.again >= 4 && y.asked
	}
	return y.talk || y.byLine
}

// isListing reports whether the labels are the terms of a glossary or the items of an
// agenda: capitals before a colon, none of which comes again, is in the heading, or
// has anything of a person's.
func (y *layout) isListing() bool {
	const most = 2000 // labels
	if len(y.found) > most {
		return false
	}
	head := strings.ToLower(y.d.Title + "\n" + strings.Join(y.head, "\n"))
	for i := range y.found {
		l := &y.found[i]
		switch {
		case l.ending == line && l.strength() < medium && !y.isLine(l):
		case l.ending != colon || l.shape&capitals == 0 && l.shape&bare == 0 || y.times[l.key] > 1 || l.shape&(honoured|bracketed|described|timed|asks|answers|anonymous) != 0,
			l.shape&titled != 0 && len(l.name) > 0, l.shape&full != 0 && strings.Contains(head, keyOf(l.name)):
			return false
		}
	}
	return true
}

// believe notes whose labels have a second witness.
func (y *layout) believe() {
	y.keys, y.names, y.family = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range y.found {
		l := &y.found[i]
		if l.ending == line && !(y.byLine && y.isLine(l)) || l.ending != line && !(y.talk && y.isWitnessed(l)) || y.keys[l.key] {
			continue
		}
		y.accept(l)
	}
	if !y.byLine {
		return
	}
	for i := range y.found {
		// A full name on a line of its own, repeatedly, among others like it.
		if l := &y.found[i]; l.ending == line && y.times[l.key] > 1 && l.isFullName() && !y.keys[l.key] && y.speaksBelow(l) {
			y.accept(l)
		}
	}
}

// accept notes that a label is believed.
func (y *layout) accept(l *label) {
	y.keys[l.key] = true
	name, _, _ := strings.Cut(l.key, "/")
	y.names[name] = true
	if at := strings.LastIndexByte(name, ' '); at >= 0 {
		y.family[name[at+1:]] = true
	}
}

// isFullName reports whether a label is a given and a family name, and neither an
// office nor a body.
func (l *label) isFullName() bool {
	return l.shape&full != 0 && l.shape&asks == 0 && !isBodyName(l.name) && isFullName(l.name)
}

// isWitnessed reports whether something beside its looks speaks for a label.
func (y *layout) isWitnessed(l *label) bool {
	switch strength := l.strength(); {
	case strength == strong:
		return true
	case strength < medium:
		if l.ending == colon && len(l.name) == 1 && y.asked && y.headNamesPerson(plain(l.name[0])) {
			return true
		}
		return l.ending == colon && l.shape&titled != 0 && len(l.name) == 1 && (y.headHas(l) || y.introduced(plain(l.name[0])) != nil)
	}
	if strings.ContainsFunc(l.key, isCaseless) {
		return y.times[l.key] > 1 || l.shape&(full|titled) != 0 && y.headHas(l)
	}
	if l.shape&described != 0 && l.tailIsOffice() && (y.ways[l.ending] > 1 || l.ending == dash) {
		return true
	}
	return y.times[l.key] > 1 || y.headHas(l) || l.shape&(bare|anonymous|answers|titled) != 0 || l.ending == dash && y.ways[dash] > 1 ||
		l.ending == stop && y.ways[stop] > 1 && l.shape&(honoured|titled|bracketed) != 0 || l.ending == stop && y.ways[stop] > 0 && l.shape&honoured != 0 && l.shape&full != 0
}

// keep reports whether a label is believed, and makes one of whoever only asks
// that of a reporter.
func (y *layout) keep(l *label) bool {
	switch {
	case l.ending == line:
		if !y.byLine || !y.keys[l.key] && !y.isNamed(l) && l.shape&(anonymous|asks) == 0 || !y.speaksBelow(l) {
			return false
		}
	case y.keys[l.key]:
	case y.asked && y.asksHere(l):
		l.shape |= asks
		l.key = "q"
	case !y.isNamed(l) && (y.times[l.key] < 2 || l.strength() == weak && !y.talk):
		return false
	}
	if y.isOutlet(l) {
		l.shape |= asks
		l.key = "q"
	}
	if y.asked && l.shape&(asks|honoured|titled|bold) == 0 && (l.shape&bracketed == 0 || y.asksByHeading()) && (l.shape&capitals == 0 || len(l.name) == 1 && y.asksByHeading()) && len(l.name) > 0 && !y.headHas(l) && !y.silent[l.key] && y.initialled(l.name[0]) == nil {
		l.shape |= asks
		l.key = "q"
	}
	return true
}

// isOutlet reports whether a label in capitals stands for the paper that holds an
// interview, "SPIEGEL:": it is one word that the document has as nobody's name,
// it begins the talk with a question and asks mostly, and those whom the heading
// names answer.
func (y *layout) isOutlet(l *label) bool {
	if l.shape&capitals == 0 || l.shape&(honoured|titled|bracketed|described|asks) != 0 || len(l.name) != 1 || y.headNamesPerson(plain(l.name[0])) || y.family[plain(l.name[0])] || y.initialled(l.name[0]) != nil {
		return false
	}
	return y.asksMostly(l.key)
}

// headNamesPerson reports whether a full name in the heading ends with a family
// name, in lower case.
func (r *reader) headNamesPerson(last string) bool {
	if r.families == nil {
		r.families = map[string]bool{}
		for _, h := range append([]string{r.d.Title}, r.head...) {
			for _, name := range namesIn(h) {
				if len(name) > 1 {
					r.families[plain(name[len(name)-1])] = true
				}
			}
		}
	}
	return r.families[last]
}

// headHas reports whether the heading has the family name of a label.
func (y *layout) headHas(l *label) bool {
	if len(l.name) == 0 {
		return false
	}
	last := plain(l.name[len(l.name)-1])
	has, known := y.heading[last]
	if !known {
		has = y.headNames(last)
		y.heading[last] = has
	}
	return has
}

// isNamed reports whether a label has the name, or the family name, of one that
// is believed.
func (y *layout) isNamed(l *label) bool {
	if len(l.name) == 0 {
		return false
	}
	return y.names[keyOf(l.name)] || len(l.name) == 1 && y.family[plain(l.name[0])] ||
		l.ending == colon && l.isFullName() && y.names[plain(l.name[len(l.name)-1])]
}

// isRoster reports whether a label is an entry of a list rather than what
// somebody says: "President: Mr. Duval (Arenne)".
func (r *reader) isRoster(l *label) bool {
	if l.ending != colon || l.shape&(bare|anonymous) == 0 {
		return false
	}
	rest := strings.TrimSpace(dotLeaders.ReplaceAllString(r.said(l), " "))
	last, _ := utf8.DecodeLastRuneInString(rest)
	if rest == "" || len(strings.Fields(rest)) > 8 || strings.ContainsRune(".?!…”", last) {
		return false
	}
	name, _ := holderIn(rest)
	return len(peopleIn(rest)) > 0 || len(name) > 1 && isFullName(name)
}

// dotLeaders lead the eye from an entry of a list to what belongs to it.
var dotLeaders = regexp.MustCompile(`(?:\s?\.){3,}`)

// isLine reports whether a label that is a line of its own looks like a name with
// what tells it from a heading: brackets, an honorific, an office.
func (y *layout) isLine(l *label) bool {
	r := y.reader
	if l.ending != line || len(l.name) == 0 && l.shape&bare == 0 {
		return false
	}
	if n := len(l.name); n == 2 && l.shape&capitals != 0 && isInitials(l.name[1]) {
		return r.speaksBelow(l) // "ЛЕВЧУК М.П."
	}
	if l.shape&capitals != 0 && l.shape&(honoured|bracketed|timed) == 0 {
		mixed := l.isFullName() && !isUpper(l.name[0]) // "Étienne ARNOT"
		if !mixed {
			return l.isFullName() && y.times[l.key] > 1 && y.capitalNames && r.speaksBelow(l)
		}
		return (y.times[l.key] > 1 || y.headHas(l)) && r.speaksBelow(l)
	}
	if l.shape&described != 0 && l.tailIsOffice() && l.isFullName() {
		return r.speaksBelow(l) && saysI(y.d.Blocks[l.block+1].Text)
	}
	if l.shape&(bracketed|honoured|titled|timed) == 0 && !(y.isSetOffName(l) && (y.times[l.key] > 1 || y.headHas(l))) {
		return false
	}
	return r.speaksBelow(l)
}

// isSetOffName reports whether a label is a full name in bold, or a heading.
func (y *layout) isSetOffName(l *label) bool {
	return l.isFullName() && (l.shape&bold != 0 || y.d.Blocks[l.block].Kind == format.Heading)
}

// speaksBelow reports whether the block below a line is running text.
func (r *reader) speaksBelow(l *label) bool {
	if l.block+1 >= len(r.d.Blocks) {
		return false
	}
	b := r.d.Blocks[l.block+1]
	if l.block+2 < len(r.d.Blocks) && onlyClock.MatchString(b.Text) {
		b = r.d.Blocks[l.block+2]
	}
	if l.block+2 < len(r.d.Blocks) && r.buttons[b.Text] {
		b = r.d.Blocks[l.block+2]
	}
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	const long = 60 // bytes of a paragraph that ends with a number: "… in Brod? OQ61"
	return b.Kind != format.Title && (last == ',' && saysI(b.Text) || strings.ContainsRune(".?!…”\"’)]»:;—–。？！", last) || len(b.Text) > long && strings.Contains(b.Text, "? "))
}

// said is the text of a label's block behind the label.
func (r *reader) said(l *label) string { return r.d.Blocks[l.block].Text[l.length:] }
