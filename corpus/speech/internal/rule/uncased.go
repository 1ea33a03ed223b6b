package rule

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/token"
)

// uncased finds the people of a text in a script without capitals whose words
// are spaced, as Arabic: full names behind an office or a verb of speech that
// begin with a known given name, or follow both, and then their last
// words alone.
type uncased struct {
	*grammar
	toks     []token.Token
	people   []people.Person
	mentions []people.Mention
	byName   map[string]int
}

// People finds the people of a text in a language that is written without capitals
// and has words of office, with the places that name them; ok is false for other
// languages.
func People(toks []token.Token, language string) (_ []people.Person, _ []people.Mention, ok bool) {
	l := languages()[language]
	if l == nil || len(l.title) == 0 {
		return nil, nil, false
	}
	u := &uncased{grammar: l, toks: toks, byName: map[string]int{}}
	for i := range toks {
		from := -1
		says := l.said[toks[i].Key] != 0
		switch {
		case l.title[toks[i].Key]:
			from = u.overOffice(i)
			says = i > 0 && l.said[toks[i-1].Key] != 0
		case says:
			from = i + 1
		}
		if from < 0 || from >= len(toks) || toks[from].Paragraph != toks[i].Paragraph || !l.given[toks[from].Key] && !(says && l.title[toks[i].Key]) {
			continue
		}
		if to := u.nameEnd(from); to-from > 1 {
			u.full(from, to)
			if p := &u.mentions[len(u.mentions)-1]; l.title[toks[i].Key] {
				p.Title = token.Span(toks, i, from)
			}
		}
	}
	u.bare()
	slices.SortFunc(u.mentions, func(a, b people.Mention) int { return a.From - b.From })
	return u.people, u.mentions, true
}

// overOffice is the token behind an office and what belongs to it: words with
// an article, more offices, and a department with its country.
func (u *uncased) overOffice(i int) int {
	for i++; i < len(u.toks); i++ {
		switch t := &u.toks[i]; {
		case u.department[t.Key]:
			i++
		case t.Kind != token.Word || u.stop[t.Key] || u.of[t.Key] || u.said[t.Key] != 0:
			return -1
		case !u.hasArticle(t.Key) && !u.title[t.Key]:
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
	for to < len(u.toks) && u.inName(&u.toks[to]) && u.toks[to].Paragraph == u.toks[i].Paragraph {
		if u.joins[u.toks[to].Key] {
			need++
		} else if to-i >= need && !u.hasArticle(u.toks[to].Key) {
			break
		}
		to++
		if to-i > need {
			break
		}
	}
	if to > i && u.hasArticle(u.toks[i].Key) || to > i && u.joins[u.toks[to-1].Key] {
		return i
	}
	return to
}

func (u *uncased) inName(t *token.Token) bool {
	return t.Kind == token.Word && t.Quote < 0 && utf8.RuneCountInString(t.Key) > 1 && !u.stop[t.Key] && !u.of[t.Key] && !u.title[t.Key] && u.said[t.Key] == 0
}

// full notes a full name.
func (u *uncased) full(from, to int) {
	words := token.JoinKeys(u.toks[from:to])
	at, ok := u.byName[words]
	if !ok {
		at = len(u.people)
		u.byName[words] = at
		u.people = append(u.people, people.Person{Forms: []string{words}, Given: u.toks[from].Key, Family: u.toks[to-1].Key, Full: from, FullTo: to})
	}
	u.people[at].Count++
	u.mentions = append(u.mentions, people.Mention{From: from, To: to, Lead: from, Person: at})
}

// bare notes the places where the family name of one person occurs alone.
func (u *uncased) bare() {
	taken := map[int]bool{}
	for _, m := range u.mentions {
		for i := m.From; i < m.To; i++ {
			taken[i] = true
		}
	}
	bearers := map[string][]int{}
	for i, p := range u.people {
		bearers[p.Family] = append(bearers[p.Family], i)
	}
	for i := range u.toks {
		if is := bearers[u.toks[i].Key]; len(is) == 1 && !taken[i] {
			u.people[is[0]].Count++
			u.mentions = append(u.mentions, people.Mention{From: i, To: i + 1, Lead: i, Person: is[0]})
		}
	}
}
