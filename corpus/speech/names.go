package speech

import (
	"strings"

	"example.org/attache/corpus/text"
)

// A nameRun is a run of capitalised words that may be a person's name: titles,
// bodies and places cut off.
type nameRun struct {
	from, to int    // tokens
	words    string // folded, with single spaces, without a suffix
	parts    int    // words without suffix
	before   int    // first token of the capitalised words before it: its title, where it has one
	inRun    bool   // more capitalised words follow
	weak     bool   // a place, a body or an everyday word: a name only where the text has given it in full
	heading  bool   // in a line of capitalised words
	foreign  bool   // in another language than English, where capitals tell less
}

// names finds the names in the tokens of a text, in order.
func names(toks []token, headings []bool, plain map[string]bool) []nameRun {
	var out []nameRun
	known := everydayNames(toks)
	for i := 0; i < len(toks); {
		if !startsRun(toks, i, plain, known) {
			i++
			continue
		}
		end := runEnd(toks, i)
		out = cutRun(out, toks, i, end, headings[toks[i].para], plain)
		i = max(end, i+1)
		if n := len(out); n > 0 {
			i = max(i, out[n-1].to) // a name's ", Jr." opens no other
		}
	}
	return out
}

// startsRun reports whether token i can open a run of capitalised words.
func startsRun(toks []token, i int, plain, known map[string]bool) bool {
	t := &toks[i]
	if t.kind != word || !t.caps {
		return false
	}
	if t.is(functionWord) && !(t.is(given|familyName) && !t.first) {
		return t.first && t.is(given) && namedAfter(toks, i) || !t.first && i > 0 && known[t.key]
	}
	if t.first && !t.is(given|familyName|titleWord|honorific|placeWord|demonym) {
		if plain[t.key] || strings.HasSuffix(t.key, "ing") && len(t.key) > 5 || strings.HasSuffix(t.key, "ly") && len(t.key) > 5 {
			return false
		}
	}
	return true
}

// namedAfter reports whether a sentence-opening word that is both everyday and
// a given name ("Will", "Grace") is followed by nothing but a family name.
func namedAfter(toks []token, i int) bool {
	return i+2 < len(toks) && toks[i+1].kind == word && toks[i+1].caps && toks[i+1].is(familyName) &&
		!toks[i+1].is(given) && (toks[i+2].key == "," || toks[i+2].is(strongCue|auxiliary))
}

// everydayNames are the everyday words that the text uses as family names.
func everydayNames(toks []token) map[string]bool {
	known := map[string]bool{}
	for i := range toks {
		if namesFamily(toks, i) {
			known[toks[i].key] = true
		}
	}
	return known
}

// namesFamily reports whether an everyday word stands capitalised behind a
// given name, in the middle of a sentence: "Marty Small said".
func namesFamily(toks []token, i int) bool {
	t := &toks[i]
	if i == 0 || !t.caps || t.upper || !t.is(functionWord) || t.first || len(t.key) < 3 || t.is(strongCue|auxiliary) {
		return false
	}
	p := &toks[i-1]
	return p.caps && p.is(given) && !p.is(weakName|placeWord|functionWord) && p.para == t.para &&
		(i+1 >= len(toks) || !toks[i+1].caps)
}

// runEnd is the token after the run of capitalised words at i: initials and
// particles between them belong to it.
func runEnd(toks []token, i int) int {
	end := i + 1
	for j := i + 1; j < len(toks) && toks[j].para == toks[i].para; {
		t := &toks[j]
		switch {
		case t.kind == word && t.caps && (!t.is(functionWord) || t.is(given|familyName) || namesFamily(toks, j)):
			if endsSentence(&toks[j-1]) && t.first {
				return end
			}
			j++
			end = j
		case t.kind == word && t.is(particle) && of(toks, j):
			return end
		case t.kind == word && t.is(particle) && j+1 < len(toks) && (toks[j+1].caps || toks[j+1].is(particle)) && j-end < 3:
			j++
		default:
			return end
		}
	}
	return end
}

// of reports whether the particle at token j stands between a word and
// somebody's full name: "Angaben von Lena Ortmann".
func of(toks []token, j int) bool {
	switch toks[j].key {
	case "von", "de", "di", "du", "do", "da":
		return j+1 < len(toks) && !toks[j].caps && toks[j+1].is(given) && !toks[j+1].is(weakName|familyName|particle) && !toks[j-1].is(given)
	}
	return false
}

// endsSentence reports whether a token with a full stop can end a sentence.
func endsSentence(t *token) bool {
	return t.kind == word && strings.HasSuffix(t.key, ".") && !t.is(titleWord|honorific) && len(t.key) > 2
}

// cutRun cuts titles, bodies and places off a run and adds what is left.
func cutRun(out []nameRun, toks []token, from, end int, heading bool, plain map[string]bool) []nameRun {
	start := from // of the current name
	for i := from; i < end; i++ {
		if i == start && describes(toks, i, end, plain) {
			start = i + 1
			continue
		}
		verb := headlineVerb(toks, start, i, plain)
		switch {
		case verb:
			out = addName(out, toks, from, start, i, i, heading)
		case partOfName(toks, start, i, end):
			continue
		case i > start:
			out = addName(out, toks, from, start, i, end, heading)
		}
		start = i + 1
		if start == end && !toks[i].is(calendar|demonym) {
			out = append(out, nameRun{from: i, to: end, words: toks[i].key, parts: 1, before: from, heading: heading, weak: true})
		}
	}
	if end > start {
		out = addName(out, toks, from, start, end, end, heading)
	}
	return out
}

// headlineVerb reports whether token i is the verb of a headline behind a name
// that begins at start: "Ann Lee Joins".
func headlineVerb(toks []token, start, i int, plain map[string]bool) bool {
	t := &toks[i]
	if i-start < 2 || t.is(given|familyName|suffix|particle) || !strings.HasSuffix(t.key, "s") || len(t.key) < 4 || toks[i-1].is(given) && !toks[i-1].is(familyName) || isInitial(&toks[i-1]) {
		return false
	}
	return t.is(strongCue|verbWord) || plain[t.key] || plain[t.key[:len(t.key)-1]] || i+1 < len(toks) && toks[i+1].caps && toks[i+1].is(given)
}

// describes reports whether an unknown word stands before a full name and is no
// part of it: "Celebrities Ann Lee", "SEAL Ann Lee".
func describes(toks []token, i, end int, plain map[string]bool) bool {
	t := &toks[i]
	if i+2 >= end || t.class != 0 || isInitial(t) || !toks[i+1].is(given) || toks[i+1].is(weakName|placeWord) || toks[i+2].is(suffix) {
		return false
	}
	return t.first || t.upper || plain[t.key] || strings.HasSuffix(t.key, "er") || strings.HasSuffix(t.key, "or") || strings.HasSuffix(t.key, "ian") || strings.HasSuffix(t.key, "s")
}

// partOfName reports whether token i of a run can be part of the name that
// begins at start.
func partOfName(toks []token, start, i, end int) bool {
	t := &toks[i]
	inside := i > start // something of the name stands before it
	strongFirst := inside && toks[start].is(given) && (!toks[start].is(weakName|placeWord|bodyWord) || start > 0 && toks[start-1].is(titleWord|honorific) && toks[start-1].caps)
	switch {
	case t.is(particle) && inside && i+1 < end && !t.caps:
		return true
	case inside && toks[i-1].is(particle) && !toks[i-1].caps:
		return true // de la Tour
	case t.is(honorific|titleWord|anyRole) && strongFirst && i+1 == end && !titled(toks, start):
		return i == start+1 || isInitial(&toks[i-1]) // Martin Baron
	case t.is(honorific):
		return inside && t.is(suffix)
	case t.is(calendar):
		return t.is(given) && !inside && i+1 < end && toks[i+1].class&(bodyWord|placeWord|calendar|demonym) == 0
	case t.is(titleWord|titleModifier|anyRole) && !t.is(given|familyName|suffix):
		return false
	case t.is(titleWord | titleModifier):
		// Dean, Earl, King, Price: the last of a name, or all that is before one word
		return inside && !titled(toks, start) || t.is(given) && !inside && i+2 == end && i > 0 && !toks[i+1].is(titleWord|bodyWord)
	case t.is(placeWord | bodyWord | demonym):
		if inside && (i+1 == end || t.is(familyName|given)) && (strongFirst || t.is(familyName|given) || isInitial(&toks[i-1])) && toks[i-1].class&(placeWord|bodyWord) == 0 {
			return i+1 == end || !toks[i+1].is(bodyWord) || toks[i+1].is(familyName)
		}
		if !inside && t.is(given|familyFirst) && i+1 < end {
			return toks[i+1].class&(placeWord|bodyWord|calendar|demonym|titleWord) == 0 || toks[i+1].is(familyName)
		}
		return false
	}
	return true
}

// titled reports whether the word at i is one of office.
func titled(toks []token, i int) bool {
	return toks[i].is(titleWord|titleModifier) && !toks[i].is(given)
}

// addName adds the words from start to end as a name, unless what follows in
// the run makes them part of a body: "Johns Hopkins University".
func addName(out []nameRun, toks []token, runStart, start, end, runEnd int, heading bool) []nameRun {
	for end > start && (toks[end-1].is(particle) && !toks[end-1].caps) {
		end--
	}
	if end == start {
		return out
	}
	n := nameRun{from: start, to: end, before: runStart, heading: heading, inRun: end < runEnd}
	last := end
	for last > start+1 && toks[last-1].is(suffix) {
		last--
	}
	if last == end && end+1 < len(toks) && toks[end].key == "," && toks[end+1].is(suffix) && toks[end+1].caps && end-start > 1 {
		n.to = end + 2 // ", Jr."
	}
	n.words, n.parts = joinKeys(toks[start:last]), last-start
	if n.inRun && !toks[end].is(titleWord|titleModifier|honorific|calendar) {
		return out
	}
	return append(out, n)
}

func joinKeys(toks []token) string {
	if len(toks) == 1 {
		return strings.TrimSuffix(toks[0].key, ".")
	}
	var b strings.Builder
	for i := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		k := toks[i].key
		if len(k) == 2 {
			k = strings.TrimSuffix(k, ".")
		}
		b.WriteString(k)
	}
	return b.String()
}

// headings tells which paragraphs are lines of capitalised words, where
// capitals say nothing: everyday words are capitalised too.
func headings(toks []token, n int, plain map[string]bool) []bool {
	type count struct{ all, caps, small, commas, everyday int }
	counts := make([]count, n)
	for i := range toks {
		t, c := &toks[i], &counts[toks[i].para]
		if t.key == "," {
			c.commas++
		}
		if t.kind != word || len(t.key) < 4 {
			continue
		}
		c.all++
		if !t.caps && !t.is(functionWord) {
			c.small++
		}
		if t.caps {
			c.caps++
			if !t.first && !t.upper && !t.is(given|familyName|titleWord|titleModifier|anyRole|bodyWord) && (plain[t.key] || t.is(strongCue|auxiliary|functionWord|verbWord|adverb)) {
				c.everyday++
			}
		}
	}
	out := make([]bool, n)
	for i, c := range counts {
		out[i] = c.all >= 3 && c.all <= 25 && c.commas < 5 && c.caps*4 >= c.all*3 && c.small < 2 && c.everyday > 0
	}
	return out
}

// plainWords are the words that the text also writes without a capital.
func plainWords(toks []token) map[string]bool {
	m := make(map[string]bool, 256)
	for i := range toks {
		if toks[i].kind == word && !toks[i].caps {
			m[toks[i].key] = true
		}
	}
	return m
}

// span is the part of the text that the tokens from i to j cover.
func span(toks []token, i, j int) text.Span {
	if i >= j {
		return text.Span{}
	}
	return text.Span{Start: toks[i].Start, End: toks[j-1].End}
}
