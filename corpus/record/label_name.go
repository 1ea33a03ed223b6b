package record

import (
	"slices"
	"strings"
	"unicode"
)

// isFamilyName reports whether a word can be a family name on its own.
func isFamilyName(w string) bool {
	return isCapital(w) && !isUpper(w) && classOf(w) == 0 && !strings.Contains(strings.ToLower(w), "interpret")
}

// isFullName reports whether two words can be a given and a family name.
func isFullName(ws []string) bool {
	return !slices.ContainsFunc(ws, func(w string) bool {
		return !isCapital(w) || classOf(w)&(office|particle|honorific|never) != 0
	})
}

// isOffice takes an office behind an article, whose holder is in brackets:
// "The Parliamentary Under-Secretary of State for Towns (Dr Mira Chand)".
func (l *label) isOffice(ws []string) bool {
	if !isOfficeOf(ws) {
		return false
	}
	l.office = strings.Join(ws, " ")
	if !l.nameElsewhere() || len(l.name) == 0 {
		l.office = ""
		return false
	}
	l.shape |= titled
	l.finish()
	return true
}

// officeEnd is where what a small word at i joins to an office ends: behind the
// capitalised words, but for the last two of more than two, which are a name
// ("President of Russia Vladimir Putin").
func (l *label) officeEnd(ws []string, i int) int {
	j := i + 1
	for j < len(ws) && (isCapital(ws[j]) || classOf(ws[j])&particle != 0) {
		j++
	}
	if j == len(ws) && j-i > 3 && classOf(ws[j-1])&(office|particle) == 0 && classOf(ws[j-2])&(office|particle) == 0 && !isUpper(ws[i-1]) {
		return j - 2
	}
	return j
}

// parseName takes what honorific and office leave over, and judges the whole.
func (l *label) parseName(rest []string) bool {
	if n := len(rest); n > 1 && l.shape&honoured == 0 && classOf(rest[n-1])&office != 0 && isOfficePhrase(rest) {
		// "NATO Secretary General", "The First Minister"
		l.office = strings.TrimSpace(l.office + " " + strings.Join(rest, " "))
		l.shape |= titled
		rest = nil
	} else if at := officeBehindName(rest); at > 0 && l.ending == line && l.shape&honoured == 0 {
		// "Gethin Rosser First Minister"
		l.office = strings.TrimSpace(l.office + " " + strings.Join(rest[at:], " "))
		l.shape |= titled
		rest = rest[:at]
	} else if at := lastOffice(rest); at >= 0 {
		// "NATO Spokesperson Farah Dakh", "French President Paul Roy"
		l.office = strings.TrimSpace(l.office + " " + strings.Join(rest[:at+1], " "))
		l.shape |= titled
		rest = rest[at+1:]
	}
	if l.article && l.shape&(honoured|titled) == 0 && isOfficeOf(rest) {
		// "The Cabinet Secretary for Transport"
		l.office, rest = strings.Join(rest, " "), nil
		l.shape |= titled
	}
	if l.shape&titled != 0 && l.shape&honoured == 0 && len(rest) > 0 && !slices.ContainsFunc(rest, func(w string) bool { return classOf(w)&bodyWord == 0 }) {
		l.office, rest = l.office+" "+strings.Join(rest, " "), nil // "Juru Bicara Kemlu"
	}
	for n := len(rest); n > 1 && classOf(rest[n-1])&letters != 0 && isUpper(rest[n-1]); n = len(rest) {
		rest = rest[:n-1] // "Ada Brand MP"
	}
	name := rest
	if at := slices.IndexFunc(rest, func(w string) bool { return plain(w) == "of" }); at > 0 && l.shape&honoured != 0 && !isNoble(l.honorific) {
		name = rest[:at] // "Mrs. OKONJE of Delmar"
		l.party = append(l.party, strings.Join(rest[at+1:], " "))
	}
	if len(name) > 1 && plain(name[0]) == "of" && isNoble(l.honorific) {
		_, title, _ := cutLast(l.honorific)
		name = append([]string{title}, name...) // "The Earl of Brod"
	}
	capitalised := 0
	for _, w := range name {
		switch c := classOf(w); {
		case slices.Contains([]string{"the", "and", "to", "for"}, plain(w)):
			return false // "STAT OF THE WEEK"
		case isCapital(w) || isInitials(w):
			capitalised++
			if c&never != 0 && len(name) == 1 {
				return false
			}
		case c&particle == 0 && !strings.HasPrefix(w, "al-") && !strings.HasPrefix(w, "d’") && !strings.HasPrefix(w, "d'"):
			return false
		}
	}
	switch {
	case capitalised > 5 || len(name) > 0 && capitalised == 0:
		return false
	case len(name) > 0 && classOf(name[0])&particle != 0 && !isCapital(name[0]) && l.shape&(honoured|titled) == 0 && len(name) < 2:
		return false
	}
	if len(name) == 0 {
		if l.office == "" || !l.nameElsewhere() {
			if l.office == "" {
				return false
			}
			l.shape |= bare
			l.key = plain(l.office)
			return true
		}
	} else {
		l.name = slices.Clone(name)
	}
	if l.shape&(honoured|titled) == 0 && len(l.name) > 1 && slices.ContainsFunc(l.name, func(w string) bool { return classOf(w)&speechNoun != 0 }) {
		return false // "Prepared Remarks"
	}
	inBrackets := func(p string) bool { return outletIn(strings.Fields(p)) }
	if outletIn(l.name) || l.shape&(honoured|titled) == 0 && (outletIn(strings.Fields(l.tail)) || slices.ContainsFunc(l.party, inBrackets)) {
		l.shape |= asks
		l.key = "q"
	}
	upper := slices.ContainsFunc(l.name, isUpper)
	if l.shape&bold != 0 && l.tail != "" && l.tailIsOffice() {
		upper = false
	}
	if upper && (len(l.name) > 4 || len(l.name)+len(strings.Fields(l.tail)) > 10) || slices.ContainsFunc(l.name, isPossessive) {
		return false // a headline
	}
	l.finish()
	return true
}

// isNoble reports whether the last of some honorifics is a title of nobility.
func isNoble(honorifics string) bool {
	_, last, _ := cutLast(honorifics)
	return classOf(last)&noble != 0
}

// isOfficeOf reports whether words behind "the" are an office: one of them is, and
// the others are capitalised as in its name.
func isOfficeOf(ws []string) bool {
	found := false
	for _, w := range ws {
		c := classOf(w)
		if found = found || c&office != 0 && isCapital(w); !isCapital(w) && c&(particle|office) == 0 {
			return false
		}
	}
	return found
}

// isOfficePhrase reports whether words that end in an office are nothing but one:
// all of them offices, or one more before them ("NATO Secretary General", "Trade Minister").
func isOfficePhrase(ws []string) bool {
	others := 0
	for _, w := range ws {
		if classOf(w)&office == 0 {
			others++
		}
	}
	last := classOf(ws[len(ws)-1])
	if others > 1 && last&soleOffice != 0 {
		others = 0
		for _, w := range ws {
			if classOf(w)&(office|bodyWord|never) == 0 {
				others++ // "Foreign Affairs Minister"
			}
		}
	}
	return others == 0 || others == 1 && (last&soleOffice != 0 || classOf(ws[0])&office == 0 && (isUpper(ws[0]) || classOf(ws[0])&never != 0))
}

// officeBehindName is where an office begins that ends words which begin with a full
// name; 0 for none.
func officeBehindName(ws []string) int {
	at := len(ws)
	for at > 0 && classOf(ws[at-1])&(office|particle) != 0 {
		at--
	}
	if at == len(ws) || at < 2 || at > 4 || classOf(ws[at])&office == 0 || !isFullName(ws[:at]) {
		return 0
	}
	return at
}

// lastOffice is where the last office within a name is that more of a name
// follows; -1 for none.
func lastOffice(name []string) int {
	for i := len(name) - 2; i >= 0; i-- {
		if classOf(name[i])&office == 0 || !isCapital(name[i]) || !isCapital(name[i+1]) {
			continue
		}
		for _, w := range name[:i] {
			if !isCapital(w) && classOf(w)&particle == 0 {
				return -1
			}
		}
		if i > 6 {
			return -1
		}
		return i
	}
	return -1
}

// nameElsewhere takes the name of an office's holder from behind the comma or from
// brackets: "Official Spokesperson, Shri Randhir Jaiswal", "The Minister of State
// (Piers Dunmore)". Text behind the comma without an honorific may belong
// to the office, so brackets go before it.
func (l *label) nameElsewhere() bool {
	if name, h := holderIn(l.tail); h != "" && len(name) > 0 {
		l.take(name, h)
		return true
	}
	for i, p := range l.party {
		if before, _, ok := strings.Cut(p, " of "); ok {
			p = before // "(Mr. Abel Quill of Norden)"
		}
		if name, h := holderIn(p); len(name) > 0 {
			l.take(name, h)
			l.party = slices.Delete(l.party, i, i+1)
			return true
		}
	}
	if l.ending != colon {
		return false
	}
	tail := l.tail[strings.LastIndexByte(l.tail, ',')+1:] // "SECRETARY FOR TRADE, PORTS AND RAIL, ADA BRAND"
	if name, h := holderIn(tail); len(name) > 0 {
		l.take(name, h)
		return true
	}
	return false
}

// holderIn reads words that are nothing but a name, perhaps behind an honorific,
// which a family name alone needs, or the title of a member: "Deputy Cathal
// Brannigan".
func holderIn(s string) (name []string, h string) {
	ws := strings.Fields(s)
	for len(ws) > 1 && classOf(ws[0])&(honorific|office) != 0 && isCapital(ws[0]) {
		if classOf(ws[0])&(honorific|member) != 0 {
			h = ws[0]
		}
		ws = ws[1:]
	}
	if len(ws) < 2 && (h == "" || len(ws) == 0) || len(ws) > 5 || !isCapital(ws[0]) {
		return nil, ""
	}
	if slices.ContainsFunc(ws, func(w string) bool {
		return !isCapital(w) && !isInitials(w) && classOf(w)&particle == 0 || classOf(w)&(office|never) != 0 || strings.ContainsFunc(w, unicode.IsDigit)
	}) {
		return nil, ""
	}
	return ws, h
}

// outletIn reports whether a name is that of a newspaper or the like.
func outletIn(name []string) bool {
	const short = 3 // letters of such as AP, which is a word of names too
	is := func(w string) bool {
		w = strings.TrimRight(w, "0123456789") // "News24"
		return classOf(w)&outlet != 0 && (len(plain(w)) > short || isUpper(w))
	}
	return len(name) > 0 && (is(name[len(name)-1]) || len(name) > 1 && is(name[0]))
}
