package people

import (
	"strings"

	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/speech/names"
)

// What speaks for a run of capitalised words being a person's name, and what
// against it. A name is a person's when the sum over its best places reaches
// enough.
const (
	byGivenName   = 3 // its first word is a given name
	byWeakGiven   = 2 // … that is also an everyday word or a place
	byFamilyName  = 1
	byFamilyFirst = 2 // a Korean, Chinese or Vietnamese family name and short syllables after it
	byInitial     = 2
	byNoWord      = 1 // its first or last word is in no list, and the text never writes it small
	byCompany     = 2 // it is listed with another person: "Ann Lee, Bob Roe and …"
	bySuffix      = 3
	byTitle       = 3 // a title or an honorific precedes it
	byRole        = 2 // "spokesman" precedes it, or ", a professor" follows
	byCue         = 1 // it says something
	byBareName    = 1 // its last word occurs alone elsewhere
	byHonorific   = 3 // … behind an honorific
	byBareSpeech  = 2 // … and says something
	afterThe      = -2
	afterPlace    = -1 // "in", "at"
	byAcronym     = -3
	byPlainWord   = -2 // one of its words is also written small
	byPlaceWord   = -2
	byBodyWord    = -3
	byLength      = -2 // more than four words
	enough        = 3

	longestName = 7 // words
)

// form is one spelling of a name with two or more words, with the evidence
// from all its places.
type form struct {
	words    string
	sum      int // evidence of the spelling itself
	best     int // evidence of its best place
	worst    int
	places   int
	accepted bool
	family   string
	alone    int  // of sum: evidence of the family name alone elsewhere
	given    bool // it opens with a given name or an initial
}

// judgeForms decides which spellings of two or more words are people.
func judgeForms(toks []token.Token, ns []nameRun, plain map[string]bool) map[string]*form {
	forms := map[string]*form{}
	alone := map[string]int{} // bare words: 1, behind an honorific or a title: byHonorific
	for i := range ns {
		n := &ns[i]
		if n.parts == 1 {
			w := byBareName
			switch next := n.to; {
			case n.from > 0 && toks[n.from-1].Is(word.Honorific), next+2 < len(toks) && isAge(toks[next:next+3]):
				w = byHonorific
			case next < len(toks) && toks[next].Is(word.CoreCue), n.from > 0 && toks[n.from-1].Is(word.CoreCue) && !toks[n.from-1].Caps:
				w = byBareSpeech
			}
			alone[n.words] = max(alone[n.words], w)
		}
	}
	for i := range ns {
		n := &ns[i]
		if n.parts < 2 || n.parts > longestName || n.heading || n.foreign && !plainlyNamed(toks, n) {
			continue
		}
		f := forms[n.words]
		if f == nil {
			f = &form{words: n.words, sum: spelling(toks, n, plain), best: -9}
			f.family, f.alone = toks[familyToken(toks, n)].Key, alone[toks[familyToken(toks, n)].Key]
			f.given = toks[n.from].Is(word.Given) || token.IsInitial(&toks[n.from]) || names.FamilyLeads(n.tokens(toks))
			f.sum += f.alone
			forms[n.words] = f
		}
		e := surroundings(toks, n)
		f.best, f.worst = max(f.best, e), min(f.worst, e)
		f.places++
	}
	for _, f := range forms {
		f.accepted = f.total() >= enough
	}
	refuseSlogans(forms)
	acceptCompany(toks, ns, forms)
	return forms
}

func (f *form) total() int { return f.sum + f.best + f.worst }

// refuseSlogans refuses what opens with no given name where only the family
// name speaks for it, and that is somebody else's: "Dump Trump".
func refuseSlogans(forms map[string]*form) {
	bearers := map[string]bool{}
	for _, f := range forms {
		if f.accepted && f.given {
			bearers[f.family] = true
		}
	}
	for _, f := range forms {
		if f.accepted && !f.given && bearers[f.family] {
			f.accepted = f.total()-f.alone >= enough
		}
	}
}

// acceptCompany accepts names in a list with people.
func acceptCompany(toks []token.Token, ns []nameRun, forms map[string]*form) {
	for i := 1; i < len(ns); i++ {
		a, b := &ns[i-1], &ns[i]
		fa, fb := forms[a.words], forms[b.words]
		if fa == nil || fb == nil || fa.accepted == fb.accepted || !inList(toks[a.to:b.from]) {
			continue
		}
		if f := fb; !f.accepted {
			f.accepted = f.total()+byCompany >= enough
		} else {
			fa.accepted = fa.total()+byCompany >= enough
		}
	}
}

// inList reports whether the tokens between two names make a list of them.
func inList(between []token.Token) bool {
	if len(between) == 0 || len(between) > 2 {
		return false
	}
	for i := range between {
		if k := between[i].Key; k != "," && k != "and" && k != "&" && k != ";" {
			return false
		}
	}
	return true
}

// plainlyNamed reports whether a name in another language than English opens with a
// given name or an initial, or follows a title.
func plainlyNamed(toks []token.Token, n *nameRun) bool {
	t := &toks[n.from]
	if t.Is(word.Given) && !t.Is(word.Particle) || len(t.Key) == 2 && token.IsInitial(t) || names.FamilyLeads(n.tokens(toks)) && (n.parts > 2 || strings.Contains(toks[n.from+1].Key, "-")) {
		return true
	}
	return t.Caps && !t.Is(word.Particle|word.Place|word.Country) && n.from > 0 && toks[n.from-1].Caps && toks[n.from-1].Is(word.Honorific|word.Title)
}

// spelling is the evidence of a name's own words.
func spelling(toks []token.Token, n *nameRun, plain map[string]bool) int {
	sum := 0
	ts := n.tokens(toks)
	first, last := &ts[0], &ts[len(ts)-1]
	switch {
	case first.Is(word.Given) && !first.Is(word.WeakName|word.Place):
		sum += byGivenName
	case first.Is(word.Given):
		sum += byWeakGiven
	}
	if last.Is(word.FamilyName) {
		sum += byFamilyName
	}
	if names.FamilyLeads(n.tokens(toks)) {
		sum += byFamilyFirst
		if n.parts == 3 || strings.Contains(ts[1].Key, "-") {
			sum += byNoWord
		}
	}
	if n.to > n.from+n.parts {
		sum += bySuffix
	}
	if n.parts > 4 {
		sum += byLength
	}
	if first.Is(word.Particle) && last.Is(word.Place|word.Body) {
		sum += byPlaceWord // Van Cortlandt Park
	}
	for _, t := range []*token.Token{first, last} {
		if t.Class == 0 && !plain[t.Key] && !t.Upper && !t.First {
			sum += byNoWord
		}
	}
	for i := range ts {
		if i > 0 && ts[i-1].Is(word.Particle) && !ts[i-1].Caps {
			continue // de la Tour
		}
		sum += wordEvidence(&ts[i], i, len(ts), plain)
	}
	return sum
}

// wordEvidence is the evidence of one word of a name.
func wordEvidence(t *token.Token, i, n int, plain map[string]bool) int {
	sum := 0
	if token.IsInitial(t) {
		if i == n-1 {
			return 0
		}
		return byInitial
	}
	if t.Upper && len(t.Key) > 1 && !strings.Contains(t.Key, ".") && !t.Is(word.Given|word.FamilyName|word.Suffix) {
		sum += byAcronym
	}
	if plain[t.Key] && !t.Is(word.Given|word.FamilyName|word.Particle) {
		sum += byPlainWord
	}
	if t.Is(word.Place|word.Demonym) && !(t.Is(word.Given) && i == 0) && !(i == n-1 && i > 0 && t.Is(word.FamilyName|word.Given)) {
		sum += byPlaceWord
	}
	if t.Is(word.Body) && !t.Is(word.FamilyName|word.Given) {
		sum += byBodyWord
	}
	return sum
}

// surroundings is the evidence of the words beside one place of a name.
func surroundings(toks []token.Token, n *nameRun) int {
	sum := 0
	if n.from > 0 && toks[n.from-1].Paragraph == toks[n.from].Paragraph {
		p := &toks[n.from-1]
		switch {
		case p.Is(word.Honorific) || p.Is(word.Title) && p.Caps:
			sum += byTitle
		case p.Is(word.AnyRole) && p.Kind == token.Word:
			sum += byRole
		case p.Is(word.StrongCue) && !p.Caps:
			sum += byCue
		case p.Key == "the":
			sum += afterThe
		case p.Key == "in" || p.Key == "at" || p.Key == "near" || p.Key == "from":
			sum += afterPlace
		}
	}
	if n.to < len(toks) && toks[n.to].Paragraph == toks[n.from].Paragraph {
		sum += behind(toks, n.to)
	}
	return sum
}

// behind is the evidence of what follows a name.
func behind(toks []token.Token, i int) int {
	t := &toks[i]
	switch {
	case t.Is(word.StrongCue | word.Auxiliary):
		return byCue
	case t.Key == "," && i+2 < len(toks):
		next := &toks[i+1]
		if isAge(toks[i : i+3]) {
			return byTitle
		}
		if next.Key == "who" || next.Is(word.AnyRole) || next.Key == "former" {
			return byRole
		}
		for j := i + 1; j < len(toks) && j < i+9 && toks[j].Kind != token.Sign; j++ {
			if toks[j].Is(word.AnyRole) && !toks[j].Caps {
				return byRole
			}
		}
	}
	return 0
}

// isAge reports whether three tokens are an age: ", 55,".
func isAge(ts []token.Token) bool {
	return ts[0].Key == "," && ts[1].Kind == token.Number && len(ts[1].Key) <= 2 && ts[2].Kind == token.Sign
}

// familyToken is the token of a name's family name.
func familyToken(toks []token.Token, n *nameRun) int {
	if names.FamilyLeads(n.tokens(toks)) {
		return n.from
	}
	return n.from + n.parts - 1
}
