package people

import (
	"strings"

	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
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
	foreign  bool   // in another language than English, where capitals are weaker evidence
}

// runs finds the names in the tokens of a text, in order.
func runs(toks []token.Token, headings []bool, plain map[string]bool) []nameRun {
	var out []nameRun
	known := everydayNames(toks)
	for i := 0; i < len(toks); {
		if !startsRun(toks, i, plain, known) {
			i++
			continue
		}
		end := runEnd(toks, i)
		out = cutRun(out, toks, i, end, headings[toks[i].Paragraph], plain)
		i = max(end, i+1)
		if n := len(out); n > 0 {
			i = max(i, out[n-1].to) // a name's ", Jr." opens no other
		}
	}
	return out
}

// startsRun reports whether token i can open a run of capitalised words.
func startsRun(toks []token.Token, i int, plain, known map[string]bool) bool {
	t := &toks[i]
	if t.Kind != token.Word || !t.Caps {
		return false
	}
	if t.Is(word.Function) && !(t.Is(word.Given|word.FamilyName) && !t.First) {
		return t.First && t.Is(word.Given) && namedAfter(toks, i) || !t.First && i > 0 && known[t.Key]
	}
	if t.First && !t.Is(word.Given|word.FamilyName|word.Title|word.Honorific|word.Place|word.Demonym) {
		if plain[t.Key] || strings.HasSuffix(t.Key, "ing") && len(t.Key) > 5 || strings.HasSuffix(t.Key, "ly") && len(t.Key) > 5 {
			return false
		}
	}
	return true
}

// namedAfter reports whether a sentence-opening word that is both everyday and
// a given name ("Will", "Grace") is followed by nothing but a family name.
func namedAfter(toks []token.Token, i int) bool {
	return i+2 < len(toks) && toks[i+1].Kind == token.Word && toks[i+1].Caps && toks[i+1].Is(word.FamilyName) &&
		!toks[i+1].Is(word.Given) && (toks[i+2].Key == "," || toks[i+2].Is(word.StrongCue|word.Auxiliary))
}

// everydayNames are the everyday words that the text uses as family names.
func everydayNames(toks []token.Token) map[string]bool {
	known := map[string]bool{}
	for i := range toks {
		if namesFamily(toks, i) {
			known[toks[i].Key] = true
		}
	}
	return known
}

// namesFamily reports whether an everyday word follows a given name with a capital,
// in the middle of a sentence: "Marty Small said".
func namesFamily(toks []token.Token, i int) bool {
	t := &toks[i]
	if i == 0 || !t.Caps || t.Upper || !t.Is(word.Function) || t.First || len(t.Key) < 3 || t.Is(word.StrongCue|word.Auxiliary) {
		return false
	}
	p := &toks[i-1]
	return p.Caps && p.Is(word.Given) && !p.Is(word.WeakName|word.Place|word.Function) && p.Paragraph == t.Paragraph &&
		(i+1 >= len(toks) || !toks[i+1].Caps)
}

// runEnd is the token after the run of capitalised words at i: initials and
// particles between them belong to it.
func runEnd(toks []token.Token, i int) int {
	end := i + 1
	for j := i + 1; j < len(toks) && toks[j].Paragraph == toks[i].Paragraph; {
		t := &toks[j]
		switch {
		case t.Kind == token.Word && t.Caps && (!t.Is(word.Function) || t.Is(word.Given|word.FamilyName) || namesFamily(toks, j)):
			if endsSentence(&toks[j-1]) && t.First {
				return end
			}
			j++
			end = j
		case t.Kind == token.Word && t.Is(word.Particle) && of(toks, j):
			return end
		case t.Kind == token.Word && t.Is(word.Particle) && j+1 < len(toks) && (toks[j+1].Caps || toks[j+1].Is(word.Particle)) && j-end < 3:
			j++
		default:
			return end
		}
	}
	return end
}

// of reports whether the particle at token j joins a word to somebody's full name: "Angaben von Lena Ortmann".
func of(toks []token.Token, j int) bool {
	switch toks[j].Key {
	case "von", "de", "di", "du", "do", "da":
		return j+1 < len(toks) && !toks[j].Caps && toks[j+1].Is(word.Given) && !toks[j+1].Is(word.WeakName|word.FamilyName|word.Particle) && !toks[j-1].Is(word.Given)
	}
	return false
}

// endsSentence reports whether a token with a full stop can end a sentence.
func endsSentence(t *token.Token) bool {
	return t.Kind == token.Word && strings.HasSuffix(t.Key, ".") && !t.Is(word.Title|word.Honorific) && len(t.Key) > 2
}

// cutRun cuts titles, bodies and places off a run and adds what is left.
func cutRun(out []nameRun, toks []token.Token, from, end int, heading bool, plain map[string]bool) []nameRun {
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
		if start == end && !toks[i].Is(word.Calendar|word.Demonym) {
			out = append(out, nameRun{from: i, to: end, words: toks[i].Key, parts: 1, before: from, heading: heading, weak: true})
		}
	}
	if end > start {
		out = addName(out, toks, from, start, end, end, heading)
	}
	return out
}

// headlineVerb reports whether token i is the verb of a headline behind a name
// that begins at start: "Ann Lee Joins".
func headlineVerb(toks []token.Token, start, i int, plain map[string]bool) bool {
	t := &toks[i]
	if i-start < 2 || t.Is(word.Given|word.FamilyName|word.Suffix|word.Particle) || !strings.HasSuffix(t.Key, "s") || len(t.Key) < 4 || toks[i-1].Is(word.Given) && !toks[i-1].Is(word.FamilyName) || token.IsInitial(&toks[i-1]) {
		return false
	}
	return t.Is(word.StrongCue|word.Verb) || plain[t.Key] || plain[t.Key[:len(t.Key)-1]] || i+1 < len(toks) && toks[i+1].Caps && toks[i+1].Is(word.Given)
}

// describes reports whether an unknown word precedes a full name and is no part of
// it: "Celebrities Ann Lee", "SEAL Ann Lee".
func describes(toks []token.Token, i, end int, plain map[string]bool) bool {
	t := &toks[i]
	if i+2 >= end || t.Class != 0 || token.IsInitial(t) || !toks[i+1].Is(word.Given) || toks[i+1].Is(word.WeakName|word.Place) || toks[i+2].Is(word.Suffix) {
		return false
	}
	return t.First || t.Upper || plain[t.Key] || strings.HasSuffix(t.Key, "er") || strings.HasSuffix(t.Key, "or") || strings.HasSuffix(t.Key, "ian") || strings.HasSuffix(t.Key, "s")
}

// partOfName reports whether token i of a run can be part of the name that
// begins at start.
func partOfName(toks []token.Token, start, i, end int) bool {
	t := &toks[i]
	inside := i > start // a part of the name precedes it
	strongFirst := inside && toks[start].Is(word.Given) && (!toks[start].Is(word.WeakName|word.Place|word.Body) || start > 0 && toks[start-1].Is(word.Title|word.Honorific) && toks[start-1].Caps)
	switch {
	case t.Is(word.Particle) && inside && i+1 < end && !t.Caps:
		return true
	case inside && toks[i-1].Is(word.Particle) && !toks[i-1].Caps:
		return true // de la Tour
	case t.Is(word.Honorific|word.Title|word.AnyRole) && strongFirst && i+1 == end && !titled(toks, start):
		return i == start+1 || token.IsInitial(&toks[i-1]) // Martin Baron
	case t.Is(word.Honorific):
		return inside && t.Is(word.Suffix)
	case t.Is(word.Calendar):
		return t.Is(word.Given) && !inside && i+1 < end && toks[i+1].Class&(word.Body|word.Place|word.Calendar|word.Demonym) == 0
	case t.Is(word.Title|word.Modifier|word.AnyRole) && !t.Is(word.Given|word.FamilyName|word.Suffix):
		return false
	case t.Is(word.Title | word.Modifier):
		// Dean, Earl, King, Price: the last of a name, or all that is before one word
		return inside && !titled(toks, start) || t.Is(word.Given) && !inside && i+2 == end && i > 0 && !toks[i+1].Is(word.Title|word.Body)
	case t.Is(word.Place | word.Body | word.Demonym):
		if inside && (i+1 == end || t.Is(word.FamilyName|word.Given)) && (strongFirst || t.Is(word.FamilyName|word.Given) || token.IsInitial(&toks[i-1])) && toks[i-1].Class&(word.Place|word.Body) == 0 {
			return i+1 == end || !toks[i+1].Is(word.Body) || toks[i+1].Is(word.FamilyName)
		}
		if !inside && t.Is(word.Given|word.FamilyFirst) && i+1 < end {
			return toks[i+1].Class&(word.Place|word.Body|word.Calendar|word.Demonym|word.Title) == 0 || toks[i+1].Is(word.FamilyName)
		}
		return false
	}
	return true
}

// titled reports whether the word at i is one of office.
func titled(toks []token.Token, i int) bool {
	return toks[i].Is(word.Title|word.Modifier) && !toks[i].Is(word.Given)
}

// addName adds the words from start to end as a name, unless what follows in
// the run makes them part of a body: "Johns Hopkins University".
func addName(out []nameRun, toks []token.Token, runStart, start, end, runEnd int, heading bool) []nameRun {
	for end > start && (toks[end-1].Is(word.Particle) && !toks[end-1].Caps) {
		end--
	}
	if end == start {
		return out
	}
	n := nameRun{from: start, to: end, before: runStart, heading: heading, inRun: end < runEnd}
	last := end
	for last > start+1 && toks[last-1].Is(word.Suffix) {
		last--
	}
	if last == end && end+1 < len(toks) && toks[end].Key == "," && toks[end+1].Is(word.Suffix) && toks[end+1].Caps && end-start > 1 {
		n.to = end + 2 // ", Jr."
	}
	n.words, n.parts = token.JoinKeys(toks[start:last]), last-start
	if n.inRun && !toks[end].Is(word.Title|word.Modifier|word.Honorific|word.Calendar) {
		return out
	}
	return append(out, n)
}

// headings reports, for each paragraph, whether it is a line of capitalised words, in
// which capitals are no evidence of a name.
func headings(toks []token.Token, n int, plain map[string]bool) []bool {
	type count struct{ all, caps, small, commas, everyday int }
	counts := make([]count, n)
	for i := range toks {
		t, c := &toks[i], &counts[toks[i].Paragraph]
		if t.Key == "," {
			c.commas++
		}
		if t.Kind != token.Word || len(t.Key) < 4 {
			continue
		}
		c.all++
		if !t.Caps && !t.Is(word.Function) {
			c.small++
		}
		if t.Caps {
			c.caps++
			if !t.First && !t.Upper && !t.Is(word.Given|word.FamilyName|word.Title|word.Modifier|word.AnyRole|word.Body) && (plain[t.Key] || t.Is(word.StrongCue|word.Auxiliary|word.Function|word.Verb|word.Adverb)) {
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

// tokens are the tokens of a name, without a suffix behind it.
func (n *nameRun) tokens(toks []token.Token) []token.Token { return toks[n.from : n.from+n.parts] }
