package speech

import (
	"slices"
	"strings"
)

const longestTitle = 18 // tokens

// giveTitles finds what the text calls each person, before and behind the
// name, and what that tells: the nouns for the person, the country, the work.
func giveTitles(toks []token, ps []person, ms []mention, foreign bool) {
	ends := make(map[int]int, len(ms)) // token after a name: the mention
	starts := make(map[int]bool, len(ms))
	for i := range ms {
		ends[ms[i].to] = i
		starts[ms[i].from] = true
	}
	for i := range ms {
		m := &ms[i]
		p := &ps[m.person]
		from, to := titleBefore(toks, m.lead, ends, foreign)
		if from == to {
			from, to = titleApposed(toks, m.lead, m.to, starts)
		}
		if from < to {
			if !ofKin(toks[from:to]) {
				m.title = span(toks, from, to)
			}
			p.learn(toks[from:to])
			p.sit(toks[from:to], placeBehind(toks, m.to))
		}
		from, to = titleBehind(toks, m.to, starts)
		if from < to {
			switch {
			case ofKin(toks[from:to]):
			case m.title.Len() == 0:
				m.title = span(toks, from, to)
			default:
				m.also = span(toks, from, to)
			}
			p.learn(toks[from:to])
			p.sit(toks[from:to], nil)
		}
	}
}

// ofKin reports whether a title says only whose relation somebody is: its
// first office is "wife" or the like, but not "first lady".
func ofKin(title []token) bool {
	for i := range title {
		if t := &title[i]; t.is(titleWord|anyRole) || t.is(kinWord) {
			return t.is(kinWord) && t.key != "lady"
		}
	}
	return false
}

// titleBefore finds the title that ends at token end: "India's Minister for
// External Affairs", "former State Department spokesman".
func titleBefore(toks []token, end int, names map[int]int, foreign bool) (from, to int) {
	head := titleHead(toks, end)
	if head < 0 && foreign {
		head = foreignHead(toks, end)
	}
	if head < 0 || isPlural(&toks[head]) {
		return end, end
	}
	from = head
	for from > 0 && head-from < 8 && toks[from-1].para == toks[head].para {
		t := &toks[from-1]
		_, afterName := names[from]
		if t.kind == possessive && from >= 2 && toks[from-2].caps && !hasName(names, from-1) {
			from = possessorStart(toks, from-1)
			break
		}
		if t.key == "new" && t.caps && toks[from].caps && from < head || t.key == "first" && toks[from].key == "lady" {
			from-- // New Jersey
			continue
		}
		if afterName || t.kind != word || t.is(functionWord|strongCue|auxiliary|calendar) && !t.is(titleModifier) ||
			from > 1 && t.upper && toks[from-2].upper && !toks[head].upper || // of a line in capitals
			toks[head].caps && !t.caps && t.is(anyRole) && !t.is(titleModifier|rankWord) || // rival Sen.
			!t.caps && !t.is(titleModifier|anyRole) && !nounBefore(toks, from, head) || t.is(functionWord|particle) {
			break
		}
		from--
	}
	if from < end && toks[from].first && toks[from].is(functionWord) && toks[from].key != "first" && toks[from].key != "new" {
		from++
	}
	return from, end
}

// isPlural reports whether an office is that of several, "Sens. Lee and Roe":
// it is no title of one.
func isPlural(t *token) bool {
	one := strings.TrimSuffix(strings.TrimSuffix(t.key, "."), "s")
	return strings.HasSuffix(strings.TrimSuffix(t.key, "."), "s") && words().words[one]&titleWord != 0
}

// nounBefore reports whether the small word before from can belong to the
// office at head: "foreign ministry spokeswoman".
func nounBefore(toks []token, from, head int) bool {
	t := &toks[from-1]
	return head-from < 2 && !toks[head].caps && !isVerb(t) && !t.is(adverb) && !toks[from].caps && len(t.key) > 3
}

func hasName(names map[int]int, at int) bool {
	_, ok := names[at]
	return ok
}

// titleHead is the token of the office in a title that ends at end: the last
// word, or the one before "of State"; -1 for none.
func titleHead(toks []token, end int) int {
	i := end - 1
	if i < 0 || end < len(toks) && toks[i].para != toks[end].para {
		return -1
	}
	if isOffice(&toks[i]) {
		return i
	}
	for j := i; j > 0 && j > i-7 && toks[j].kind == word && toks[j].para == toks[i].para; j-- {
		switch t := &toks[j]; {
		case t.key == "of" || t.key == "for" || t.key == "to":
			if isOffice(&toks[j-1]) && toks[j-1].caps && j < i {
				return j - 1
			}
			return -1
		case !t.caps && t.key != "the" && t.key != "and":
			return -1
		case t.is(honorific):
			return -1
		}
	}
	return -1
}

// foreignHead is the token of the office in a title of another language that
// ends at token end: "ministre des Affaires étrangères"; -1 for none.
func foreignHead(toks []token, end int) int {
	for j := end - 1; j > 0 && j > end-6 && toks[j].kind == word && toks[j].para == toks[end-1].para; j-- {
		switch toks[j].key {
		case "de", "des", "du", "del", "della", "di", "do", "da", "der", "für":
			if j < end-1 && isOffice(&toks[j-1]) {
				return j - 1
			}
		}
		if toks[j].is(honorific) {
			return -1
		}
	}
	return -1
}

// isOffice reports whether a word can be the head of a title: capitalised, or
// an everyday noun for what somebody does.
func isOffice(t *token) bool {
	if t.kind != word || t.is(strongCue) && !t.caps {
		return false
	}
	return t.caps && t.is(titleWord) || t.is(anyRole)
}

// possessorStart is the first token of the capitalised words before the
// possessive at i: "India's", "the State Department's" without its article.
func possessorStart(toks []token, i int) int {
	from := i
	for from > 0 && toks[from-1].kind == word && toks[from-1].caps && toks[from-1].para == toks[i].para &&
		!toks[from-1].is(functionWord|calendar) && i-from < 5 {
		from--
	}
	return from
}

// titleBehind finds the title in an apposition that begins at token i: ", the
// State Department's assistant secretary for Pacific Affairs,".
func titleBehind(toks []token, i int, starts map[int]bool) (from, to int) {
	if i+1 >= len(toks) || toks[i].key != "," || toks[i+1].para != toks[i].para {
		return i, i
	}
	i++
	if toks[i].kind == number && i+2 < len(toks) && toks[i+1].key == "," {
		i += 2 // an age
	}
	return titleFrom(toks, i, starts)
}

// titleApposed finds the title to which a name between commas is the
// apposition: "The mayor of New Ulm, Ann Lee,".
func titleApposed(toks []token, lead, end int, starts map[int]bool) (from, to int) {
	comma := lead - 1
	if comma < 2 || toks[comma].key != "," || end >= len(toks) || toks[end].key != "," {
		return lead, lead
	}
	for i := comma - 1; i >= 0 && comma-i < longestTitle && toks[i].para == toks[comma].para && toks[i].kind != sign && !predicate(&toks[i]); i-- {
		if k := toks[i].key; !isDefinite(&toks[i]) && k != "a" && k != "an" {
			continue
		}
		if from, to := titleFrom(toks, i, starts); from < to && to == comma {
			return from, to
		}
	}
	return lead, lead
}

// titleFrom reads the title that begins at token i.
func titleFrom(toks []token, i int, starts map[int]bool) (from, to int) {
	from, head := i, -1
	j := i
	for ; j < len(toks) && j-i < longestTitle && toks[j].para == toks[i].para; j++ {
		t := &toks[j]
		if t.kind == sign || t.quote != toks[i].quote || ofClause(t) || head >= 0 && startsAside(t) {
			break
		}
		if predicate(t) || head >= 0 && participle(&toks[j-1], t) {
			if isDefinite(&toks[i]) {
				return i, i // the subject of what follows
			}
			break
		}
		if starts[j] && head >= 0 && (from == head && toks[j-1].caps || apposed(toks[head:j])) {
			return i, i // the title of somebody else
		}
		if head < 0 && t.is(functionWord) && !t.caps && j > i && !opensTitle(t) {
			return i, i // a preposition before any office
		}
		if head < 0 && isOffice(t) && !(j+1 < len(toks) && toks[j+1].kind == possessive) {
			head = j
		}
	}
	if head < 0 || !plausibleTitle(toks[i:j], head-i) {
		return i, i
	}
	for j > head+1 && (toks[j-1].is(functionWord|adverb|calendar) || toks[j-1].kind == possessive) {
		j--
	}
	return dropArticle(toks, from, j), j
}

// dropArticle leaves out the article or pronoun that opens a title, unless it belongs to
// a possessor: "the State Department's".
func dropArticle(toks []token, from, to int) int {
	switch toks[from].key {
	case "a", "an", "his", "her", "their", "our", "my":
		return from + 1
	case "the":
		for k := from + 1; k < to && toks[k].caps; k++ {
			if k+1 < to && toks[k+1].kind == possessive {
				return from
			}
		}
		return from + 1
	}
	return from
}

// ofClause reports whether a word opens a clause, which no title holds.
func ofClause(t *token) bool {
	switch t.key {
	case "who", "whom", "which", "whose", "that", "while", "when", "where", "but", "because", "as", "after", "before", "until", "if":
		return !t.caps
	}
	return false
}

// startsAside reports whether a word behind an office opens what is no part of
// the office.
func startsAside(t *token) bool {
	switch t.key {
	case "by", "during", "since", "than", "through", "despite", "amid":
		return !t.caps
	}
	return false
}

// predicate reports whether a word is a verb that no title holds.
func predicate(t *token) bool {
	return t.is(strongCue|auxiliary|verbWord) && !t.caps && !t.is(anyRole)
}

// participle reports whether a word behind an office, with the one before it,
// is what the holder did: "the governor earned".
func participle(before, t *token) bool {
	if before.is(anyRole) && !t.caps && strings.HasSuffix(t.key, "ing") && isVerb(t) {
		return true
	}
	return t.kind == word && !t.caps && strings.HasSuffix(t.key, "ed") && !before.is(functionWord) && isVerb(t)
}

// isDefinite reports whether a word opens a phrase that means somebody known.
func isDefinite(t *token) bool {
	switch t.key {
	case "the", "his", "her", "their", "our", "my":
		return true
	}
	return false
}

// apposed reports whether no small word stands between an office and a name
// behind it: "Ohio Gov. Ann Lee", not "aide to Ann Lee".
func apposed(office []token) bool {
	return !slices.ContainsFunc(office, func(t token) bool { return t.is(functionWord) || t.kind == possessive })
}

func opensTitle(t *token) bool {
	switch t.key {
	case "the", "a", "an", "his", "her", "their", "former", "and", "first", "second", "one", "top":
		return true
	}
	return false
}

// plausibleTitle reports whether an apposition is what somebody is, not the
// next item of a list: it opens with an article, an office or what describes
// one.
func plausibleTitle(ts []token, head int) bool {
	t := &ts[0]
	if t.key == "and" {
		return false
	}
	if t.key == "a" || t.key == "an" || t.key == "the" || t.key == "former" || t.is(demonym|titleModifier) && head > 0 {
		return true
	}
	if t.key == "his" || t.key == "her" || t.key == "their" {
		return true
	}
	if head == 0 {
		return isOffice(t) && !(t.caps && len(ts) > 1 && ts[1].caps && ts[1].is(given)) && !(t.is(honorific) || strings.HasSuffix(t.key, "."))
	}
	return t.is(bodyWord|placeWord|anyRole) || t.kind == word && ts[1].kind == possessive
}
