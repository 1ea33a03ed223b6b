package rule

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// named finds the name behind a verb or a phrase, the cue that begins at item
// c, from item i on: with nothing before it but what its holder is.
func (p *report) named(c, i, to int) (attribution, bool) {
	offices, comma, of := 0, false, false
	for j := i; j < min(to, i+nameReach) && p.Items[j].Quote < 0; j++ {
		t := p.Token(j)
		if m := p.at[j]; m != nil {
			if offices == 0 && (comma || j-i > 2) || j > i && p.isObject(j) {
				return unknown, false
			}
			return p.attributed(m, c), true
		}
		switch {
		case p.isOffice(t):
			if offices > 0 && of && !comma {
				return unknown, false // the spokesman of the minister
			}
			offices++
			of = false
		case t.Key == ",":
			if comma {
				return unknown, false
			}
			comma = true
		case t.Kind == token.Sign && t.Key != "-" || p.saidBy(t.Key) != 0 || p.opensClause(j):
			return unknown, false
		case p.of[t.Key]:
			of = true
		case p.isElided(t) && offices > 0 && !comma:
			return unknown, false
		case t.Caps && offices == 0:
			if person := p.inflected(t.Key); person >= 0 {
				return attribution{person, t.Span, p.Token(c).Span}, true
			}
			if p.at[j+1] == nil && p.inflected(p.Token(j+1).Key) < 0 {
				return unknown, false // somebody unknown
			}
		}
	}
	return unknown, false
}

// attributed is the attribution to the person of a mention, with the cue at item c;
// without a cue c is -1.
func (p *report) attributed(m *people.Mention, c int) attribution {
	t := attribution{person: m.Person, written: text.Span{Start: p.Tokens[m.Lead].Start, End: p.Tokens[m.To-1].End}}
	if m.Title.Len() > 0 && m.Title.Start < t.written.Start {
		t.written.Start = m.Title.Start
	}
	if c >= 0 {
		t.cue = p.Token(c).Span
		for n := p.sourceAt(c); n > 1; n = 0 {
			t.cue.End = p.Token(c + n - 1).End
		}
	}
	return t
}

// opensClause reports whether the word at item i opens a clause.
func (p *report) opensClause(i int) bool {
	key := p.Token(i).Key
	return p.which[key] || p.comma[key] && p.Token(i-1).Key == ","
}

// inflected is the only person whose family name a word is with another
// ending, as Russian has them; -1 for none.
func (p *report) inflected(key string) int {
	if key == "" || key[0] < 0x80 {
		return -1
	}
	if p.stems == nil {
		p.stems = map[string]int{}
		for i := range p.people {
			stem := stemOf(p.people[i].Family)
			if _, ok := p.stems[stem]; ok {
				i = -1
			}
			p.stems[stem] = i
		}
	}
	for range 4 {
		if i, ok := p.stems[key]; ok && utf8.RuneCountInString(key) >= 3 {
			return i
		}
		_, size := utf8.DecodeLastRuneInString(key)
		key = key[:len(key)-size]
	}
	return -1
}

// stemOf is a Russian family name without its vowel ending.
func stemOf(family string) string { return strings.TrimRight(family, "аяыйио") }

// isObject reports whether a preposition precedes the name at item i and its
// offices: "to Ann Lee", "by the minister Ann Lee".
func (p *report) isObject(i int) bool {
	for i--; i >= 0 && (p.isOffice(p.Token(i)) || p.Token(i).Is(word.Honorific|word.Modifier|word.Demonym)); i-- {
	}
	return i >= 0 && (p.of[p.Token(i).Key] || p.isElided(p.Token(i)))
}

// isElided reports whether a word is a small word and an office in one:
// "dell'ambasciatrice".
func (p *report) isElided(t *token.Token) bool {
	at := strings.IndexAny(t.Key, "'’")
	if at < 0 || !p.of[t.Key[:at]+"'"] {
		return false
	}
	return word.ForeignOffice(strings.TrimLeft(t.Key[at:], "'’"))
}

func (p *report) isOffice(t *token.Token) bool {
	return t.Kind == token.Word && (t.Is(word.Title|word.Role|word.RoleMale|word.RoleFemale) || p.title[t.Key])
}

// office is the words from item i on that name a speaker by an office alone.
func (p *report) office(i, to int) text.Span {
	for j := i; j < min(to, i+3) && p.Items[j].Quote < 0 && p.Token(j).Kind == token.Word && !p.of[p.Token(j).Key]; j++ {
		if p.isOffice(p.Token(j)) {
			return text.Span{Start: p.Token(i).Start, End: p.Token(j).End}
		}
	}
	return text.Span{}
}

// sourceAt is how many items from i on are a phrase like "according to"; 0 for
// none.
func (p *report) sourceAt(i int) int {
	for _, words := range p.source {
		n := 0
		for n < len(words) && p.Token(i+n).Key == words[n] {
			n++
		}
		if n == len(words) {
			return n
		}
	}
	return 0
}

// meant is the only person of a gender who is named in the sentences before
// item i, in its paragraph and at the end of the one before; -1 for none, and
// where two fit.
func (p *report) meant(i int, g speech.Gender) int {
	found := -1
	for j := i - 1; j >= 0 && p.Items[j].Paragraph >= p.Items[i].Paragraph-1 && p.Items[j].Sentence >= p.Items[i].Sentence-3 && i-j < meantReach; j-- {
		m := p.at[j]
		if m == nil || m.Person == found || p.genderOf(m.Person)&g == 0 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = m.Person
	}
	return found
}

// genderOf is a person's gender; any where it is unknown.
func (p *report) genderOf(person int) speech.Gender {
	g := p.people[person].Gender
	if g == 0 {
		g = word.GivenGender(p.people[person].Given)
	}
	if g == 0 {
		g = anyGender
	}
	return g
}
