// Package names takes personal names apart and compares them: whether two
// spellings can be one person's. Parts of names are folded (lower case, without
// accents).
package names

import (
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/script"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// Name is a person's name taken apart, folded.
type Name struct {
	Given, Middle, Family, Suffix string
}

// Parsed is a name as somebody writes it.
type Parsed struct {
	Name
	Whole  string // all words of the name, folded
	Turned string // the same with the first word behind the others; empty where there is one only
	Title  string // the title before the name, or behind it and a comma, folded, without honorifics
}

// Parse takes a name apart: "foreign minister" is the title of "Foreign
// Minister Park Jin" and of "Park Jin, foreign minister". What holds no word
// gives the zero value.
func Parse(s string) Parsed {
	toks, title := cutTitle(s)
	if len(toks) == 0 {
		return Parsed{}
	}
	p := Parsed{Whole: token.JoinKeys(toks), Title: token.JoinKeys(slices.DeleteFunc(title, func(t token.Token) bool { return t.Is(word.Honorific) }))}
	if len(toks) > 1 {
		p.Turned = token.JoinKeys(toks[1:]) + " " + token.JoinKeys(toks[:1])
	}
	n := len(toks)
	for n > 1 && toks[n-1].Is(word.Suffix) {
		n--
		p.Suffix = strings.TrimSuffix(toks[n].Key, ".")
	}
	if n == 1 {
		p.Family = token.JoinKeys(toks[:1])
		return p
	}
	p.Given, p.Family = Split(toks[:n])
	p.Middle = Middle(toks[:n], p.Given, p.Family)
	return p
}

// Agrees reports whether two names of one family name can be one person's.
func (k Name) Agrees(o Name) bool {
	if (k.Given == "") != (o.Given == "") {
		return false
	}
	if k.Given != "" && !SameGiven(k.Given, o.Given) && !Misspelt(k.Given, o.Given) {
		return false
	}
	return SameMiddle(k.Middle, o.Middle) && (k.Suffix == o.Suffix || k.Suffix == "" || o.Suffix == "")
}

// Common reports whether many people bear the family name.
func (k Name) Common() bool { return word.Of(k.Family)&word.CommonFamily != 0 }

// IsRank reports whether w, a folded word before an office makes a lower one of
// it: "deputy".
func IsRank(w string) bool { return word.Of(w)&word.Rank != 0 }

// cutTitle cuts a name into words and parts honorifics and titles from it,
// where at least one word is left.
func cutTitle(s string) (name, title []token.Token) {
	t := speech.Text{Body: script.WithoutOffice(s)}
	t.Paragraphs = []text.Span{{Start: 0, End: len(t.Body)}}
	toks := token.Split(t)
	if at := slices.IndexFunc(toks, func(t token.Token) bool { return t.Key == "," }); at > 0 && slices.ContainsFunc(toks[at:], isTypedOffice) {
		toks, title = toks[:at:at], toks[at+1:]
	}
	isSign := func(t token.Token) bool { return t.Kind != token.Word }
	toks, title = slices.DeleteFunc(toks, isSign), slices.DeleteFunc(title, isSign)
	from := 0
	for len(toks)-from > 1 && beforeName(toks[from:]) {
		from++
	}
	from += officeBefore(toks[from:])
	return toks[from:], append(toks[:from:from], title...)
}

func isTypedOffice(t token.Token) bool { return t.Is(word.Title | word.AnyRole) }

// officeBefore counts the words up to an office that follows no names but other
// words: "White House adviser Blinken".
func officeBefore(toks []token.Token) int {
	for i := len(toks) - 2; i > 0; i-- {
		if isTypedOffice(toks[i]) && !toks[i].Is(word.Given) {
			if slices.ContainsFunc(toks[:i], func(t token.Token) bool { return t.Is(word.Given) }) {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// beforeName reports whether the first of at least two words is no part of a
// name but of the title before it.
func beforeName(toks []token.Token) bool {
	t, next := &toks[0], &toks[1]
	switch {
	case t.Is(word.Honorific):
		return !t.Is(word.Given|word.FamilyFirst) || len(toks) > 2
	case t.Is(word.Given | word.FamilyName):
		return false
	case t.Is(word.Title | word.Modifier | word.Demonym | word.TypedTitle):
		return true
	}
	// "Korea's envoy", "South Korean minister"
	return len(toks) > 2 && !next.Is(word.Given|word.FamilyName) &&
		(next.Is(word.Demonym|word.Country) || t.Is(word.Place|word.Country|word.Body) && (beforeName(toks[1:])))
}

// SameGiven reports whether two folded given names can be of one person:
// equal, a nickname, or an initial.
func SameGiven(a, b string) bool {
	if a == b {
		return true
	}
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	if strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", "") {
		return true
	}
	for _, x := range word.FullForms(a) {
		for _, y := range word.FullForms(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

// The bytes of given names that may be misspelt.
const (
	leastMisspelt = 6
	mostMisspelt  = 40
)

// Misspelt reports whether two given names of some length differ by one
// letter that one of them leaves out, and are of one gender as far as known.
func Misspelt(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < leastMisspelt || len(b) > mostMisspelt || len(b) != len(a)+1 || word.GivenGender(a)|word.GivenGender(b) == speech.Male|speech.Female {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return a[i:] == b[i+1:]
}

// Middle is the name between a given and a family name.
func Middle(ts []token.Token, givenName, family string) string {
	rest := len(ts) - 1 - len(strings.Fields(family))
	if rest <= 0 || strings.Contains(givenName, " ") {
		return ""
	}
	return token.JoinKeys(ts[1 : 1+rest])
}

// SameMiddle reports whether two middle names can be one person's: one is left
// out, or they begin alike.
func SameMiddle(a, b string) bool { return a == "" || b == "" || a[0] == b[0] }

// Split splits a full name into the given and the family name.
func Split(ts []token.Token) (givenName, family string) {
	if FamilyLeads(ts) {
		return token.JoinKeys(ts[1:]), ts[0].Key
	}
	at := len(ts) - 1
	for at > 1 && ts[at-1].Is(word.Particle) && !token.IsInitial(&ts[at-1]) {
		at--
	}
	return strings.TrimSuffix(ts[0].Key, "."), token.JoinKeys(ts[at:])
}

// FamilyLeads reports whether a name begins with its family name, as Korean,
// Chinese and Vietnamese ones do.
func FamilyLeads(ts []token.Token) bool {
	if !ts[0].Is(word.FamilyFirst) || len(ts) > 3 {
		return false
	}
	for _, t := range ts[1:] {
		if !syllables(t.Key) || t.Is(word.Particle) || token.IsInitial(&t) {
			return false
		}
	}
	last := ts[len(ts)-1]
	if strings.Contains(ts[1].Key, "-") || len(ts) == 3 {
		return true
	}
	return !ts[0].Is(word.Given) || !last.Is(word.FamilyName) || last.Is(word.FamilyFirst)
}

// syllables reports whether a folded word is one to three syllables as
// romanised Korean, Chinese and Vietnamese names have them.
func syllables(w string) bool {
	n := 0
	for part := range strings.SplitSeq(w, "-") {
		for part != "" {
			k := syllable(part)
			if k == 0 {
				return false
			}
			part = part[k:]
			n++
		}
	}
	return n >= 1 && n <= 3 && len(w) <= 11
}

// syllable is the length of the syllable that w begins with: up to two
// consonants, up to three vowels, and a final consonant that opens no other.
func syllable(w string) int {
	const vowels = "aeiouyw"
	i := 0
	for i < len(w) && i < 3 && !strings.ContainsRune("aeiou", rune(w[i])) {
		i++
	}
	start := i
	for i < len(w) && i-start < 3 && strings.IndexByte(vowels, w[i]) >= 0 {
		i++
	}
	if i == start || start > 2 && w[:2] != "ng" {
		return 0
	}
	open := func(j int) bool { return j >= len(w) || strings.IndexByte("aeiou", w[j]) < 0 }
	switch {
	case (strings.HasPrefix(w[i:], "ng") || strings.HasPrefix(w[i:], "ck")) && open(i+2):
		return i + 2
	case i < len(w) && strings.IndexByte("nmklptrh", w[i]) >= 0 && open(i+1):
		return i + 1
	}
	return i
}
