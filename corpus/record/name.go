package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus/format"
)

// person is somebody whom a heading names.
type person struct {
	office string
	name   []string
}

// peopleIn are the people whom a line of a heading names: behind an office, an
// honorific or "by", or before a comma and an office.
func peopleIn(line string) (all []person) {
	ws := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(line))
	for i := 0; i < len(ws); {
		from := i
		var offices []string
		anchored := false
		for i < len(ws) {
			c := classOf(ws[i])
			isOffice := c&office != 0 && isCapital(ws[i])
			if !isOffice && (c&honorific == 0 || !isCapital(ws[i])) {
				break
			}
			if isOffice {
				offices = append(offices, strings.Trim(ws[i], ",.:"))
			}
			anchored = true
			if i++; strings.HasSuffix(ws[i-1], ",") && (i == len(ws) || classOf(ws[i])&honorific == 0) {
				break
			}
		}
		if anchored && len(offices) > 0 && i < len(ws) {
			i = officeOfPlace(ws, i)
		}
		if !anchored && i < len(ws) && classOf(ws[i])&byWord != 0 && plain(ws[i]) != "of" && i+1 < len(ws) && classOf(ws[i+1])&(office|honorific) == 0 {
			i++
			anchored = true
		}
		name, n := nameAt(ws[i:])
		if !anchored && len(name) > 1 && n > 0 && len(officeAfter(ws[i+n-1:])) > 0 {
			anchored = true // "and Paulette Jeong, Spokesperson for …"
		}
		switch {
		case anchored && len(name) > 0 && !isBodyName(name) && (len(name) > 1 || len(offices) > 0 || i > from && classOf(ws[i-1])&honorific != 0):
			i += n
			if len(offices) == 0 {
				offices = officeAfter(ws[i-1:])
			}
			all = append(all, person{strings.Join(offices, " "), name})
		case i == from:
			i++
		}
	}
	if name, rest, ok := strings.Cut(line, ","); ok && len(all) == 0 {
		ws := strings.Fields(name)
		if got, n := nameAt(ws); n == len(ws) && len(got) > 1 && !isBodyName(got) && strings.ContainsFunc(rest, unicode.IsLetter) {
			for w := range strings.FieldsSeq(rest) {
				if classOf(w)&office != 0 {
					return append(all, person{strings.TrimSpace(rest), got})
				}
			}
		}
	}
	return all
}

// officeAfter is the office behind a name and a comma: "THE HONOURABLE CHRIS TANG,
// SECRETARY FOR SECURITY".
func officeAfter(ws []string) []string {
	if !strings.HasSuffix(ws[0], ",") {
		return nil
	}
	found := false
	for i, w := range ws[1:] {
		found = found || classOf(w)&office != 0 && isCapital(w)
		if !found && i > 3 {
			break
		}
		if strings.ContainsAny(w[len(w)-1:], ",;.)") || i == len(ws)-2 {
			if found {
				return ws[1 : i+2]
			}
			break
		}
	}
	return nil
}

// officeOfPlace is where the name begins behind an office that "of" goes on with:
// of the capitalised words behind it the last two are the name, if there are
// more ("Deputy Minister of Transport Rui Tavenas").
func officeOfPlace(ws []string, i int) int {
	if p := plain(ws[i]); p != "of" && p != "for" && p != "des" && p != "der" && p != "de" && p != "du" {
		return i
	}
	j := i + 1
	for j < len(ws) && plain(ws[j]) == "the" {
		j++
	}
	from := j
	for j < len(ws) && isCapital(ws[j]) && classOf(ws[j])&between == 0 {
		if j++; strings.ContainsAny(ws[j-1][len(ws[j-1])-1:], ",;:") {
			break
		}
	}
	if j-from < 3 {
		return i
	}
	at := j - 2
	if isInitials(ws[at]) && at-1 > from {
		at--
	}
	return at
}

// nameAt is the name that words begin with, and how many of them it takes.
func nameAt(ws []string) (name []string, n int) {
	for n < len(ws) && len(name) < 4 {
		w := ws[n]
		trimmed := strings.TrimRight(w, ",.:;")
		bare := strings.TrimSuffix(strings.TrimSuffix(trimmed, "’s"), "'s")
		if isInitials(w) {
			bare, trimmed = w, w
		}
		c := classOf(bare)
		inside := c&particle != 0 && !isCapital(bare) && n+1 < len(ws) && isCapital(ws[n+1]) && (len(name) > 0 || plain(bare) != "of") && plain(bare) != "of" && plain(bare) != "for" && plain(bare) != "the" && plain(bare) != "to" && plain(bare) != "and"
		if !inside && (!isCapital(bare) || c&(between|office|honorific) != 0 || strings.ContainsFunc(bare, unicode.IsDigit)) {
			break
		}
		name = append(name, bare)
		n++
		if bare != w {
			break
		}
	}
	return name, n
}

// isBodyName reports whether words name a body rather than a person.
func isBodyName(name []string) bool {
	return slices.ContainsFunc(name, func(w string) bool { return classOf(w)&(bodyWord|outlet|speechNoun|never|asker) != 0 }) ||
		!slices.ContainsFunc(name, func(w string) bool { return classOf(w)&particle == 0 })
}

// headNames reports whether the heading has the name of a label.
func (r *reader) headNames(l *label) bool {
	if len(l.name) == 0 {
		return false
	}
	last := plain(l.name[len(l.name)-1])
	for _, h := range append([]string{r.d.Title}, r.head...) {
		for w := range strings.FieldsSeq(h) {
			w = plain(w)
			if strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s") == last {
				return true
			}
		}
		if strings.ContainsFunc(last, ideograph) && strings.Contains(h, last) {
			return true
		}
	}
	return false
}

// voiceOf finds out who a label names: by the label itself, the heading, the
// other labels and the text.
func (r *reader) voiceOf(l *label) format.Voice {
	v := format.Voice{Office: l.office}
	g := gender(l.honorific + " " + l.office)
	v.Female, v.Male = g == "f", g == "m"
	switch {
	case l.shape&(asks|anonymous) != 0:
		v.Office = l.key
		return v
	case l.shape&answers != 0:
		if len(r.known) == 1 {
			v.Name, v.Office = strings.Join(r.spelled(r.known[0].name), " "), r.known[0].office
		} else {
			v.Office = l.key
		}
		return v
	}
	name := l.name
	if len(name) == 0 {
		p, ok := r.holder(l)
		if !ok {
			return v
		}
		name = p.name
	}
	if len(name) == 1 || isUpper(name[len(name)-1]) && len(name) < 2 {
		name = r.fullName(l, name)
	}
	v.Name = strings.Join(r.spelled(name), " ")
	if p := l.parties(); r.un && len(p) == 1 {
		v.For = strings.TrimPrefix(p[0], "the ")
	}
	if v.Office == "" {
		v.Office = l.officeBehind()
	}
	return v
}

// officeBehind is the office behind the comma of a label: "Luc Pernin, Member of
// the Commission".
func (l *label) officeBehind() string {
	for w := range strings.FieldsSeq(l.tail) {
		if classOf(w)&office != 0 {
			return l.tail
		}
	}
	return ""
}

// holder is whom the document names for an office that stands as a label by
// itself. A chair is nobody unless the heading or another label names one.
func (r *reader) holder(l *label) (person, bool) {
	var found []person
	add := func(p person) {
		same := func(o person) bool {
			return keyOf(o.name) == keyOf(p.name) || plain(o.name[len(o.name)-1]) == plain(p.name[len(p.name)-1])
		}
		if at := slices.IndexFunc(found, same); at >= 0 {
			if len(p.name) > len(found[at].name) {
				found[at] = p
			}
			return
		}
		found = append(found, p)
	}
	if r.chairs(l) {
		return r.presiding(l.office)
	}
	for _, p := range r.known {
		if sameOffice(l.office, p.office) {
			add(p)
		}
	}
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && sameOffice(l.office, o.office) {
			add(person{o.office, o.name})
		}
	}
	if len(found) == 0 {
		if p, ok := r.besideOffice(l.office); ok {
			add(p)
		}
	}
	if len(found) == 0 && len(r.known) == 1 && r.known[0].office == "" && plain(l.office) != "speaker" {
		found = r.known
	}
	if len(found) != 1 {
		return person{}, false
	}
	return found[0], true
}

// besideOffice is the one person whom a line of the heading that has an office
// names, or the line beside it: "the Chief Executive, Ms Kwok Man-yee".
func (r *reader) besideOffice(office string) (person, bool) {
	wanted := strings.Fields(strings.ToLower(office))
	lines := append([]string{r.d.Title}, r.head...)
	for i, h := range lines {
		low := strings.Fields(strings.ToLower(h))
		for k := range low {
			low[k] = plain(low[k])
		}
		if slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(low, plain(w)) }) {
			continue
		}
		for _, line := range []string{h, at(lines, i-1), at(lines, i+1)} {
			if all := namesIn(line); len(all) == 1 {
				return person{office, all[0]}, true
			}
		}
	}
	return person{}, false
}

// presiding is whom a line of the heading names as the chair: "Présidence de Mme
// …".
func (r *reader) presiding(office string) (person, bool) {
	for _, h := range r.head {
		first, _, _ := strings.Cut(strings.ToLower(h), " ")
		if all := namesIn(h); words().is(first, presiding) && len(all) == 1 {
			return person{office, all[0]}, true
		}
	}
	return person{}, false
}

func at(lines []string, i int) string {
	if i < 0 || i >= len(lines) || len(lines[i]) > 120 {
		return ""
	}
	return lines[i]
}

// namesIn are the runs of two to four capitalised words of a line that can be
// names, each behind an honorific or by itself.
func namesIn(line string) (all [][]string) {
	ws := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", "ª", "").Replace(line))
	for i := 0; i < len(ws); {
		if classOf(ws[i])&(honorific|office|particle|between) != 0 {
			i++
			continue
		}
		name, n := nameAt(ws[i:])
		if len(name) > 1 && !isBodyName(name) || len(name) == 1 && i > 0 && classOf(ws[i-1])&honorific != 0 {
			all = append(all, name)
		}
		i += max(n, 1)
	}
	return all
}

// chairs reports whether an office chairs a debate: it isn't that of the heading,
// and others have names with brackets or a bold face.
func (r *reader) chairs(l *label) bool {
	last := plain(l.office[strings.LastIndexByte(l.office, ' ')+1:])
	first, _, _ := strings.Cut(l.office, " ")
	if !words().is(last, chair) && !words().is(plain(first), chair) {
		return false
	}
	if r.un {
		return true
	}
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && o.shape&(bracketed|bold) != 0 {
			return true
		}
	}
	return false
}

// sameSex writes the offices that tell the sex alike.
var sameSex = strings.NewReplacer("spokesman", "spokesperson", "spokeswoman", "spokesperson", "chairman", "chair", "chairwoman", "chair", "chairperson", "chair", ",", "")

// sameOffice reports whether two offices can be one: all words of the shorter
// are among those of the longer, and it is no other office that ends alike
// ("Minister", "Prime Minister").
func sameOffice(a, b string) bool {
	x, y := strings.Fields(sameSex.Replace(strings.ToLower(a))), strings.Fields(sameSex.Replace(strings.ToLower(b)))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	for _, w := range []string{"vice", "deputy", "former", "assistant", "under", "prime"} {
		if slices.Contains(x, w) != slices.Contains(y, w) {
			return false
		}
	}
	return true
}

// fullName fills a family name up: from the heading, the other labels, then the
// text. Where two people fit, or none, it stays.
func (r *reader) fullName(l *label, name []string) []string {
	last := plain(name[len(name)-1])
	g := gender(l.honorific + " " + l.office)
	best := func(all []person) []string {
		var one []string
		for _, p := range all {
			if len(p.name) < 2 || plain(p.name[len(p.name)-1]) != last && (len(p.name) > 3 || plain(p.name[0]) != last) {
				continue
			}
			if one != nil && keyOf(one) != keyOf(p.name) {
				return nil
			}
			one = p.name
		}
		return one
	}
	if one := best(r.known); one != nil {
		return one
	}
	var others []person
	for i := range r.labels {
		o := &r.labels[i]
		if h := gender(o.honorific + " " + o.office); g != "" && h != "" && g != h {
			continue
		}
		if a, b := l.parties(), o.parties(); len(a) > 0 && len(b) > 0 && a[0] != b[0] {
			continue
		}
		others = append(others, person{o.office, o.name})
	}
	if one := best(others); one != nil {
		return one
	}
	if r.ambiguous(l, last) {
		return name
	}
	if strings.ContainsFunc(last, ideograph) {
		return r.wholeName(name)
	}
	if one := r.introduced(last); one != nil {
		return one
	}
	return name
}

// wholeName looks in the text for a family name of East Asia with the given name
// behind it, and then an office or an honorific: "三枝美咲君".
func (r *reader) wholeName(name []string) []string {
	found := ""
	for _, m := range regexp.MustCompile(regexp.QuoteMeta(name[0])+`[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{1,6}`).FindAllString(r.all(), -1) {
		for _, e := range words().list[behind] {
			given := strings.TrimSuffix(m, e)
			rest := strings.TrimPrefix(given, name[0])
			if n := utf8.RuneCountInString(rest); given == m || n < 1 || n > 3 || slices.ContainsFunc(words().list[behind], func(o string) bool { return strings.Contains(rest, o) || strings.HasPrefix(o, rest) }) {
				continue
			}
			if found != "" && found != given {
				return name
			}
			found = given
			break
		}
	}
	if found == "" {
		return name
	}
	return []string{found}
}

// ambiguous reports whether labels of the family name are of two people.
func (r *reader) ambiguous(l *label, last string) bool {
	who := l.honorific + "/" + strings.Join(l.parties(), "/")
	for i := range r.labels {
		o := &r.labels[i]
		if len(o.name) > 0 && plain(o.name[len(o.name)-1]) == last && len(o.parties()) > 0 && o.honorific+"/"+strings.Join(o.parties(), "/") != who {
			return true
		}
	}
	return false
}

// all is the title and the text of the document.
func (r *reader) all() string {
	if r.text == "" {
		var b strings.Builder
		b.WriteString(r.d.Title + "\n")
		for _, block := range r.d.Blocks {
			b.WriteString(block.Text)
			b.WriteByte('\n')
		}
		r.text = b.String()
	}
	return r.text
}

// introduced looks in the text for a given name before a family name: "our
// envoy, Tomas Rehberg".
func (r *reader) introduced(last string) []string {
	r.all()
	var found []string
	for at := 0; ; {
		i := indexFold(r.text[at:], last)
		if i < 0 {
			return found
		}
		i += at
		at = i + len(last)
		before, _ := utf8.DecodeLastRuneInString(r.text[:i])
		after, _ := utf8.DecodeRuneInString(r.text[at:])
		if before != ' ' || unicode.IsLetter(after) || !unicode.IsUpper(firstRune(r.text[i:])) {
			continue
		}
		given := givenBefore(r.text[max(0, i-60):i])
		if len(given) == 0 || isCapitals(r.text[i:at]) != isCapitals(given[0]) && len(given[0]) > 1 {
			continue
		}
		one := append(given, r.text[i:at])
		if found != nil && keyOf(found) != keyOf(one) {
			return nil
		}
		found = one
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// givenBefore are the one or two given names that a text ends with.
func givenBefore(s string) (given []string) {
	if at := strings.LastIndexByte(s, '\n'); at >= 0 {
		s = s[at+1:]
	}
	ws := strings.Fields(s)
	for i := len(ws) - 1; i >= 0 && len(given) < 2; i-- {
		w := ws[i]
		if !isCapital(w) || classOf(w)&(honorific|office|between|never|byWord|bodyWord) != 0 || !isInitials(w) && strings.ContainsAny(w, ".,;:!?()[]“”\"'’") || len(w) < 2 {
			break
		}
		if i == 0 || strings.ContainsAny(ws[i-1][len(ws[i-1])-1:], ".?!") && !isInitials(ws[i-1]) && len(given) > 0 {
			if len(given) > 0 {
				break
			}
		}
		given = append([]string{w}, given...)
	}
	for len(given) > 0 && isInitials(given[0]) {
		given = given[1:]
	}
	return given
}

// indexFold is strings.Index for a lower-case word, whatever the text's case.
func indexFold(s, lower string) int {
	n := len(lower)
	for i := 0; i+n <= len(s); i++ {
		if strings.EqualFold(s[i:i+n], lower) {
			return i
		}
	}
	return -1
}

// spelled writes a name that stands in capitals as names are written: as the text
// spells it, else with a capital at the beginning of each part.
func (r *reader) spelled(name []string) []string {
	out := make([]string, len(name))
	if as := r.printed(strings.Join(name, " ")); as != "" {
		return strings.Fields(as)
	}
	for i, w := range name {
		if c := classOf(w); i > 0 && i < len(name)-1 && c&particle != 0 && isUpper(w) {
			out[i] = strings.ToLower(w)
			continue
		}
		if out[i] = w; isUpper(w) || i < len(name)-1 && isCapitals(w) && len(w) > 2 {
			out[i] = cased(w)
		}
	}
	return out
}

// printed is a name in capitals as the text prints it elsewhere; empty where it
// doesn't, and for a name that isn't in capitals.
func (r *reader) printed(name string) string {
	if !isCapitals(name) {
		return ""
	}
	all := r.all()
	for from := 0; ; {
		at := indexFold(all[from:], strings.ToLower(name))
		if at < 0 {
			return ""
		}
		at += from
		from = at + len(name)
		if found := all[at:from]; !isCapitals(found) && isCapital(found) && found[1:] != strings.ToLower(found[1:]) || !isCapitals(found) && !strings.Contains(found, " ") && isCapital(found) {
			return found
		}
	}
}

// cased writes a word in capitals with a capital at the beginning of its parts:
// "O'BRIEN-McCONNELL" becomes "O'Brien-McConnell".
func cased(w string) string {
	var b strings.Builder
	fresh := true
	rs := []rune(w)
	for i, r := range rs {
		switch {
		case fresh:
			b.WriteRune(unicode.ToUpper(r))
			fresh = false
		case i+1 < len(rs) && unicode.IsLower(r):
			b.WriteRune(r)
			fresh = i == 1 // Mc
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		if r == '-' || r == '\'' || r == '’' {
			fresh = true
		}
	}
	return b.String()
}
