package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/format"
)

// labelOf reads the label that a block may begin with; its ending is none where
// there is none.
func labelOf(b format.Block) label {
	if n := len(beforeLabel.FindString(b.Text)); n > 0 && n < len(b.Text) {
		rest := b
		rest.Text, rest.Lead = b.Text[n:], max(0, b.Lead-n)
		l := labelIn(rest)
		if l.ending == none && clock.MatchString(b.Text) {
			l = stampedIn(rest.Text)
		} else if recorded.MatchString(b.Text) && (l.ending == none || l.ending == line) {
			if set, ok := setOffName(rest, rest.Lead); ok {
				l = set
			}
		}
		if recorded.MatchString(b.Text) && (l.ending == colon || l.ending == line) || l.ending == line && clock.MatchString(b.Text) && l.shape&(titled|honoured) != 0 {
			l.shape |= timed
		}
		if l.ending != none && (l.ending == line && (b.Text[0] == 'Q' || l.shape&timed != 0) || l.strength() >= medium) {
			l.length += n
			return l
		}
	}
	return labelIn(b)
}

// beforeLabel is what may precede a label: the time, or the number of a
// question.
var beforeLabel = regexp.MustCompile(`^(?:[\[(]?\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t-]*|\d{1,3}\. |Q\d{1,3}\.? |\p{Lu}\p{Ll}{1,4}\.\s{1,3}\d{1,3}\s{1,3})`)

// clock is the time of day that a record stamps each turn with.
var clock = regexp.MustCompile(`^\d{1,2}[:.]\d{2} `)

// onlyClock is a time that has a line of its own.
var onlyClock = regexp.MustCompile(`^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?$`)

// stamped is the text between the time and the colon: an office in lower case
// before the name, or the letters of a party behind it.
var stamped = regexp.MustCompile(`^(?:(\p{Lu}[^:.?!]{3,60}) )?(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}[\p{L}-]*)(?: (\p{Ll}{2,6}))?: `)

func stampedIn(t string) label {
	m := stamped.FindStringSubmatchIndex(t)
	if m == nil || m[2] < 0 && m[6] < 0 {
		return label{}
	}
	l := label{text: t[:m[1]-len(": ")], length: m[1], ending: colon, name: strings.Fields(t[m[4]:m[5]])}
	if m[2] >= 0 {
		l.office = t[m[2]:m[3]]
	}
	if m[6] >= 0 {
		l.party = []string{t[m[6]:m[7]]}
	}
	if isBodyName(l.name) {
		return label{}
	}
	l.finish()
	return l
}

// recorded is the time of a recording: in brackets, or with seconds.
var recorded = regexp.MustCompile(`^(?:[\[(]|\d{1,2}:\d{2}:)`)

// labelIn reads the label that a block begins with.
func labelIn(b format.Block) label {
	t := b.Text
	if l, ok := askerOf(t); ok {
		return l
	}
	if l, ok := letterOf(t); ok {
		return l
	}
	if m := askedIn.FindStringSubmatch(t); m != nil && classOf(m[1])&asker != 0 {
		return label{text: strings.TrimRight(m[0], ": "), length: len(m[0]), ending: colon, shape: asks, key: "q"}
	}
	if n := len(reporterIn.FindString(t)); n > 0 {
		return label{text: strings.TrimRight(t[:n], ": "), length: n, ending: colon, shape: asks, key: "q"}
	}
	if l, ok := boldAsker(b); ok {
		return l
	}
	if l, ok := markedOf(t); ok {
		return l
	}
	if l, ok := timedName(b); ok {
		return l
	}
	for _, find := range []func(format.Block) (text string, end int, how ending){colonIn, dashIn, boldIn, stopIn} {
		text, end, how := find(b)
		if how == none {
			continue
		}
		l := label{text: strings.TrimSpace(text), length: end, ending: how}
		if b.Lead > 0 && (b.Lead >= len(strings.TrimRight(text, " .:")) || how == stop && describedIn(b.Text[b.Lead:]) != nil) {
			l.shape |= bold
		}
		l.alone = end >= len(strings.TrimRight(t, " "))
		if l.parse() {
			l.length += bracketsBehind(t[end:])
			return l
		}
	}
	if len(t) <= mostLabel {
		l := label{text: strings.TrimSpace(t), length: len(t), ending: line}
		if m := timedLine.FindStringSubmatch(t); m != nil {
			l.text, l.shape = m[1], timed
		} else if m := clockedLine.FindStringSubmatchIndex(t); m != nil && b.Lead > 0 {
			l.text, l.shape = t[:m[2]], timed
			if m[2] > b.Lead {
				l.party = append(l.party, strings.TrimSpace(t[b.Lead:m[2]]))
				l.text = t[:b.Lead]
			}
		}
		if b.Lead >= len(t) {
			l.shape |= bold
		}
		if last, _ := utf8.DecodeLastRuneInString(l.text); (!strings.ContainsRune(".,;!?…", last) || initialsEnd.MatchString(l.text)) && l.parse() {
			return l
		}
	}
	return label{}
}

// leadTime is a name that is set off with the time of its turn: "Jules [00:00:04]".
var leadTime = regexp.MustCompile(`^(\p{Lu}[^\[\](){}:]{1,60}?) ?[\[(]\d{1,2}:\d{2}(?::\d{2})?[\])]:?$`)

// timedName reads a name in bold with the time of its turn, with what is
// said behind it.
func timedName(b format.Block) (label, bool) {
	if b.Lead == 0 || b.Lead >= len(b.Text) {
		return label{}, false
	}
	m := leadTime.FindStringSubmatchIndex(b.Text[:b.Lead])
	if m == nil {
		return label{}, false
	}
	return setOffName(b, m[3])
}

// setOffName takes the first bytes of a block, which is set off beside a time, for
// the name of whoever says the rest of it.
func setOffName(b format.Block, length int) (label, bool) {
	if b.Lead == 0 || b.Lead >= len(b.Text) {
		return label{}, false
	}
	l := label{text: strings.TrimSpace(b.Text[:length]), length: b.Lead, ending: space, shape: bold | timed}
	if !l.parse() {
		return label{}, false
	}
	l.length += len(b.Text[b.Lead:]) - len(strings.TrimLeft(b.Text[b.Lead:], " :"))
	return l, true
}

// timedLine is a name and the time of its turn on a line, with the buttons of the
// page behind them: "Carys Penry 13:30:06 Video", "Carys Penry  0:41".
var timedLine = regexp.MustCompile(`^(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,3})\s+\d{1,2}:\d{2}(?::\d{2}(?: \p{Lu}[\p{L} ]{0,60})?)?$`)

// clockedLine is a line that ends with the time of the day, perhaps behind the letters
// of a party: "Puhemies Ada Quill 16.00".
var clockedLine = regexp.MustCompile(`^\p{Lu}[^.:?!]{3,80}?()(?: \p{Ll}{1,6})? \d{1,2}[.:]\d{2}$`)

// initialsEnd is a family name in capitals with its initials behind it.
var initialsEnd = regexp.MustCompile(`^\p{Lu}[\p{Lu}'’-]+ \p{Lu}\.\s?\p{Lu}\.$`)

// colonIn finds a colon that may end a label.
func colonIn(b format.Block) (string, int, ending) {
	t := b.Text
	depth := 0
	for i, r := range t {
		if i > mostLabel {
			break
		}
		switch {
		case r == '(' || r == '（' || r == '[':
			depth++
		case r == ')' || r == '）' || r == ']':
			depth--
		case (r == ':' || r == '：') && depth <= 0:
			rest := t[i+utf8.RuneLen(r):]
			if sentenceIn.MatchString(t[:i]) || stopDash.MatchString(t[:i]) {
				return "", 0, none
			}
			next, _ := utf8.DecodeRuneInString(rest)
			if rest != "" && r == ':' && !unicode.IsSpace(next) && !strings.ContainsRune("“\"«(–—*", next) && !unicode.IsUpper(next) {
				return "", 0, none // 10:30
			}
			return t[:i], i + utf8.RuneLen(r), colon
		case r == '"' && withinHebrew(t, i), r == ';' && depth > 0: // "(spoke in Portuguese; English text provided by the delegation)"
		case strings.ContainsRune("?!;“”\"«»", r):
			return "", 0, none
		}
	}
	return "", 0, none
}

// withinHebrew reports whether a quotation mark is within a word, as Hebrew marks
// abbreviations.
func withinHebrew(t string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	after, _ := utf8.DecodeRuneInString(t[i+1:])
	return unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after)
}

// stopDash ends a label before the colon comes: "Anna Kestrel (GREEN). – I paid: 39".
var stopDash = regexp.MustCompile(`[\p{L})]\.\s?[–—]\s`)

// sentenceIn is the end of a sentence within what would be a label.
var sentenceIn = regexp.MustCompile(`\s\p{Ll}+\. \p{Lu}`)

var dashEnd = regexp.MustCompile(`^\*{0,2}\s?([.:]?)\*{0,2}\s*(?:–|—|--|- )\s?`)

// capitalsLabel is a name or an office in capitals, perhaps with brackets behind it,
// which needs no stop before the dash: "ADA BRAND (Rize) – ".
var capitalsLabel = regexp.MustCompile(`^(?:\p{Lu}[\p{Lu}'’.-]*\s?){1,6}(?:\([^()]{1,60}\))?\s?$`)

// isCapitalsLabel reports whether capitals before a dash are a label rather than the
// place of a report, "PORT ALDEN — ": they have brackets or an office.
func isCapitalsLabel(s string) bool {
	first, rest, _ := strings.Cut(s, " ")
	second, _, _ := strings.Cut(rest, " ")
	return capitalsLabel.MatchString(s) && (strings.Contains(s, "(") || (classOf(first)|classOf(second))&(office|honorific) != 0)
}

// dashIn finds ". –" behind a name, or a dash behind one in bold or in capitals.
func dashIn(b format.Block) (string, int, ending) {
	t := b.Text
	if !holdsDash(t[:min(len(t), mostLabel+len(" . – "))]) {
		return "", 0, none
	}
	for i := range min(len(t), mostLabel) {
		if c := t[i]; c != '.' && c != ' ' && c != ':' && i != b.Lead {
			continue
		}
		m := dashEnd.FindStringSubmatchIndex(t[i:])
		if m == nil || m[2] == m[3] && !(b.Lead > 0 && i >= b.Lead-1 && i <= b.Lead+1) && !isCapitalsLabel(t[:i]) {
			continue
		}
		return t[:i], i + m[1], dash
	}
	return "", 0, none
}

// holdsDash reports whether a dash that isn't within a word is in a text.
func holdsDash(t string) bool {
	return strings.Contains(t, "–") || strings.Contains(t, "—") || strings.Contains(t, "--") || strings.Contains(t, "- ")
}

// describedEnd is what may be between a name in bold and the stop of its label:
// ", ministre des transports. Madame la députée".
var describedEnd = regexp.MustCompile(`^(?: \([^()]{1,60}\))?, ?(\p{L}[\p{L}-]*)[^.:;?!]{3,100}\. `)

// describedIn finds it; a capital begins an office only.
func describedIn(t string) []int {
	m := describedEnd.FindStringSubmatchIndex(t)
	if m == nil || isCapital(t[m[2]:m[3]]) && classOf(t[m[2]:m[3]])&office == 0 {
		return nil
	}
	return m[:2]
}

// boldIn finds the stop that ends what is set off in bold at the beginning:
// "M. le président. La parole est à …".
func boldIn(b format.Block) (string, int, ending) {
	if b.Lead < 4 || b.Lead > mostLabel || b.Lead >= len(b.Text) {
		return "", 0, none
	}
	if m := describedIn(b.Text[b.Lead:]); m != nil {
		end := b.Lead + m[1]
		return strings.TrimRight(b.Text[:end], ". "), end, stop
	}
	lead := strings.TrimRight(b.Text[:b.Lead], " ")
	if !strings.HasSuffix(lead, ".") && !strings.HasPrefix(b.Text[b.Lead:], ".") {
		return "", 0, none
	}
	end := b.Lead + len(b.Text[b.Lead:]) - len(strings.TrimLeft(b.Text[b.Lead:], ". "))
	return strings.TrimRight(lead, "."), end, stop
}

// capitalsEnd is a name in capitals before a stop: "GIULIA ROSSI, Presidente del
// Consiglio. Onorevoli colleghi".
var capitalsEnd = regexp.MustCompile(`^((?:\p{Lu}[\p{Lu}'’-]+)(?: \p{Lu}[\p{Lu}'’-]+){0,3}(?: \([^()]{1,40}\))?(?:, \p{L}[^.:;?!]{3,80})?)\. ((?:“|«)?\p{Lu}[\p{Ll}'’])`)

// initialsStop is a family name in capitals and its initials, with what is said
// behind them: "ЛЕВЧУК М.П. Доброго дня".
var initialsStop = regexp.MustCompile(`^(\p{Lu}[\p{Lu}'’-]+ \p{Lu}\.\s?\p{Lu}\.)\s(\p{L})`)

// stopIn finds the stop behind an honorific and a name: "Mr. TALLOWAY. Mr.
// Speaker, …".
func stopIn(b format.Block) (string, int, ending) {
	if first, _, _ := strings.Cut(b.Text, " "); classOf(first)&beforeStop != 0 && isCapital(first) {
		if end, next := stopBehind(b.Text); end > 0 {
			return b.Text[:end], next, stop
		}
	}
	m := initialsStop.FindStringSubmatchIndex(b.Text)
	if m == nil {
		m = capitalsEnd.FindStringSubmatchIndex(b.Text)
	}
	if m == nil {
		return "", 0, none
	}
	return b.Text[:m[3]], m[4], stop
}

// stopBehind finds the full stop that ends a label, and where what is said begins: behind
// it come a space and a capital, and it is no abbreviation's and in no brackets.
func stopBehind(t string) (end, next int) {
	const most = 112 // bytes
	from := strings.IndexByte(t, ' ') + 1
	depth := 0
	for i, r := range t[:min(len(t), most)] {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '.':
			rest := strings.TrimLeft(t[i+1:], " ")
			first := firstRune(strings.TrimLeft(rest, "(“\""))
			if i <= from || depth > 0 || len(rest) == len(t[i+1:]) || isAbbreviation(t[from:i]) {
				continue
			}
			if !unicode.IsUpper(first) {
				return 0, 0
			}
			return i, len(t) - len(rest)
		}
	}
	return 0, 0
}

// isAbbreviation reports whether a text ends with a word that a stop doesn't end: an
// initial, or one such as "Mr".
func isAbbreviation(t string) bool {
	w := t[strings.LastIndexAny(t, " (.")+1:]
	return utf8.RuneCountInString(w) == 1 || slices.Contains([]string{"Jr", "Sr", "Mr", "Mrs", "Ms", "Dr", "ST", "St"}, w)
}

var behindLabel = regexp.MustCompile(`^\s*(?:[–—-]\s*)?((?:\([^()]{1,80}\)|\[[^\[\]]{1,80}\]|（[^（）]{1,40}）)\s*[:.]?\s*)+`)

// bracketsBehind is how many bytes of what follows a label tell how it is said:
// "(spoke in French)", "(As interpreted.)".
func bracketsBehind(rest string) int {
	spaces := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	m := behindLabel.FindStringIndex(rest)
	if m == nil || isParty(rest[:m[1]]) {
		return spaces
	}
	return m[1]
}

// isParty reports whether brackets hold no more than a code: "(PL)" stands for
// a language and belongs to what is said as it is printed.
func isParty(s string) bool {
	s = strings.Trim(s, " ()[]–—-")
	return len(s) <= 3 && strings.ToUpper(s) == s
}
