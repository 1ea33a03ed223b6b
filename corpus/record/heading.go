package record

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// person is somebody whom a heading names.
type person struct {
	office    string
	name      []string
	honoured  bool // an honorific or an office stands before the name on its line
	inColumns bool // the line is set in columns, as a list of those present is
}

// brackets sets brackets apart from the words in them.
var brackets = strings.NewReplacer("(", " ( ", ")", " ) ")

// peopleIn are the people whom a line of a heading names: behind an office, an
// honorific or "by", or before a comma and an office.
func peopleIn(line string) (all []person) {
	ws := strings.Fields(brackets.Replace(line))
	for i := 0; i < len(ws); {
		from := i
		var offices []string
		anchored := false
		for i < len(ws) {
			if len(offices) > 0 && i+1 < len(ws) && classOf(ws[i])&conjunction != 0 && isOfficeWord(ws[i+1]) {
				i++ // "Spokesperson and Deputy Minister"
			}
			c := classOf(ws[i])
			isOffice := isOfficeWord(ws[i])
			if !isOffice && (c&honorific == 0 || !isCapital(ws[i])) {
				break
			}
			if i > from && classOf(ws[i-1])&conjunction != 0 {
				offices = append(offices, ws[i-1])
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
		if anchored && len(offices) > 0 {
			if at := behindOffice(ws, i); at > i {
				i = at
				name, n = nameAt(ws[i:])
			}
		}
		if !anchored && len(name) > 1 && n > 0 && len(officeAfter(ws[i+n-1:])) > 0 {
			anchored = true // "and Paulette Jeong, Spokesperson for …"
		}
		switch {
		case anchored && len(name) > 0 && !isBodyName(name) && (len(name) > 1 || len(offices) > 0 || i > from && classOf(ws[i-1])&honorific != 0):
			i += n
			if len(offices) == 0 {
				offices = officeAfter(ws[i-1:])
			}
			all = append(all, person{office: strings.Join(offices, " "), name: name, honoured: true})
		case i == from:
			i++
		}
	}
	if name, rest, ok := strings.Cut(line, ","); ok && len(all) == 0 {
		ws := strings.Fields(name)
		if got, n := nameAt(ws); n == len(ws) && len(got) > 1 && !isBodyName(got) && strings.ContainsFunc(rest, unicode.IsLetter) {
			for w := range strings.FieldsSeq(rest) {
				if classOf(w)&office != 0 {
					return append(all, person{office: strings.TrimSpace(rest), name: got})
				}
			}
		}
	}
	return all
}

// isOfficeWord reports whether a word is an office as its language writes it: with a
// capital, or in small letters as in "del ministro Ruy Aldana".
func isOfficeWord(w string) bool {
	c := classOf(w)
	return c&office != 0 && isCapital(w) || c&smallOffice != 0
}

// behindOffice is where the name begins behind the comma that ends an office of
// several words in capitals, "MINISTRA DE EDUCACIÓN, ROCÍO"; i where there is none.
func behindOffice(ws []string, i int) int {
	const longest = 10
	if !isUpper(ws[i-1]) || classOf(ws[min(i, len(ws)-1)])&particle == 0 {
		return i
	}
	for j := i; j < len(ws)-2 && j-i < longest && isCapitals(ws[j]); j++ {
		if strings.HasSuffix(ws[j], ",") {
			if name, _ := nameAt(ws[j+1:]); len(name) > 1 && !isBodyName(name) {
				return j + 1
			}
		}
	}
	return i
}

// officeAfter is the office behind a name and a comma: "THE HONOURABLE CHRIS TANG,
// SECRETARY FOR SECURITY".
func officeAfter(ws []string) []string {
	if !strings.HasSuffix(ws[0], ",") {
		return nil
	}
	if len(ws) > 2 && classOf(ws[1])&office != 0 && isFamilyName(ws[2]) {
		return nil // "the Peace Palace, President Brand presiding"
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
	if classOf(ws[i])&ofOffice == 0 {
		return i
	}
	j := i + 1
	for j < len(ws) && plain(ws[j]) == "the" {
		j++
	}
	from := j
	for j < len(ws) && isCapital(ws[j]) && classOf(ws[j])&between == 0 {
		if classOf(ws[j])&honorific != 0 && j > from {
			for classOf(ws[j])&honorific != 0 && j+1 < len(ws) {
				j++
			}
			return j // "Minister for Foreign Affairs Dr Leonard Tan"
		}
		if j++; strings.ContainsAny(ws[j-1][len(ws[j-1])-1:], ",;:") || isPossessive(ws[j-1]) {
			break
		}
	}
	if at := nameBehindParts(ws, from); at > 0 {
		return at
	}
	if j > from && strings.HasSuffix(ws[j-1], ",") {
		if name, _ := nameAt(ws[j:]); len(name) > 1 && !isBodyName(name) && isFullName(name) {
			return j // "Minister for Trade, Rory Brand"
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

// nameBehindParts is where the name begins behind an office of several parts that small
// words join, "Director of the Office of Rail Safety Abel Quill": the last part has more
// than two words, of which the last two are the name. 0 for none.
func nameBehindParts(ws []string, j int) int {
	const least = 3
	run := 0
	for ; j < len(ws); j++ {
		switch {
		case isCapital(ws[j]) && classOf(ws[j])&(between|honorific) == 0:
			if run++; strings.ContainsAny(ws[j][len(ws[j])-1:], ",;:") || isPossessive(ws[j]) {
				if run >= least {
					return j - 1
				}
				return 0
			}
		case run < least && !isCapital(ws[j]) && classOf(ws[j])&particle != 0:
			run = 0
		case run >= least:
			return j - 2
		default:
			return 0
		}
	}
	if run >= least {
		return j - 2
	}
	return 0
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
		if c&honorific != 0 && len(name) > 0 && classOf(name[0])&particle == 0 && !strings.HasSuffix(w, ".") && (bare != w || n+1 == len(ws) || !isCapital(ws[n+1])) {
			c &^= honorific // "Leonard Tan's": no name follows it
		}
		if len(name) > 1 && c&letters != 0 && isUpper(bare) {
			n++ // "Ada Brand MP"
			continue
		}
		inside := c&particle != 0 && c&between == 0 && !isCapital(bare) && n+1 < len(ws) && isCapital(ws[n+1]) && (len(name) > 0 || plain(bare) != "of") && plain(bare) != "of" && plain(bare) != "for" && plain(bare) != "the" && plain(bare) != "to" && plain(bare) != "and"
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
	return slices.ContainsFunc(name, func(w string) bool { return classOf(w)&(bodyWord|outlet|speechNoun|never|asker|occasion|asking) != 0 }) ||
		!slices.ContainsFunc(name, func(w string) bool { return classOf(w)&particle == 0 })
}

// headNames reports whether the heading has a family name, in lower case.
func (r *reader) headNames(last string) bool {
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

// namesIn are the runs of two to four capitalised words of a line that can be
// names, each behind an honorific or by itself.
func namesIn(line string) (all [][]string) {
	ws := strings.Fields(brackets.Replace(strings.ReplaceAll(line, "ª", "")))
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

// fullNamesIn are the names of a line, without the words of an office before them:
// "Deputy Minister for Public Relations Seo Yun-jae".
func fullNamesIn(line string) [][]string {
	people := peopleIn(line)
	var all [][]string
	for _, name := range namesIn(line) {
		cut := false
		for _, p := range people {
			if n := len(name) - len(p.name); n > 0 && len(p.name) > 1 && keyOf(name[n:]) == keyOf(p.name) {
				name, cut = p.name, true
			}
		}
		if cut || !isOfOffice(line, name) {
			all = append(all, name)
		}
	}
	return all
}

// isOfOffice reports whether words are what an office is of: "Secretária-Geral das
// Relações Exteriores".
func isOfOffice(line string, name []string) bool {
	before, _, _ := strings.Cut(line, strings.Join(name, " "))
	ws := strings.Fields(before)
	n := len(ws)
	return n > 1 && classOf(ws[n-1])&particle != 0 && isOfficeWord(ws[n-2])
}

// readHead takes the title and the lines above block n for the heading, and the
// people whom it names.
func (r *reader) readHead(n int) {
	const few, most, longest = 5, 150, 500
	r.head, r.families = r.head[:0], nil
	if first := r.firstSaid(); n > few && first < n {
		n = first // an opening without a label
	}
	for _, b := range r.d.Blocks[:min(n, most)] {
		if len(b.Text) > longest {
			break
		}
		r.head = append(r.head, b.Text)
	}
	r.known = append(peopleIn(r.d.Title), r.listed...)
	for _, h := range r.head {
		if strings.Contains(h, " > ") {
			continue // the path to the page
		}
		r.known = append(r.known, peopleIn(h)...)
		r.known = append(r.known, listedIn(h)...)
	}
}

// listedIn are the people of a list that a line introduces: "Speakers: Ada Quill,
// Minister of Ports; Jens Lunde".
func listedIn(line string) (all []person) {
	ws := strings.Fields(line)
	for i := range ws {
		word, ok := strings.CutSuffix(ws[i], ":")
		if !ok || !isCapital(word) || classOf(word)&listing == 0 && (i == 0 || !words().is(plain(ws[i-1]+" "+word), listing)) {
			continue
		}
		end := i + 1
		for end < len(ws) && !strings.HasSuffix(ws[end], ":") {
			end++
		}
		if end < len(ws) {
			end-- // what introduces the next list
		}
		rest := brackets.Replace(strings.Join(ws[i+1:max(end, i+1)], " "))
		mark := ","
		if strings.Contains(rest, ";") {
			mark = ";"
		}
		for part := range strings.SplitSeq(rest, mark) {
			words := strings.Fields(part)
			for len(words) > 0 && classOf(words[0])&(honorific|conjunction|office) != 0 {
				words = words[1:]
			}
			name, n := nameAt(words)
			if len(name) > 1 && !isBodyName(name) && isFullName(name) && (n == len(words) || strings.HasSuffix(words[n-1], ",") || strings.HasPrefix(words[n], "(")) {
				all = append(all, person{name: name})
			}
		}
	}
	return all
}

// describe takes title and date from the heading.
func (r *reader) describe() {
	if r.d.Title == "" {
		r.d.Title = r.title()
	}
	r.quietHead()
	if !r.d.Published.IsZero() {
		return
	}
	for _, h := range append([]string{r.d.Title}, r.head...) {
		if len(h) > 160 {
			continue
		}
		if day := date.Parse(h); day.Day != 0 {
			r.d.Published = day
			return
		}
	}
}

// mostOfDateLine is how many words a line has at most that says where and when.
const mostOfDateLine = 12

// quietHead makes headings of the lines above what is said that are no sentences,
// such as "Tarrow House, 22 February 2031": they are never quoted.
func (r *reader) quietHead() {
	for i := range r.d.Blocks {
		b := &r.d.Blocks[i]
		if b.Voice > 0 || b.Kind == format.Label {
			return
		}
		last, _ := utf8.DecodeLastRuneInString(b.Text)
		switch {
		case b.Kind != format.Body || len(b.Text) > 250 || strings.ContainsRune(".?!…”", last) && (date.Parse(b.Text).Day == 0 || len(strings.Fields(b.Text)) > mostOfDateLine):
		case b.Text == r.d.Title:
			b.Kind = format.Title
		default:
			b.Kind = format.Heading
		}
	}
}
