package people

import (
	"slices"
	"strings"

	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

const longestTitle = 18 // tokens

// giveTitles finds the titles of each person, before and behind the name, and the
// traits that they show: nouns for the person, country, work.
func giveTitles(toks []token.Token, ps []Person, ms []Mention, foreign bool) {
	ends := make(map[int]int, len(ms)) // token after a name: the mention
	starts := make(map[int]bool, len(ms))
	for i := range ms {
		ends[ms[i].To] = i
		starts[ms[i].From] = true
	}
	for i := range ms {
		m := &ms[i]
		p := &ps[m.Person]
		from, to := titleBefore(toks, m.Lead, ends, foreign)
		if from == to {
			from, to = titleApposed(toks, m.Lead, m.To, starts)
		}
		if from < to {
			if !ofKin(toks[from:to]) {
				m.Title = token.Span(toks, from, to)
			}
			p.learn(toks[from:to])
			p.sit(toks[from:to], placeBehind(toks, m.To))
		}
		from, to = titleBehind(toks, m.To, starts)
		if from < to {
			switch {
			case ofKin(toks[from:to]):
			case m.Title.Len() == 0:
				m.Title = token.Span(toks, from, to)
			default:
				m.also = token.Span(toks, from, to)
			}
			p.learn(toks[from:to])
			p.sit(toks[from:to], nil)
		}
	}
}

// ofKin reports whether a title says only whose relation somebody is: its
// first office is "wife" or the like, but not "first lady".
func ofKin(title []token.Token) bool {
	for i := range title {
		if t := &title[i]; t.Is(word.Title|word.AnyRole) || t.Is(word.Kin) {
			return t.Is(word.Kin) && t.Key != "lady"
		}
	}
	return false
}

// titleBefore finds the title that ends at token end: "India's Minister for
// External Affairs", "former State Department spokesman".
func titleBefore(toks []token.Token, end int, names map[int]int, foreign bool) (from, to int) {
	head := titleHead(toks, end)
	if head < 0 && foreign {
		head = foreignHead(toks, end)
	}
	if head < 0 || isPlural(&toks[head]) {
		return end, end
	}
	from = head
	for from > 0 && head-from < 8 && toks[from-1].Paragraph == toks[head].Paragraph {
		t := &toks[from-1]
		_, afterName := names[from]
		if t.Kind == token.Possessive && from >= 2 && toks[from-2].Caps && !hasName(names, from-1) {
			from = possessorStart(toks, from-1)
			break
		}
		if t.Key == "new" && t.Caps && toks[from].Caps && from < head || t.Key == "first" && toks[from].Key == "lady" {
			from-- // New Jersey
			continue
		}
		if afterName || t.Kind != token.Word || t.Is(word.Function|word.StrongCue|word.Auxiliary|word.Calendar) && !t.Is(word.Modifier) ||
			from > 1 && t.Upper && toks[from-2].Upper && !toks[head].Upper || // of a line in capitals
			toks[head].Caps && !t.Caps && t.Is(word.AnyRole) && !t.Is(word.Modifier|word.Rank) || // rival Sen.
			!t.Caps && !t.Is(word.Modifier|word.AnyRole) && !nounBefore(toks, from, head) || t.Is(word.Function|word.Particle) {
			break
		}
		from--
	}
	if from < end && toks[from].First && toks[from].Is(word.Function) && toks[from].Key != "first" && toks[from].Key != "new" {
		from++
	}
	return from, end
}

// isPlural reports whether an office is that of several, "Sens. Lee and Roe":
// it is no title of one.
func isPlural(t *token.Token) bool {
	one := strings.TrimSuffix(strings.TrimSuffix(t.Key, "."), "s")
	return strings.HasSuffix(strings.TrimSuffix(t.Key, "."), "s") && word.Of(one)&word.Title != 0
}

// nounBefore reports whether the small word before from can belong to the
// office at head: "foreign ministry spokeswoman".
func nounBefore(toks []token.Token, from, head int) bool {
	t := &toks[from-1]
	return head-from < 2 && !toks[head].Caps && !token.IsVerb(t) && !t.Is(word.Adverb) && !toks[from].Caps && len(t.Key) > 3
}

func hasName(names map[int]int, at int) bool {
	_, ok := names[at]
	return ok
}

// titleHead is the token of the office in a title that ends at end: the last
// word, or the one before "of State"; -1 for none.
func titleHead(toks []token.Token, end int) int {
	i := end - 1
	if i < 0 || end < len(toks) && toks[i].Paragraph != toks[end].Paragraph {
		return -1
	}
	if isOffice(&toks[i]) {
		return i
	}
	for j := i; j > 0 && j > i-7 && toks[j].Kind == token.Word && toks[j].Paragraph == toks[i].Paragraph; j-- {
		switch t := &toks[j]; {
		case t.Key == "of" || t.Key == "for" || t.Key == "to":
			if isOffice(&toks[j-1]) && toks[j-1].Caps && j < i {
				return j - 1
			}
			return -1
		case !t.Caps && t.Key != "the" && t.Key != "and":
			return -1
		case t.Is(word.Honorific):
			return -1
		}
	}
	return -1
}

// foreignHead is the token of the office in a title of another language that
// ends at token end: "ministre des Affaires étrangères"; -1 for none.
func foreignHead(toks []token.Token, end int) int {
	for j := end - 1; j > 0 && j > end-6 && toks[j].Kind == token.Word && toks[j].Paragraph == toks[end-1].Paragraph; j-- {
		switch toks[j].Key {
		case "de", "des", "du", "del", "della", "di", "do", "da", "der", "für":
			if j < end-1 && isOffice(&toks[j-1]) {
				return j - 1
			}
		}
		if toks[j].Is(word.Honorific) {
			return -1
		}
	}
	return -1
}

// isOffice reports whether a word can be the head of a title: capitalised, or
// an everyday noun for what somebody does.
func isOffice(t *token.Token) bool {
	if t.Kind != token.Word || t.Is(word.StrongCue) && !t.Caps {
		return false
	}
	return t.Caps && t.Is(word.Title) || t.Is(word.AnyRole)
}

// possessorStart is the first token of the capitalised words before the
// possessive at i: "India's", "the State Department's" without its article.
func possessorStart(toks []token.Token, i int) int {
	from := i
	for from > 0 && toks[from-1].Kind == token.Word && toks[from-1].Caps && toks[from-1].Paragraph == toks[i].Paragraph &&
		!toks[from-1].Is(word.Function|word.Calendar) && i-from < 5 {
		from--
	}
	return from
}

// titleBehind finds the title in an apposition that begins at token i: ", the
// State Department's assistant secretary for Pacific Affairs,".
func titleBehind(toks []token.Token, i int, starts map[int]bool) (from, to int) {
	if i+1 >= len(toks) || toks[i].Key != "," || toks[i+1].Paragraph != toks[i].Paragraph {
		return i, i
	}
	i++
	if toks[i].Kind == token.Number && i+2 < len(toks) && toks[i+1].Key == "," {
		i += 2 // an age
	}
	return titleFrom(toks, i, starts)
}

// titleApposed finds the title to which a name between commas is the
// apposition: "The mayor of New Ulm, Ann Lee,".
func titleApposed(toks []token.Token, lead, end int, starts map[int]bool) (from, to int) {
	comma := lead - 1
	if comma < 2 || toks[comma].Key != "," || end >= len(toks) || toks[end].Key != "," {
		return lead, lead
	}
	for i := comma - 1; i >= 0 && comma-i < longestTitle && toks[i].Paragraph == toks[comma].Paragraph && toks[i].Kind != token.Sign && !predicate(&toks[i]); i-- {
		if k := toks[i].Key; !isDefinite(&toks[i]) && k != "a" && k != "an" {
			continue
		}
		if from, to := titleFrom(toks, i, starts); from < to && to == comma {
			return from, to
		}
	}
	return lead, lead
}

// titleFrom reads the title that begins at token i.
func titleFrom(toks []token.Token, i int, starts map[int]bool) (from, to int) {
	from, head := i, -1
	j := i
	for ; j < len(toks) && j-i < longestTitle && toks[j].Paragraph == toks[i].Paragraph; j++ {
		t := &toks[j]
		if t.Kind == token.Sign || t.Quote != toks[i].Quote || token.OpensClause(t) || head >= 0 && startsAside(t) {
			break
		}
		if predicate(t) || head >= 0 && participle(&toks[j-1], t) {
			if isDefinite(&toks[i]) {
				return i, i // the subject of what follows
			}
			break
		}
		if starts[j] && head >= 0 && (from == head && toks[j-1].Caps || apposed(toks[head:j])) {
			return i, i // the title of somebody else
		}
		if head < 0 && t.Is(word.Function) && !t.Caps && j > i && !opensTitle(t) {
			return i, i // a preposition before any office
		}
		if head < 0 && isOffice(t) && !(j+1 < len(toks) && toks[j+1].Kind == token.Possessive) {
			head = j
		}
	}
	if head < 0 || !plausibleTitle(toks[i:j], head-i) {
		return i, i
	}
	for j > head+1 && (toks[j-1].Is(word.Function|word.Adverb|word.Calendar) || toks[j-1].Kind == token.Possessive) {
		j--
	}
	return dropArticle(toks, from, j), j
}

// dropArticle leaves out the article or pronoun that opens a title, unless it belongs to
// a possessor: "the State Department's".
func dropArticle(toks []token.Token, from, to int) int {
	switch toks[from].Key {
	case "a", "an", "his", "her", "their", "our", "my":
		return from + 1
	case "the":
		for k := from + 1; k < to && toks[k].Caps; k++ {
			if k+1 < to && toks[k+1].Kind == token.Possessive {
				return from
			}
		}
		return from + 1
	}
	return from
}

// startsAside reports whether a word behind an office opens an aside.
func startsAside(t *token.Token) bool {
	switch t.Key {
	case "by", "during", "since", "than", "through", "despite", "amid":
		return !t.Caps
	}
	return false
}

// predicate reports whether a word is a verb that no title holds.
func predicate(t *token.Token) bool {
	return t.Is(word.StrongCue|word.Auxiliary|word.Verb) && !t.Caps && !t.Is(word.AnyRole)
}

// participle reports whether a word behind an office, with the one before it,
// is what the holder did: "the governor earned".
func participle(before, t *token.Token) bool {
	if before.Is(word.AnyRole) && !t.Caps && strings.HasSuffix(t.Key, "ing") && token.IsVerb(t) {
		return true
	}
	return t.Kind == token.Word && !t.Caps && strings.HasSuffix(t.Key, "ed") && !before.Is(word.Function) && token.IsVerb(t)
}

// isDefinite reports whether a word opens a phrase that means somebody known.
func isDefinite(t *token.Token) bool {
	switch t.Key {
	case "the", "his", "her", "their", "our", "my":
		return true
	}
	return false
}

// apposed reports whether no function word separates an office from a name behind
// it: "Ohio Gov. Ann Lee", not "aide to Ann Lee".
func apposed(office []token.Token) bool {
	return !slices.ContainsFunc(office, func(t token.Token) bool { return t.Is(word.Function) || t.Kind == token.Possessive })
}

func opensTitle(t *token.Token) bool {
	switch t.Key {
	case "the", "a", "an", "his", "her", "their", "former", "and", "first", "second", "one", "top":
		return true
	}
	return false
}

// plausibleTitle reports whether an apposition is what somebody is, not the
// next item of a list: it opens with an article, an office or what describes
// one.
func plausibleTitle(ts []token.Token, head int) bool {
	t := &ts[0]
	if t.Key == "and" {
		return false
	}
	if t.Key == "a" || t.Key == "an" || t.Key == "the" || t.Key == "former" || t.Is(word.Demonym|word.Modifier) && head > 0 {
		return true
	}
	if t.Key == "his" || t.Key == "her" || t.Key == "their" {
		return true
	}
	if head == 0 {
		return isOffice(t) && !(t.Caps && len(ts) > 1 && ts[1].Caps && ts[1].Is(word.Given)) && !(t.Is(word.Honorific) || strings.HasSuffix(t.Key, "."))
	}
	return t.Is(word.Body|word.Place|word.AnyRole) || t.Kind == token.Word && ts[1].Kind == token.Possessive
}
