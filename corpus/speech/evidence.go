package speech

import "strings"

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
	byCompany     = 2 // another person stands beside it: "Ann Lee, Bob Roe and …"
	bySuffix      = 3
	byTitle       = 3 // a title or an honorific stands before it
	byRole        = 2 // "spokesman" stands before it, or ", a professor" behind
	byCue         = 1 // it says something
	byBareName    = 1 // its last word stands alone elsewhere
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
	sum      int // of what the spelling itself tells
	best     int // of what its places tell, the best one
	worst    int
	places   int
	accepted bool
	family   string
	alone    int  // of sum: what the family name tells that stands alone elsewhere
	given    bool // it opens with a given name or an initial
}

// judgeForms decides which spellings of two or more words are people.
func judgeForms(toks []token, ns []nameRun, plain map[string]bool) map[string]*form {
	forms := map[string]*form{}
	alone := map[string]int{} // bare words: 1, behind an honorific or a title: byHonorific
	for i := range ns {
		n := &ns[i]
		if n.parts == 1 {
			w := byBareName
			switch next := n.to; {
			case n.from > 0 && toks[n.from-1].is(honorific), next+2 < len(toks) && isAge(toks[next:next+3]):
				w = byHonorific
			case next < len(toks) && toks[next].is(coreCue), n.from > 0 && toks[n.from-1].is(coreCue) && !toks[n.from-1].caps:
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
			f.family, f.alone = toks[familyToken(toks, n)].key, alone[toks[familyToken(toks, n)].key]
			f.given = toks[n.from].is(given) || isInitial(&toks[n.from]) || familyLeads(toks, n)
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
func acceptCompany(toks []token, ns []nameRun, forms map[string]*form) {
	for i := 1; i < len(ns); i++ {
		a, b := &ns[i-1], &ns[i]
		fa, fb := forms[a.words], forms[b.words]
		if fa == nil || fb == nil || fa.accepted == fb.accepted || !listed(toks[a.to:b.from]) {
			continue
		}
		if f := fb; !f.accepted {
			f.accepted = f.total()+byCompany >= enough
		} else {
			fa.accepted = fa.total()+byCompany >= enough
		}
	}
}

// listed reports whether the tokens between two names make a list of them.
func listed(between []token) bool {
	if len(between) == 0 || len(between) > 2 {
		return false
	}
	for i := range between {
		if k := between[i].key; k != "," && k != "and" && k != "&" && k != ";" {
			return false
		}
	}
	return true
}

// plainlyNamed reports whether a name in another language than English opens
// with a given name or an initial, or stands behind a title.
func plainlyNamed(toks []token, n *nameRun) bool {
	t := &toks[n.from]
	if t.is(given) && !t.is(particle) || len(t.key) == 2 && isInitial(t) || familyLeads(toks, n) && (n.parts > 2 || strings.Contains(toks[n.from+1].key, "-")) {
		return true
	}
	return t.caps && !t.is(particle|placeWord|countryWord) && n.from > 0 && toks[n.from-1].caps && toks[n.from-1].is(honorific|titleWord)
}

// spelling is the evidence of a name's own words.
func spelling(toks []token, n *nameRun, plain map[string]bool) int {
	sum := 0
	ts := toks[n.from : n.from+n.parts]
	first, last := &ts[0], &ts[len(ts)-1]
	switch {
	case first.is(given) && !first.is(weakName|placeWord):
		sum += byGivenName
	case first.is(given):
		sum += byWeakGiven
	}
	if last.is(familyName) {
		sum += byFamilyName
	}
	if familyLeads(toks, n) {
		sum += byFamilyFirst
		if n.parts == 3 || strings.Contains(ts[1].key, "-") {
			sum += byNoWord
		}
	}
	if n.to > n.from+n.parts {
		sum += bySuffix
	}
	if n.parts > 4 {
		sum += byLength
	}
	if first.is(particle) && last.is(placeWord|bodyWord) {
		sum += byPlaceWord // Van Cortlandt Park
	}
	for _, t := range []*token{first, last} {
		if t.class == 0 && !plain[t.key] && !t.upper && !t.first {
			sum += byNoWord
		}
	}
	for i := range ts {
		if i > 0 && ts[i-1].is(particle) && !ts[i-1].caps {
			continue // de la Tour
		}
		sum += wordEvidence(&ts[i], i, len(ts), plain)
	}
	return sum
}

// wordEvidence is what one word of a name tells.
func wordEvidence(t *token, i, n int, plain map[string]bool) int {
	sum := 0
	if isInitial(t) {
		if i == n-1 {
			return 0
		}
		return byInitial
	}
	if t.upper && len(t.key) > 1 && !strings.Contains(t.key, ".") && !t.is(given|familyName|suffix) {
		sum += byAcronym
	}
	if plain[t.key] && !t.is(given|familyName|particle) {
		sum += byPlainWord
	}
	if t.is(placeWord|demonym) && !(t.is(given) && i == 0) && !(i == n-1 && i > 0 && t.is(familyName|given)) {
		sum += byPlaceWord
	}
	if t.is(bodyWord) && !t.is(familyName|given) {
		sum += byBodyWord
	}
	return sum
}

// surroundings is the evidence of what stands beside one place of a name.
func surroundings(toks []token, n *nameRun) int {
	sum := 0
	if n.from > 0 && toks[n.from-1].para == toks[n.from].para {
		p := &toks[n.from-1]
		switch {
		case p.is(honorific) || p.is(titleWord) && p.caps:
			sum += byTitle
		case p.is(anyRole) && p.kind == word:
			sum += byRole
		case p.is(strongCue) && !p.caps:
			sum += byCue
		case p.key == "the":
			sum += afterThe
		case p.key == "in" || p.key == "at" || p.key == "near" || p.key == "from":
			sum += afterPlace
		}
	}
	if n.to < len(toks) && toks[n.to].para == toks[n.from].para {
		sum += behind(toks, n.to)
	}
	return sum
}

// behind is the evidence of what follows a name.
func behind(toks []token, i int) int {
	t := &toks[i]
	switch {
	case t.is(strongCue | auxiliary):
		return byCue
	case t.key == "," && i+2 < len(toks):
		next := &toks[i+1]
		if isAge(toks[i : i+3]) {
			return byTitle
		}
		if next.key == "who" || next.is(anyRole) || next.key == "former" {
			return byRole
		}
		for j := i + 1; j < len(toks) && j < i+9 && toks[j].kind != sign; j++ {
			if toks[j].is(anyRole) && !toks[j].caps {
				return byRole
			}
		}
	}
	return 0
}

// isAge reports whether three tokens are an age: ", 55,".
func isAge(ts []token) bool {
	return ts[0].key == "," && ts[1].kind == number && len(ts[1].key) <= 2 && ts[2].kind == sign
}

func isInitial(t *token) bool {
	return len(t.key) == 2 && t.key[1] == '.' || len(t.key) == 1 && t.upper && t.kind == word
}

// familyLeads reports whether a name begins with its family name, as Korean,
// Chinese and Vietnamese ones do.
func familyLeads(toks []token, n *nameRun) bool {
	ts := toks[n.from : n.from+n.parts]
	if !ts[0].is(familyFirst) || len(ts) > 3 {
		return false
	}
	for _, t := range ts[1:] {
		if !syllables(t.key) || t.is(particle) || isInitial(&t) {
			return false
		}
	}
	last := ts[len(ts)-1]
	if strings.Contains(ts[1].key, "-") || len(ts) == 3 {
		return true
	}
	return !ts[0].is(given) || !last.is(familyName) || last.is(familyFirst)
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

// familyToken is the token of a name's family name.
func familyToken(toks []token, n *nameRun) int {
	if familyLeads(toks, n) {
		return n.from
	}
	return n.from + n.parts - 1
}
