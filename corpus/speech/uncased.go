package speech

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// uncased finds the people of a text in a script without capitals whose words
// are spaced, as Arabic: full names behind an office or a verb of speech that
// begin with a known given name, or stand behind both, and then their last
// words alone.
type uncased struct {
	*grammar
	toks     []token
	people   []person
	mentions []mention
	byName   map[string]int
}

// namesBehindOffices are the people of tokens in language l and where they are
// named.
func namesBehindOffices(toks []token, l *grammar) ([]person, []mention) {
	u := &uncased{grammar: l, toks: toks, byName: map[string]int{}}
	for i := range toks {
		from := -1
		says := l.said[toks[i].key] != 0
		switch {
		case l.title[toks[i].key]:
			from = u.overOffice(i)
			says = i > 0 && l.said[toks[i-1].key] != 0
		case says:
			from = i + 1
		}
		if from < 0 || from >= len(toks) || toks[from].para != toks[i].para || !l.given[toks[from].key] && !(says && l.title[toks[i].key]) {
			continue
		}
		if to := u.nameEnd(from); to-from > 1 {
			u.full(from, to)
			if p := &u.mentions[len(u.mentions)-1]; l.title[toks[i].key] {
				p.title = span(toks, i, from)
			}
		}
	}
	u.bare()
	slices.SortFunc(u.mentions, func(a, b mention) int { return a.from - b.from })
	return u.people, u.mentions
}

// overOffice is the token behind an office and what belongs to it: words with
// an article, more offices, and a department with its country.
func (u *uncased) overOffice(i int) int {
	for i++; i < len(u.toks); i++ {
		switch t := &u.toks[i]; {
		case u.department[t.key]:
			i++
		case t.kind != word || u.stop[t.key] || u.of[t.key] || u.said[t.key] != 0:
			return -1
		case !u.hasArticle(t.key) && !u.title[t.key]:
			return i
		}
	}
	return -1
}

func (u *uncased) hasArticle(key string) bool {
	return u.article != "" && strings.HasPrefix(key, u.article)
}

// nameEnd is the token behind the name that begins at token i: two words, the
// second of which can have an article, and more where one of them only joins.
func (u *uncased) nameEnd(i int) int {
	to, need := i, 2
	for to < len(u.toks) && u.inName(&u.toks[to]) && u.toks[to].para == u.toks[i].para {
		if u.joins[u.toks[to].key] {
			need++
		} else if to-i >= need && !u.hasArticle(u.toks[to].key) {
			break
		}
		to++
		if to-i > need {
			break
		}
	}
	if to > i && u.hasArticle(u.toks[i].key) || to > i && u.joins[u.toks[to-1].key] {
		return i
	}
	return to
}

func (u *uncased) inName(t *token) bool {
	return t.kind == word && t.quote < 0 && utf8.RuneCountInString(t.key) > 1 && !u.stop[t.key] && !u.of[t.key] && !u.title[t.key] && u.said[t.key] == 0
}

// full notes a full name.
func (u *uncased) full(from, to int) {
	words := joinKeys(u.toks[from:to])
	at, ok := u.byName[words]
	if !ok {
		at = len(u.people)
		u.byName[words] = at
		u.people = append(u.people, person{forms: []string{words}, given: u.toks[from].key, family: u.toks[to-1].key, full: from, fullTo: to})
	}
	u.people[at].count++
	u.mentions = append(u.mentions, mention{from: from, to: to, lead: from, person: at})
}

// bare notes where a family name that is one person's stands alone.
func (u *uncased) bare() {
	taken := map[int]bool{}
	for _, m := range u.mentions {
		for i := m.from; i < m.to; i++ {
			taken[i] = true
		}
	}
	bearers := map[string][]int{}
	for i, p := range u.people {
		bearers[p.family] = append(bearers[p.family], i)
	}
	for i := range u.toks {
		if is := bearers[u.toks[i].key]; len(is) == 1 && !taken[i] {
			u.people[is[0]].count++
			u.mentions = append(u.mentions, mention{from: i, to: i + 1, lead: i, person: is[0]})
		}
	}
}
