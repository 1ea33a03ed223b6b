package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ending is how a label is set off from what is said.
type ending uint8

const (
	none  ending = iota
	colon        // "MS. VARNHOLT: Good afternoon."
	dash         // "Anna Kestrel (GREEN). – Madam President"
	stop         // "Mr. TALLOWAY. Mr. Speaker, I rise"
	space        // "Q    Does the ministry …"
	line         // a line of its own
)

// shape is what a label looks like: the more it has of a name's, the less it
// needs other witnesses.
type shape uint16

const (
	honoured  shape = 1 << iota // Mr., Ms., Sir
	titled                      // an office stands in it
	capitals                    // its name is in capitals
	bracketed                   // brackets stand behind the name
	bold                        // the file sets it off
	full                        // a given and a family name
	single                      // one word, which isn't in capitals
	asks                        // Q, QUESTION, a reporter
	answers                     // A
	anonymous                   // a moderator, an official on background
	described                   // a comma and what the speaker is
	bare                        // an office without a name
	timed                       // the time of a recording stands before it
)

// label is what may name the speaker at the beginning of a block.
type label struct {
	block  int
	length int    // bytes of the block that it takes, with its end and what follows in brackets
	text   string // as it is written, without its end
	ending ending
	shape  shape

	alone     bool // nothing follows it in its block
	article   bool // "The Chairman", "El señor PRESIDENTE"
	honorific string
	office    string   // as written: "Prime Minister"
	name      []string // words of the name
	party     []string // what stands in brackets behind it
	tail      string   // what stands behind a comma
	key       string   // what labels of one speaker have in common
}

// How long a label is at most.
const (
	mostLabel = 160 // bytes
	mostWords = 14
)

var bracket = regexp.MustCompile(`[(（\[]([^()（）\[\]]*)[)）\]]`)

// parse takes the text of a label apart, and reports whether it can be one.
func (l *label) parse() bool {
	t := strings.Trim(l.text, "*_ \t\u00a0○◯●•▲–—-")
	head := l.cutBrackets(t)
	if n := len(l.party); n > 0 && slices.ContainsFunc(l.party, onlyClock.MatchString) {
		l.party = slices.DeleteFunc(l.party, onlyClock.MatchString)
		l.shape |= timed // "Ada [00:00:04]"
	}
	if len(l.party) > 0 {
		l.shape |= bracketed
	}
	if !initialsEnd.MatchString(head) {
		head = strings.TrimRight(head, " .:：")
	}
	head = l.withoutAddressee(head)
	head, l.tail, _ = strings.Cut(head, ",")
	head, l.tail = strings.TrimSpace(head), strings.TrimSpace(l.tail)
	if l.isNumbered(head) {
		return true
	}
	if l.ending == stop && romanNumeral.MatchString(head) {
		return false // "II. The harbour"
	}
	if utf8.RuneCountInString(head) < 2 && !(ideograph(firstRune(head)) && classOf(head)&(asker|answerer) != 0) || !strings.ContainsFunc(head, unicode.IsLetter) || strings.ContainsAny(head, "?!;/=@<>{}|\\…") || strings.ContainsFunc(head, unicode.IsDigit) {
		return false
	}
	if l.tail != "" {
		if first, _ := utf8.DecodeRuneInString(l.tail); l.ending == stop && (unicode.IsLower(first) && l.shape&bold == 0 && !l.tailIsOffice() || saysI(l.tail)) || len(strings.Fields(l.tail)) > 24 {
			return false // "Mr. Speaker, good health is not freedom.", "Mr. Speaker, I spoke to him."
		}
		l.shape |= described
	}
	held := len(l.party) > 0 && l.isHeld(strings.Fields(head))
	if held || l.isNobody(head) {
		return true
	}
	if strings.ContainsFunc(head, ideograph) {
		return l.parseUnspaced(head)
	}
	if strings.ContainsFunc(head, isCaseless) {
		return l.parseCaseless(strings.Fields(head))
	}
	return l.parseWords(strings.Fields(head)) && !l.isAddress()
}

// cutBrackets takes what is in brackets out of a label, what is outside of others
// first: "The Chair (Mr. Abel Quill (Norden, Lib.))".
func (l *label) cutBrackets(t string) string {
	const deepest = 2
	for range deepest {
		all := bracket.FindAllStringSubmatch(t, -1)
		if len(all) == 0 {
			break
		}
		var party []string
		for _, m := range all {
			party = append(party, strings.TrimSpace(m[1]))
		}
		l.party = append(party, l.party...)
		t = bracket.ReplaceAllString(t, " ")
	}
	return strings.TrimSpace(t)
}

// romanNumeral numbers a heading.
var romanNumeral = regexp.MustCompile(`^[IVXL]+$`)

// isAddress reports whether an honorific and an office before a comma address
// somebody: "Madam President, Members of the Court, the duty is simple:".
func (l *label) isAddress() bool {
	if l.ending != colon || l.tail == "" || len(l.name) > 0 || l.article {
		return false
	}
	if l.honorific == "" {
		_, last, _ := cutLast(l.tail)
		return classOf(last)&(nobody|honorific) != 0 // "Chairman, distinguished members:"
	}
	return !l.tailIsOffice() && (len(strings.Fields(l.tail)) > 3 || saysI(l.tail))
}

// isHeld reads an office that is written in lower case or over several bodies, with
// its holder's full name in brackets: "Minister for Towns and the Coast (Deputy Ada
// Quill)", "Ministeren for havne (Jens Lunde)".
func (l *label) isHeld(ws []string) bool {
	if len(ws) == 0 || len(ws) > mostWords || len(l.party) == 0 || l.ending == stop {
		return false
	}
	first := 0
	for first < len(ws)-1 && classOf(ws[first])&(particle|honorific) != 0 {
		first++
	}
	of := plain(ws[0]) == "the" && len(ws) > 2 && classOf(ws[1])&honorific != 0 // "The Lord Privy Seal (Lord Quill)"
	if of {
		first = 1
	}
	if !isCapital(ws[first]) || classOf(ws[first])&office == 0 && !of || l.ending == line && !of && first == 0 {
		return false
	}
	last := ws[len(ws)-1]
	// "Senator Brand (Alden Marsh)" has where the senator is from.
	mayBeName := len(ws) > 1 && isCapital(last) && classOf(last)&(office|chair|bodyWord) == 0 && !slices.ContainsFunc(ws[1:], func(w string) bool { return classOf(w)&particle != 0 })
	at, _, _ := strings.Cut(l.party[0], ". ") // "(Ivo Reis. Bloc - SP)"
	if before, behind, ok := strings.Cut(at, ", "); ok {
		if first, _, _ := strings.Cut(behind, " "); classOf(first)&office == 0 {
			return false
		}
		at = before // "(Weyer Regula, Präsidentin)"
	}
	name, h := holderIn(at)
	if alone := strings.Fields(at); first > 0 && !of && len(ws) == first+1 && len(alone) == 1 && isFamilyName(alone[0]) && classOf(ws[first])&chair != 0 && classOf(ws[first-1])&honorific != 0 {
		name, h = alone, ws[first-1] // "Sr. Presidente (Zalduendo)"
	}
	if name == nil || h == "" && mayBeName {
		return false
	}
	l.take(name, h)
	l.party = l.party[1:]
	l.office = strings.Join(ws[first:], " ")
	l.shape |= titled
	l.finish()
	return true
}

// tailIsOffice reports whether the text behind the comma begins with an office
// and is no longer than one: "Mme Lise Arnoult, ministre des ports".
func (l *label) tailIsOffice() bool {
	ws := strings.Fields(l.tail)
	return len(ws) <= 16 && classOf(ws[0])&office != 0
}

// withoutAddressee is a label without the words that introduce a question, and
// without whom it is put to: "Asked by Lord Carrick", "BARRY SIMS to the Minister
// for Fisheries".
func (l *label) withoutAddressee(head string) string {
	low := strings.ToLower(head)
	for _, p := range words().list[askedBy] {
		if strings.HasPrefix(low, p+" ") {
			head, low = head[len(p)+1:], low[len(p)+1:]
		}
	}
	for _, p := range words().list[askedOf] {
		if at := strings.Index(low, " "+p+" "); at > 0 && l.ending == colon {
			return head[:at]
		}
	}
	return head
}

// isNumbered reads the labels of voices that a transcript only tells apart:
// "Speaker 4".
func (l *label) isNumbered(head string) bool {
	word, number, ok := strings.Cut(head, " ")
	number = strings.TrimPrefix(number, "#")
	if !ok || number == "" || len(number) > 2 || strings.Trim(number, "0123456789") != "" || classOf(word)&(nobody|chair|asker) == 0 {
		return false
	}
	l.shape |= anonymous
	l.key = strings.ToLower(head)
	return true
}

// isNobody reads the labels of those who have no name.
func (l *label) isNobody(head string) bool {
	low := strings.ToLower(strings.ReplaceAll(head, ".", ""))
	w := words()
	low = strings.TrimSpace(strings.TrimRight(low, "0123456789#"))
	low = strings.TrimPrefix(low, "the ")
	if before, number, ok := cutLast(low); ok && w.is(number, toldApart) && w.is(before, nobody) {
		low = before // "SENIOR OFFICIAL ONE"
	}
	switch {
	case w.is(low, never):
		return false
	case w.is(low, asker):
		l.shape |= asks
		l.key = "q"
	case w.is(low, answerer):
		l.shape |= answers
		l.key = "a"
	case w.is(low, nobody) && !w.is(low, chair):
		l.shape |= anonymous
		l.key = low
	default:
		fields := strings.Fields(low)
		last := fields[len(fields)-1]
		if len(fields) > 1 && len(fields) <= 5 && (w.is(last, asker) || w.is(fields[0], asker)) && !w.is(last, honorific) {
			l.shape |= asks
			l.key = "q"
			return true
		}
		if len(fields) > 2 && w.is(fields[0]+" "+fields[1], nobody) && classOf(fields[2])&particle != 0 {
			l.shape |= anonymous // "Un député du groupe"
			l.key = fields[0] + " " + fields[1]
			return true
		}
		if len(fields) == 2 && w.is(fields[0], nobody) && !w.is(fields[0], office) {
			l.shape |= anonymous
			l.key = fields[0]
			return true
		}
		return false
	}
	return true
}

// parseWords tells honorific, office and name apart.
func (l *label) parseWords(ws []string) bool {
	if len(ws) == 0 || len(ws) > mostWords || words().is(plain(strings.Join(ws, " ")), never) {
		return false
	}
	if len(ws) == 1 && l.ending == colon && len(ws[0]) == 2 && isUpper(ws[0]) && classOf(ws[0])&honorific != 0 && l.tail == "" {
		l.name = ws // initials, "HR:", rather than an honorific
		l.finish()
		return true
	}
	i := 0
	article := len(ws) > 1 && classOf(ws[0])&particle != 0 && isCapital(ws[0]) && classOf(ws[1])&(honorific|office) != 0
	if plain(ws[0]) == "the" || article { // "El señor PRESIDENTE"
		i++
		l.article = true
		if l.isOffice(ws[1:]) {
			return true
		}
	}
	var offices []string
	if n := suspended(ws[i:]); n > 0 {
		offices, i = slices.Clone(ws[i:i+n]), i+n
	}
words:
	for ; i < len(ws); i++ {
		w := ws[i]
		c := classOf(w)
		switch {
		case c&honorific != 0 && (isCapital(w) || article && i == 1) && (len(plain(w)) > 1 || strings.HasSuffix(w, ".")):
			l.honorific = strings.TrimSpace(l.honorific + " " + w)
			l.shape |= honoured
			continue
		case c&particle != 0 && !isCapital(w) && l.honorific != "" && i+1 < len(ws) && classOf(ws[i+1])&office != 0:
			continue // "M. le président"
		case c&office != 0 && (isCapital(w) || len(offices) > 0 || l.honorific != "" || article && i == 1):
			offices = append(offices, w)
			continue
		case len(offices) > 0 && (c&particle != 0 || strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "d'")):
			// "Minister of State", "SECRETARY FOR SECURITY": what follows is the
			// office's, up to a name that its place leaves over.
			j := l.officeEnd(ws, i)
			offices = append(offices, ws[i:j]...)
			i = j - 1
			continue
		}
		break words
	}
	if n := len(ws); (l.shape&bold != 0 || l.alone) && len(offices) > 0 && n-i > 2 && !isCapital(ws[i]) && isFullName(ws[n-2:]) {
		// "Ministryně dopravy ČR Jana Malá"
		offices = append(offices, ws[i:n-2]...)
		i = n - 2
	}
	l.office = strings.Join(offices, " ")
	if len(offices) > 0 {
		l.shape |= titled
	}
	return l.parseName(ws[i:])
}

// suspended is how many words an office takes whose first part waits for its end:
// "Liikenne- ja viestintäministeri", "Bau- und Verkehrsministerin".
func suspended(ws []string) int {
	const most = 4
	if len(ws) < 2 || !strings.HasSuffix(ws[0], "-") {
		return 0
	}
	for i, w := range ws[1:min(len(ws), most)] {
		if classOf(w)&office != 0 {
			return i + 2
		}
	}
	return 0
}

// finish notes what the name looks like, and the key.
func (l *label) finish() {
	switch {
	case slices.ContainsFunc(l.name, isUpper):
		l.shape |= capitals
	case len(l.name) == 1:
		l.shape |= single
	}
	if len(l.name) > 1 || len(l.name) == 1 && initialledName.MatchString(l.name[0]) {
		l.shape |= full
		l.shape &^= single
	}
	if l.key == "" {
		l.key = keyOf(l.name)
		if len(l.name) == 1 {
			l.key = plain(l.name[0]) + "/" + gender(l.honorific+" "+l.office)
		}
	}
}

// initialledName is a family name with its initials right before it: "А.Лопухина".
var initialledName = regexp.MustCompile(`^(?:\p{Lu}\.){1,2}\p{Lu}\p{Ll}`)

func (l *label) take(name []string, honorific string) {
	l.name = name
	if honorific != "" {
		l.honorific = honorific
		l.shape |= honoured
	}
}
