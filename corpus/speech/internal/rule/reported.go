package rule

import (
	"strings"

	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/speech/internal/token"
)

// fewestWords is how many words outside quotation marks a reported statement has
// at least, beside the speaker and the verb.
const fewestWords = 4

// thatReach is how far behind a verb of speech the word that opens the reported
// clause is looked for, in items.
const thatReach = 9

// reportedBy is who says what a sentence reports outside quotation marks, in the
// plain cases: "Lee said that …", "…, said Lee", "according to Lee …".
func (p *report) reportedBy(from, to int) attribution {
	outside, inside := 0, 0
	for i := from; i < to; i++ {
		if q := p.Items[i].Quote; q >= 0 {
			inside += p.WordsOf(q)
		} else if quote.IsDouble(p.Token(i).Key) {
			return unknown // a quotation that is not paired
		} else if p.Token(i).Kind == token.Word {
			outside++
		}
	}
	if outside < fewestWords+2 || inside > outside {
		return unknown
	}
	for v := from; v < to; v++ {
		if p.Items[v].Quote >= 0 {
			continue
		}
		if n := p.sourceAt(v); n > 0 && !p.of[p.Token(v).Key] && (v == from || p.Token(v-1).Key == ",") {
			if t, ok := p.named(v, v+n, to); ok && (v > from || n > 1 || p.Token(v).Key != "so") {
				return t
			}
		}
		g := p.saidBy(p.Token(v).Key)
		if g == 0 || p.quotes[p.Token(v).Key] {
			continue
		}
		if at := p.thatBehind(v, to); at > 0 {
			if t, _ := p.subjectBefore(v, from, at, g); t.written.Len() > 0 {
				return t
			}
			return unknown
		}
		if v > from+fewestWords && (p.Token(v-1).Key == "," || p.Token(v-2).Key == ",") {
			t, _ := p.named(v, v+1, to)
			return t
		}
	}
	return unknown
}

// thatBehind is the item behind the verb of speech at item v that opens the reported
// clause; 0 for none.
func (p *report) thatBehind(v, to int) int {
	for i := v + 1; i < min(to, v+thatReach) && p.Items[i].Quote < 0; i++ {
		t := p.Token(i)
		elided := strings.IndexAny(t.Key, "'’")
		switch {
		case p.that[t.Key], elided > 0 && p.that[t.Key[:elided]+"'"]:
			return i
		case t.Key == "," && p.that[p.Token(i+1).Key]:
			return i + 1
		case t.Key == "," && p.bare && i == v+1 && i+fewestWords < to:
			return i // German: "sagte, der Vertrag sei fertig"
		case t.Kind == token.Sign || p.saidBy(t.Key) != 0 && t.Key != p.Token(v).Key && i > v+1:
			return 0
		}
	}
	return 0
}
