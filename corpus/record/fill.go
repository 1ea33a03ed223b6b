package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

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
		if len(o.name) < 2 || plain(o.name[len(o.name)-1]) != last && plain(o.name[0]) != last {
			continue
		}
		if h := gender(o.honorific + " " + o.office); g != "" && h != "" && g != h {
			continue
		}
		if a, b := l.parties(), o.parties(); len(a) > 0 && len(b) > 0 && a[0] != b[0] {
			continue
		}
		others = append(others, person{office: o.office, name: o.name})
	}
	if one := best(others); one != nil {
		return one
	}
	if r.ambiguous(l, last) {
		return name
	}
	switch {
	case strings.ContainsFunc(last, ideograph):
		return r.wholeName(name)
	case strings.ContainsFunc(last, isCaseless):
		return r.caselessName(name)
	case initialledName.MatchString(name[0]):
		return r.initialsFilled(name)
	}
	if one := r.familyFirst(last, l.shape&(bold|timed) != 0 && l.shape&(honoured|titled) == 0); one != nil {
		return one
	}
	if one := r.introduced(last); one != nil {
		return one
	}
	return name
}

// longerName is the one name in the heading that ends with the words of a family name, "Te
// Whata", and has a given name before them.
func (r *reader) longerName(name []string) []string {
	var found []string
	for _, h := range append([]string{r.d.Title}, r.head...) {
		for _, whole := range fullNamesIn(h) {
			if n := len(whole) - len(name); n > 0 && keyOf(whole[n:]) == keyOf(name) && keyOf(whole) != keyOf(found) {
				if found != nil {
					return name
				}
				found = whole
			}
		}
	}
	if found == nil {
		return name
	}
	return found
}

// wellSpelled is a name whose family name is missing a letter or an accent, as the
// label that it most likely is one of writes it: office and honorific are the same,
// that label comes more than once, and this one only once.
func (r *reader) wellSpelled(l *label, name []string) []string {
	const shortest = 6 // letters
	last := plain(name[len(name)-1])
	if l.shape&(honoured|titled) == 0 || utf8.RuneCountInString(last) < shortest {
		return name
	}
	times := map[string]int{}
	var other []string
	for i := range r.labels {
		o := &r.labels[i]
		if len(o.name) == 0 || len(o.name) != len(name) || o.office != l.office || o.honorific != l.honorific {
			continue
		}
		w := plain(o.name[len(o.name)-1])
		if times[w]++; w != last && nearlySame(w, last) {
			if other != nil && plain(other[len(other)-1]) != w {
				return name
			}
			other = o.name
		}
	}
	if other == nil || times[last] > 1 || times[plain(other[len(other)-1])] < 2 || r.headNames(last) {
		return name
	}
	return other
}

// nearlySame reports whether two words are one but for a letter that is left out
// or has another accent.
func nearlySame(a, b string) bool {
	x, y := []rune(text.Fold(a)), []rune(text.Fold(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	if len(x) == len(y) {
		return slices.Equal(x, y)
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return slices.Equal(x[i:], y[i+1:])
}

// wholeName looks in the text for a family name of East Asia with the given name
// behind it, and then an office or an honorific: "三枝美咲君".
func (r *reader) wholeName(name []string) []string {
	found := ""
	for _, m := range regexp.MustCompile(regexp.QuoteMeta(name[0])+`[\s\x{3000}]*[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{1,6}`).FindAllString(r.all(), -1) {
		m = strings.Join(strings.Fields(m), "")
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
		found = r.behindOffice(name[0])
	}
	if found == "" {
		return name
	}
	return []string{found}
}

// familyFirst is the one name of the heading whose first word is a family name and whose
// given name has two syllables, as names of Korea are written: "Cho Eun-seong"; where given
// is set the first word may be a given name, by which hosts and guests call each other.
func (r *reader) familyFirst(family string, given bool) (found []string) {
	for _, h := range append([]string{r.d.Title}, r.head...) {
		for _, name := range namesIn(h) {
			if plain(name[0]) != family || len(name) > 3 || !given && (len(name) != 2 || !twoSyllables.MatchString(name[1])) {
				continue
			}
			if found != nil && keyOf(found) != keyOf(name) {
				return nil
			}
			found = name
		}
	}
	return found
}

// twoSyllables is a given name of two syllables.
var twoSyllables = regexp.MustCompile(`^\p{Lu}\p{Ll}+-\p{Ll}+`)

// initialsFilled is the one full name among the labels and in the heading of which a label
// has the initials and the family name: "Т.Галимов", "Тимур Галимов".
func (r *reader) initialsFilled(name []string) []string {
	at := strings.LastIndexByte(name[0], '.') + 1
	family, first := plain(name[0][at:]), firstRune(name[0])
	var found []string
	add := func(whole []string) bool {
		if len(whole) < 2 || plain(whole[len(whole)-1]) != family || firstRune(whole[0]) != first || len(whole[0]) < 4 {
			return true
		}
		ok := found == nil || keyOf(found) == keyOf(whole)
		found = whole
		return ok
	}
	for i := range r.labels {
		if !add(r.labels[i].name) {
			return name
		}
	}
	for _, h := range append([]string{r.d.Title}, r.head...) {
		for _, whole := range namesIn(h) {
			if !add(whole) {
				return name
			}
		}
	}
	if found == nil {
		if one := r.introduced(family); len(one) == 2 && firstRune(one[0]) == first {
			return one
		}
		return name
	}
	return found
}

// caselessName looks in the heading for a family name in a script without capitals with
// the given name before it: "وزير الخارجية سالم الدرعاوي".
func (r *reader) caselessName(name []string) []string {
	var found []string
	for _, h := range append([]string{r.d.Title}, r.head...) {
		ws := strings.Fields(h)
		for i := 1; i < len(ws); i++ {
			given := ws[i-1]
			if plain(ws[i]) != plain(name[0]) || classOf(given) != 0 || strings.HasPrefix(given, "ال") || !strings.ContainsFunc(given, isCaseless) || strings.ContainsAny(given, ".,،:؛") {
				continue
			}
			if found != nil && found[0] != given {
				return name
			}
			found = []string{given, plain(ws[i])}
		}
	}
	if found == nil {
		return name
	}
	return found
}

// behindOffice is the one full name that begins with a family name of East Asia, right
// behind an office: "發言人曾郁婷".
func (r *reader) behindOffice(family string) (found string) {
	const given, near = 2, 48 // signs; bytes of an office
	for rest := r.all(); ; {
		at := strings.Index(rest, family)
		if at < 0 {
			return found
		}
		before := rest[max(0, at-near):at]
		rest = rest[at+len(family):]
		whole, n := family, 0
		for _, c := range rest {
			if !ideograph(c) {
				break
			}
			if n++; n > given {
				break
			}
			whole += string(c)
		}
		if n == 0 || n > given || !endsOffice(lastLine(before)) {
			continue
		}
		if found != "" && found != whole {
			return ""
		}
		found = whole
	}
}

// lastLine is the text behind the last line end.
func lastLine(s string) string {
	return strings.TrimRight(s[strings.LastIndexByte(s, '\n')+1:], " \u3000")
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
		if found == nil {
			found = one
			continue
		}
		if found = sameNamed(found, one); found == nil {
			return nil
		}
	}
}

// sameNamed is the name of two spellings that can be one person's: the shorter one where
// the longer ends with it, since what precedes it may be a word for who it is, "Reederin
// Ada Brand". Nil for two people, and where one has a word between: "Ada Brand" may be
// another than "Ada Maria Brand".
func sameNamed(a, b []string) []string {
	if len(a) > len(b) {
		a, b = b, a
	}
	if keyOf(a) == keyOf(b[len(b)-len(a):]) {
		return a
	}
	return nil
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
		if len(given) > 0 && isUpper(w) != isUpper(given[0]) && len(w) > 2 {
			break // "Maryland ADA"
		}
		if len(given) == 1 && i > 0 && classOf(ws[i-1])&particle != 0 {
			break // "Die Forscherin Hedda Rosen"
		}
		given = append([]string{w}, given...)
	}
	for len(given) > 0 && isInitials(given[0]) {
		given = given[1:]
	}
	return given
}
