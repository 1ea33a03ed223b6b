package speech

import (
	"slices"
	"strings"
)

// learn notes what a title tells of its holder.
func (p *person) learn(title []token) {
	l := words()
	if p.roles == nil {
		p.roles = map[string]bool{}
	}
	if o := officeOf(title); o != "" {
		p.trait(OfficeTrait + o)
	}
	for i := range title {
		t := &title[i]
		if ofHead := t.key == "of" || t.key == "for" || t.key == "to"; ofHead {
			break
		}
		if t.is(titleWord | anyRole) {
			p.roles[strings.TrimSuffix(t.key, ".")] = true
			for _, h := range l.holders[t.key] {
				p.roles[h] = true
			}
			if g := roleGender(t.class); givenGender(p.given)&g == givenGender(p.given) {
				p.gender |= g
			}
			if w := l.works[t.key]; w != "" {
				p.trait(WorkTrait + w)
			}
		}
		if t.is(demonym | countryWord) {
			if c := countryOf(title, i); c != "" {
				p.trait(CountryTrait + c)
			}
		}
	}
}

// officeOf is what a title says of the office alone: its words without the
// country, the time and the small words; empty for what is none.
func officeOf(title []token) string {
	var out []string
	office := false
	for i := range title {
		t := &title[i]
		if t.kind != word || t.is(functionWord|demonym|countryWord|termWord) || i+1 < len(title) && title[i+1].is(demonym|countryWord) {
			continue // "South" of "South Korean", too
		}
		office = office || t.is(titleWord)
		out = append(out, strings.TrimSuffix(t.key, "."))
	}
	if !office {
		return ""
	}
	return strings.Join(out, " ")
}

func (p *person) trait(t string) {
	if !slices.Contains(p.traits, t) {
		p.traits = append(p.traits, t)
	}
}

// countryOf names the country of a word in a title, so that "Korean" and
// "Korea" meet, and South Korea and North Korea do not; empty for what is no
// country.
func countryOf(title []token, i int) string {
	key := title[i].key
	c, ok := words().countries[key]
	switch {
	case !ok && title[i].upper:
		return "" // the UN
	case !ok:
		c = key[:min(len(key), 5)]
	}
	if i > 0 && (title[i-1].key == "north" || title[i-1].key == "south") {
		c = title[i-1].key + " " + c
	}
	return c
}

// placeBehind is the place that "of" names behind a name: "of New Ulm".
func placeBehind(toks []token, i int) []token {
	if i+1 >= len(toks) || toks[i].key != "of" || toks[i+1].para != toks[i].para {
		return nil
	}
	return capitalsFrom(toks, i+1)
}

// capitalsFrom are the capitalised words from i on that can name a place.
func capitalsFrom(toks []token, i int) []token {
	to := i
	for to < len(toks) && to < i+4 && toks[to].kind == word && toks[to].caps && toks[to].para == toks[i].para && !toks[to].is(functionWord|calendar) {
		to++
	}
	return toks[i:to]
}

// sit notes the seat that a title tells of, and its place: of what stands
// before the office, behind it or behind the name.
func (p *person) sit(title, behind []token) {
	l := words()
	at := slices.IndexFunc(title, func(t token) bool { return l.seats[strings.TrimSuffix(t.key, ".")] != "" })
	if at < 0 || slices.ContainsFunc(title, func(t token) bool { return t.is(rankWord | pastWord) }) {
		return
	}
	seat := l.seats[strings.TrimSuffix(title[at].key, ".")]
	place := behind
	switch {
	case at+2 < len(title) && title[at+1].key == "of":
		place = capitalsFrom(title, at+2)
	case len(place) == 0:
		place = title[:at]
	}
	var where []string
	for i := range place {
		if t := &place[i]; t.caps && len(t.key) > 3 && !strings.Contains(t.key, ".") && !t.is(titleWord|titleModifier|anyRole|functionWord|demonym|countryWord|honorific) {
			where = append(where, t.key)
		}
	}
	if len(where) > 0 {
		seat += " of " + strings.Join(where, " ")
	}
	p.trait(SeatTrait + seat)
}
