package record

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseUnspaced reads the labels of languages without capitals: a few signs.
func (l *label) parseUnspaced(head string) bool {
	if utf8.RuneCountInString(head) > 16 || l.ending == stop || l.ending == line && l.shape&bold == 0 {
		return false
	}
	for _, c := range []struct {
		class class
		shape shape
	}{{asker, asks}, {outlet, asks}} {
		for _, e := range words().list[c.class] {
			if strings.ContainsFunc(e, ideograph) && (strings.HasSuffix(head, e) || c.class == outlet && len(e) > 3 && strings.Contains(head, e)) {
				l.shape |= c.shape
				l.key = "q"
				return true
			}
		}
	}
	name := head
	for _, e := range words().list[answerer] {
		if strings.ContainsFunc(e, ideograph) && endsOffice(strings.TrimSuffix(name, e)) {
			name = strings.TrimSuffix(name, e) // "曾發言人答"
		}
	}
	head = name
	for cut := true; cut; {
		cut = false
		for _, e := range words().list[behind] {
			if rest := strings.TrimSuffix(name, e); rest != name && rest != "" {
				name, cut = rest, true
			}
		}
	}
	l.office = strings.TrimPrefix(head, name)
	if o, n := officeBefore(name); n != "" {
		l.office, name = o, n
		l.shape |= titled
	}
	if len(l.party) > 0 && strings.ContainsFunc(l.party[0], ideograph) && l.ending == dash {
		whole := l.party[0] // "外務大臣（岩屋毅君）"
		for _, e := range words().list[behind] {
			whole = strings.TrimSuffix(whole, e)
		}
		l.office, name = head, whole
	}
	l.name, l.key = []string{name}, name
	l.shape |= single
	if l.office != "" && utf8.RuneCountInString(name) == 1 && l.ending == colon {
		l.shape |= honoured | titled // a family name and an office
	}
	if l.shape&bold != 0 {
		l.shape |= full
		l.shape &^= single
	}
	return true
}

// officeBefore cuts a label of Chinese or the like behind the office that precedes a name
// of two to four signs: "發言人顏思齊".
func officeBefore(s string) (office, name string) {
	const fewest, most = 2, 4 // signs
	for _, e := range words().list[behind] {
		at := strings.LastIndex(s, e)
		if at < 0 || utf8.RuneCountInString(e) < fewest {
			continue
		}
		rest := s[at+len(e):]
		if n := utf8.RuneCountInString(rest); n >= fewest && n <= most && (name == "" || len(rest) < len(name)) && !strings.ContainsFunc(rest, func(r rune) bool { return !unicode.In(r, unicode.Han) }) {
			office, name = s[:at+len(e)], rest
		}
	}
	return office, name
}

// isCaseless reports whether a letter is of a script that has no capitals, yet sets
// words apart.
func isCaseless(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }

// parseCaseless reads the labels of such scripts: offices, then a name of up to four
// words, before a colon.
func (l *label) parseCaseless(ws []string) bool {
	const most = 4
	if l.ending != colon || l.tail != "" {
		return false
	}
	i := 0
	for i < len(ws) && classOf(ws[i])&(office|honorific) != 0 {
		if classOf(ws[i])&office != 0 {
			l.office = strings.TrimSpace(l.office + " " + ws[i])
		}
		i++
	}
	if l.office != "" {
		l.shape |= titled
	}
	switch name := ws[i:]; {
	case len(name) > most:
		return false
	case len(name) == 0:
		l.shape |= bare
		l.key = l.office
	default:
		l.name = slices.Clone(name)
		l.finish()
	}
	return l.key != ""
}
