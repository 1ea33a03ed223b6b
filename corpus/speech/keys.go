package speech

import (
	"slices"
	"strings"
	"unicode"

	"github.com/xrash/smetrics"

	"attache/corpus/text"
)

// nameKey is a name taken apart, folded.
type nameKey struct {
	given, middle, family, suffix string
}

// agrees reports whether two names of one family name can be one person's.
func (k nameKey) agrees(o nameKey) bool {
	if (k.given == "") != (o.given == "") {
		return false
	}
	if k.given != "" && !words().sameGiven(k.given, o.given) && !misspelt(k.given, o.given) {
		return false
	}
	return sameMiddle(k.middle, o.middle) && (k.suffix == o.suffix || k.suffix == "" || o.suffix == "")
}

// keyOf takes a name apart, titles and honorifics left out.
func keyOf(s string) nameKey {
	toks := nameTokens(s)
	if len(toks) == 0 {
		return nameKey{}
	}
	var k nameKey
	n := len(toks)
	for n > 1 && toks[n-1].is(suffix) {
		n--
		k.suffix = strings.TrimSuffix(toks[n].key, ".")
	}
	if n == 1 {
		k.family = joinKeys(toks[:1])
		return k
	}
	k.given, k.family = splitName(toks, &nameRun{from: 0, to: len(toks), parts: n})
	k.middle = middleOf(toks[:n], k.given, k.family)
	return k
}

// nameTokens cuts a name into words, without its title.
func nameTokens(s string) []token {
	name, _ := cutTitle(s)
	return name
}

// Title returns what stands before a name, or behind it and a comma, folded:
// "foreign minister" of "Foreign Minister Park Jin" and of "Park Jin, foreign
// minister". Honorifics are left out.
func Title(name string) string {
	_, title := cutTitle(name)
	return joinKeys(slices.DeleteFunc(title, func(t token) bool { return t.is(honorific) }))
}

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

// Keys returns the folded keys under which a person of this name is looked
// up: the name in either order, without middle names, with initials, and the
// family name alone. A typed name finds a person when the two share a key; the
// first key is the whole name. Titles and accents are left out.
func Keys(name string) []string {
	toks := nameTokens(name)
	if len(toks) == 0 {
		return nil
	}
	k := keyOf(name)
	whole := joinKeys(toks)
	keys := []string{whole}
	add := func(parts ...string) {
		key := strings.Join(parts, " ")
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if k.given != "" {
		add(k.given, k.family)
		add(k.family, k.given)
		if r := []rune(k.given); unicode.IsLetter(r[0]) && r[0] < 0x2E80 {
			add(string(r[:1]), k.family)
		}
		if joined := strings.NewReplacer("-", "", " ", "").Replace(k.given); joined != k.given {
			add(joined, k.family)
			add(k.family, joined)
		}
		add(k.family)
		if at := strings.LastIndexByte(k.family, ' '); at >= 0 {
			add(k.family[at+1:])
		}
	}
	return keys
}

// Near tells how near two names are to each other, 0 to 1, whatever their
// accents, case, titles and the order of their parts: 1 is the same name, and
// from 0.9 on one is likely a misspelling of the other.
func Near(a, b string) float64 {
	best := 0.0
	for _, x := range orders(a) {
		for _, y := range orders(b) {
			if x == "" || y == "" {
				continue
			}
			best = max(best, smetrics.JaroWinkler(x, y, 0.7, 4))
		}
	}
	return best
}

// orders is a folded name in both orders of its parts.
func orders(name string) []string {
	toks := nameTokens(name)
	if len(toks) == 0 {
		return nil
	}
	whole := joinKeys(toks)
	if len(toks) < 2 {
		return []string{whole}
	}
	return []string{whole, joinKeys(toks[1:]) + " " + joinKeys(toks[:1])}
}
