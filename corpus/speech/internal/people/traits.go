package people

import (
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// learn notes the traits that a title shows of its holder.
func (p *Person) learn(title []token.Token) {
	if p.Roles == nil {
		p.Roles = map[string]bool{}
	}
	if o := officeOf(title); o != "" {
		p.trait(speech.OfficeTrait + o)
	}
	for i := range title {
		t := &title[i]
		if ofHead := t.Key == "of" || t.Key == "for" || t.Key == "to"; ofHead {
			break
		}
		if t.Is(word.Title | word.AnyRole) {
			p.Roles[strings.TrimSuffix(t.Key, ".")] = true
			for _, h := range word.HoldersOf(t.Key) {
				p.Roles[h] = true
			}
			if g := word.RoleGender(t.Class); word.GivenGender(p.Given)&g == word.GivenGender(p.Given) {
				p.Gender |= g
			}
			if w := word.WorkOf(t.Key); w != "" {
				p.trait(speech.WorkTrait + w)
			}
		}
		if t.Is(word.Demonym | word.Country) {
			if c := countryOf(title, i); c != "" {
				p.trait(speech.CountryTrait + c)
			}
		}
	}
}

// officeOf is what a title says of the office alone: its words without the
// country, the time and the small words; empty for what is none.
func officeOf(title []token.Token) string {
	var out []string
	office := false
	for i := range title {
		t := &title[i]
		if t.Kind != token.Word || t.Is(word.Function|word.Demonym|word.Country|word.Term) || i+1 < len(title) && title[i+1].Is(word.Demonym|word.Country) {
			continue // "South" of "South Korean", too
		}
		office = office || t.Is(word.Title)
		out = append(out, strings.TrimSuffix(t.Key, "."))
	}
	if !office {
		return ""
	}
	return strings.Join(out, " ")
}

func (p *Person) trait(t string) {
	if !slices.Contains(p.traits, t) {
		p.traits = append(p.traits, t)
	}
}

// countryOf names the country of a word in a title, so that "Korean" and
// "Korea" meet, and South Korea and North Korea do not; empty for what is no
// country.
func countryOf(title []token.Token, i int) string {
	key := title[i].Key
	c, ok := word.CountryOf(key)
	switch {
	case !ok && title[i].Upper:
		return "" // the UN
	case !ok:
		c = key[:min(len(key), 5)]
	}
	if i > 0 && (title[i-1].Key == "north" || title[i-1].Key == "south") {
		c = title[i-1].Key + " " + c
	}
	return c
}

// placeBehind is the place that "of" names behind a name: "of New Ulm".
func placeBehind(toks []token.Token, i int) []token.Token {
	if i+1 >= len(toks) || toks[i].Key != "of" || toks[i+1].Paragraph != toks[i].Paragraph {
		return nil
	}
	return capitalsFrom(toks, i+1)
}

// capitalsFrom are the capitalised words from i on that can name a place.
func capitalsFrom(toks []token.Token, i int) []token.Token {
	to := i
	for to < len(toks) && to < i+4 && toks[to].Kind == token.Word && toks[to].Caps && toks[to].Paragraph == toks[i].Paragraph && !toks[to].Is(word.Function|word.Calendar) {
		to++
	}
	return toks[i:to]
}

// sit notes the seat that a title names, and its place: from the words before the
// office, behind it or behind the name.
func (p *Person) sit(title, behind []token.Token) {
	at := slices.IndexFunc(title, func(t token.Token) bool { return word.SeatOf(strings.TrimSuffix(t.Key, ".")) != "" })
	if at < 0 || slices.ContainsFunc(title, func(t token.Token) bool { return t.Is(word.Rank | word.Past) }) {
		return
	}
	seat := word.SeatOf(strings.TrimSuffix(title[at].Key, "."))
	place := behind
	switch {
	case at+2 < len(title) && title[at+1].Key == "of":
		place = capitalsFrom(title, at+2)
	case len(place) == 0:
		place = title[:at]
	}
	var where []string
	for i := range place {
		if t := &place[i]; t.Caps && len(t.Key) > 3 && !strings.Contains(t.Key, ".") && !t.Is(word.Title|word.Modifier|word.AnyRole|word.Function|word.Demonym|word.Country|word.Honorific) {
			where = append(where, t.Key)
		}
	}
	if len(where) > 0 {
		seat += " of " + strings.Join(where, " ")
	}
	p.trait(speech.SeatTrait + seat)
}

// TraitsOf are the traits of somebody who holds an office for a body or a
// country; both may be empty.
func TraitsOf(office, behalf string) []string {
	var p Person
	for _, s := range []string{office, behalf} {
		if s == "" {
			continue
		}
		span := text.Span{End: len(s)}
		p.learn(token.Split(speech.Text{Body: s, Paragraphs: []text.Span{span}, Sentences: []text.Span{span}}))
	}
	if behalf != "" {
		p.trait(speech.CountryTrait + strings.ToLower(behalf))
	}
	return p.traits
}
