package record

import (
	"regexp"
	"slices"
	"strings"

	"example.org/attache/corpus/format"
)

var askerMark = regexp.MustCompile(`^((?:Q|A)(?:[ \x{a0}](?::|[-–—])[ \t\x{a0}]+|[.:]?[ \t\x{a0}]+|[.:]|[-–—] ?))(?:[(“"'‘]?\p{Lu}|[\[(“"'‘¿¡…-]|\d)`)

// initialsAhead are initials, of which the first is no label: "A.M. EDT".
var initialsAhead = regexp.MustCompile(`^[QA]\.\s?\p{Lu}\.`)

// askerOf reads "Q   Does the ministry …", which needs no colon; A does.
func askerOf(t string) (label, bool) {
	m := askerMark.FindStringSubmatchIndex(t)
	if m == nil || initialsAhead.MatchString(t) {
		return label{}, false
	}
	l := label{text: t[:1], length: m[3], ending: space, shape: asks, key: "q"}
	mark := strings.TrimSpace(t[1:l.length])
	if strings.HasPrefix(mark, ":") {
		l.ending = colon
	}
	if l.text == "A" {
		if l.shape, l.key = answers, "a"; mark == "" && !strings.HasPrefix(t[1:], "  ") {
			return label{}, false // the article
		}
	}
	return l, true
}

// reporterIn is a reporter with the outlet, in brackets: "(Asha Noor, Daily Post): ".
var reporterIn = regexp.MustCompile(`^\(\p{Lu}\p{L}+(?: \p{Lu}[\p{L}.'’-]*){1,3}, \p{Lu}[^():]{1,40}\) ?: ?`)

// askedIn is the label of a question in brackets: "(Question in Urdu): ".
var askedIn = regexp.MustCompile(`^\((\p{L}+)(?: [^():]{1,40})?\) ?: ?`)

// letterMark is the letter that a question or an answer begins with in other
// languages: "P.- ", "R.– ", "R : ", and a word for either in brackets: "<질문> ".
var letterMark = regexp.MustCompile(`^(?:(\p{Lu})(?:\.?\s?[-–—]|[ \x{a0}]?:)\s+|[<\[〈【(（]\s?(\p{L}{2,10})\s?[>\]〉】)）]\s*)`)

func letterOf(t string) (label, bool) {
	if m := hangulHolder.FindStringSubmatch(t); m != nil && firstRune(t) != firstRune(m[1]) && endsOffice(m[2]) && !endsOffice(m[1]) {
		return label{text: t, length: len(t), ending: colon, shape: bold | full | titled, office: m[2], name: []string{m[1]}, key: m[1]}, true
	}
	m := letterMark.FindStringSubmatchIndex(t)
	if m == nil {
		return label{}, false
	}
	at := 2
	if m[2] < 0 {
		at = 4
	}
	l := label{text: t[m[at]:m[at+1]], length: m[1], ending: colon}
	switch c := classOf(l.text); {
	case m[1] == len(t):
		return label{}, false // an aside
	case c&asker != 0:
		l.shape, l.key = asks, "q"
	case c&answerer != 0:
		l.shape, l.key = answers, "a"
		if m := answererIn.FindStringSubmatchIndex(t[l.length:]); m != nil && endsOffice(t[l.length+m[4]:l.length+m[5]]) {
			at := l.length
			l.name, l.office = []string{t[at+m[2] : at+m[3]]}, t[at+m[4]:at+m[5]]
			l.shape, l.key, l.length = bold|full|titled, l.name[0], at+m[1]
			l.text = strings.TrimSpace(t[:l.length])
		}
	default:
		return label{}, false
	}
	return l, true
}

// boldAsker reads a word for a question or an answer that is set off: "**Respuesta.** Sí".
func boldAsker(b format.Block) (label, bool) {
	if b.Lead == 0 || b.Lead >= len(b.Text) || strings.Contains(b.Text[:b.Lead], " ") {
		return label{}, false
	}
	word := strings.TrimRight(b.Text[:b.Lead], ".:")
	l := label{text: word, ending: colon}
	switch c := classOf(word); {
	case c&asker != 0:
		l.shape, l.key = asks|bold, "q"
	case c&answerer != 0:
		l.shape, l.key = answers|bold, "a"
	default:
		return label{}, false
	}
	rest := strings.TrimLeft(b.Text[b.Lead:], " .:")
	l.length = len(b.Text) - len(rest)
	return l, rest != ""
}

// answererIn is who answers, in brackets behind the label of an answer in Korean:
// "<답변> (서나래 대변인) ".
var answererIn = regexp.MustCompile(`^\((\p{Hangul}{2,4}) (\p{Hangul}{2,16})\)\s*`)

// markedSpeaker is how the records of East Asia mark who speaks: "○大河原委員長　",
// "【北原外務大臣】".
var markedSpeaker = regexp.MustCompile(`^(?:[○◯〇●]\s?([^\s　（(：:]{2,24}(?:[（(][^）)]{1,24}[）)])?)[\s　：:]+|【([^】]{2,24})】\s?)`)

// spacedSpeaker is how Korean records write office and name: "◯위원장 김석기  ",
// "◯서나래 의원  ".
var spacedSpeaker = regexp.MustCompile(`^[○◯〇●]\s?(\p{Hangul}{2,16}) (\p{Hangul}{2,16})(?:\s{2,}|\x{3000}|$)`)

func markedOf(t string) (label, bool) {
	if m := spacedSpeaker.FindStringSubmatchIndex(t); m != nil {
		l := label{text: t[m[2]:m[5]], length: m[1], ending: dash, shape: bold | full, office: t[m[2]:m[3]]}
		name := t[m[4]:m[5]]
		if endsOffice(name) {
			l.office, name = name, t[m[2]:m[3]]
		}
		l.name, l.key = []string{name}, name
		return l, true
	}
	m := markedSpeaker.FindStringSubmatchIndex(t)
	if m == nil {
		return label{}, false
	}
	at := 2
	if m[2] < 0 {
		at = 4
	}
	l := label{text: t[m[at]:m[at+1]], length: m[1], ending: dash}
	l.shape = bold
	return l, l.parse()
}

// endsOffice reports whether a word of a language without capitals is an office.
func endsOffice(w string) bool {
	return slices.ContainsFunc(words().list[behind], func(e string) bool { return strings.HasSuffix(w, e) })
}
