package speech

import (
	"slices"
	"strings"

	"example.org/attache/corpus/text"
)

// Name is a person's name taken apart, folded.
type Name struct {
	Given, Middle, Family, Suffix string
}

// ParsedName is a name as somebody writes it.
type ParsedName struct {
	Name
	Whole  string // all words of the name, folded
	Turned string // the same with the first word behind the others; empty where there is one only
	Title  string // what stands before the name, or behind it and a comma, folded, without honorifics
}

// ParseName takes a name apart: "foreign minister" is the title of "Foreign
// Minister Park Jin" and of "Park Jin, foreign minister". What holds no word
// gives the zero value.
func ParseName(s string) ParsedName {
	toks, title := cutTitle(s)
	if len(toks) == 0 {
		return ParsedName{}
	}
	p := ParsedName{Whole: joinKeys(toks), Title: joinKeys(slices.DeleteFunc(title, func(t token) bool { return t.is(honorific) }))}
	if len(toks) > 1 {
		p.Turned = joinKeys(toks[1:]) + " " + joinKeys(toks[:1])
	}
	n := len(toks)
	for n > 1 && toks[n-1].is(suffix) {
		n--
		p.Suffix = strings.TrimSuffix(toks[n].key, ".")
	}
	if n == 1 {
		p.Family = joinKeys(toks[:1])
		return p
	}
	p.Given, p.Family = splitName(toks, &nameRun{from: 0, to: len(toks), parts: n})
	p.Middle = middleOf(toks[:n], p.Given, p.Family)
	return p
}

// Agrees reports whether two names of one family name can be one person's.
func (k Name) Agrees(o Name) bool {
	if (k.Given == "") != (o.Given == "") {
		return false
	}
	if k.Given != "" && !words().sameGiven(k.Given, o.Given) && !misspelt(k.Given, o.Given) {
		return false
	}
	return sameMiddle(k.Middle, o.Middle) && (k.Suffix == o.Suffix || k.Suffix == "" || o.Suffix == "")
}

// Blocks returns the blocking keys of a name: of two names of one family name
// that agree, one has stored a key that the other asks for. With them those who
// agree are found without comparing everybody.
func (k Name) Blocks() (stored, asked []string) {
	const any = "*" // middle name
	middle := k.Middle[:min(1, len(k.Middle))]
	store := func(given string) { stored = append(stored, given+"|"+any, given+"|"+middle) }
	ask := func(given string) {
		if middle == "" {
			asked = append(asked, given+"|"+any)
			return
		}
		asked = append(asked, given+"|"+middle, given+"|")
	}
	g := strings.TrimSuffix(k.Given, ".")
	whole := "=" + strings.ReplaceAll(g, "-", "")
	store(whole)
	ask(whole)
	if g == "" {
		return stored, asked
	}
	store("begins " + g[:1])
	if len(g) == 1 {
		store("initial " + g)
		ask("begins " + g)
		return stored, asked
	}
	ask("initial " + g[:1])
	for _, full := range words().nicknames[g] {
		store("short of " + full)
		ask("short of " + full)
	}
	if len(k.Given) < leastMisspelt || len(k.Given) > mostMisspelt {
		return stored, asked
	}
	store("spelt " + k.Given)
	ask("left out " + k.Given)
	for i := range len(k.Given) {
		without := k.Given[:i] + k.Given[i+1:]
		store("left out " + without)
		ask("spelt " + without)
	}
	return stored, asked
}

// Common reports whether many people bear the family name.
func (k Name) Common() bool { return words().words[k.Family]&commonFamily != 0 }

// IsRank reports whether a folded word before an office makes a lower one of
// it: "deputy".
func IsRank(word string) bool { return words().words[word]&rankWord != 0 }

// cutTitle cuts a name into words and parts honorifics and titles from it,
// where at least one word is left.
func cutTitle(s string) (name, title []token) {
	t := Text{Body: withoutOffice(s)}
	t.Paragraphs = []text.Span{{Start: 0, End: len(t.Body)}}
	toks := tokens(t)
	if at := slices.IndexFunc(toks, func(t token) bool { return t.key == "," }); at > 0 && slices.ContainsFunc(toks[at:], isTypedOffice) {
		toks, title = toks[:at:at], toks[at+1:]
	}
	isSign := func(t token) bool { return t.kind != word }
	toks, title = slices.DeleteFunc(toks, isSign), slices.DeleteFunc(title, isSign)
	from := 0
	for len(toks)-from > 1 && beforeName(toks[from:]) {
		from++
	}
	from += officeBefore(toks[from:])
	return toks[from:], append(toks[:from:from], title...)
}

func isTypedOffice(t token) bool { return t.is(titleWord | anyRole) }

// officeBefore counts the words up to an office that only stands behind others
// than names: "White House adviser Blinken".
func officeBefore(toks []token) int {
	for i := len(toks) - 2; i > 0; i-- {
		if isTypedOffice(toks[i]) && !toks[i].is(given) {
			if slices.ContainsFunc(toks[:i], func(t token) bool { return t.is(given) }) {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// beforeName reports whether the first of at least two words is no part of a
// name but of what stands before it.
func beforeName(toks []token) bool {
	t, next := &toks[0], &toks[1]
	switch {
	case t.is(honorific):
		return !t.is(given|familyFirst) || len(toks) > 2
	case t.is(given | familyName):
		return false
	case t.is(titleWord | titleModifier | demonym | typedTitle):
		return true
	}
	// "Korea's envoy", "South Korean minister"
	return len(toks) > 2 && !next.is(given|familyName) &&
		(next.is(demonym|countryWord) || t.is(placeWord|countryWord|bodyWord) && (beforeName(toks[1:])))
}
