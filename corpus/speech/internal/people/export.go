package people

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/speech/names"
)

// Export makes people of ps, in the order of their first mention. at has the index
// of each of ps among them, NoPerson for those without a mention.
func Export(body string, toks []token.Token, ps []Person, mentions []Mention) (out []speech.Person, at []int) {
	out = make([]speech.Person, 0, len(ps))
	at = slices.Repeat([]int{speech.NoPerson}, len(ps))
	for _, m := range mentions {
		p := &ps[m.Person]
		if at[m.Person] == speech.NoPerson {
			g := p.Gender
			if g == 0 {
				g = word.GivenGender(p.Given)
			}
			at[m.Person] = len(out)
			out = append(out, speech.Person{Name: FullName(body, toks, p), Gender: g, Traits: p.traits})
		}
		o := &out[at[m.Person]]
		s := token.Span(toks, m.Lead, m.To)
		o.Mentions = append(o.Mentions, speech.Mention{Span: s, Title: m.Title, Also: m.also})
		for _, w := range []string{spaced(s.In(body)), otherScript(body, toks, m.To)} {
			if w != "" && w != o.Name && !slices.Contains(o.Aliases, w) {
				o.Aliases = append(o.Aliases, w)
			}
		}
	}
	return out, at
}

// otherScript is a name in brackets at token i, in a script without capitals:
// "Park Jin (박진)".
func otherScript(body string, toks []token.Token, i int) string {
	if i+2 >= len(toks) || toks[i].Key != "(" || toks[i+1].Kind != token.Word || toks[i+2].Key != ")" {
		return ""
	}
	w := toks[i+1].In(body)
	if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(r) || unicode.IsUpper(r) || unicode.IsLower(r) {
		return ""
	}
	return w
}

// FullName is the fullest spelling of a person's name. Where a text writes the name in
// capitals alone, only its parts begin with one, but for particles: "VAN" is "van".
func FullName(body string, toks []token.Token, p *Person) string {
	ws := strings.Fields(token.Span(toks, p.Full, p.FullTo).In(body))
	if len(ws) > 1 && !slices.ContainsFunc(ws, func(w string) bool {
		return strings.ToUpper(w) != w || strings.Contains(w, ".") && !initial.MatchString(w)
	}) {
		for i, w := range ws {
			switch {
			case initial.MatchString(w):
			case i > 0 && i < len(ws)-1 && word.Of(strings.ToLower(w))&word.Particle != 0:
				ws[i] = strings.ToLower(w)
			default:
				ws[i] = names.Cased(w)
			}
		}
	}
	return strings.Join(ws, " ")
}

// initial is one initial or several: "B.", "J.R.".
var initial = regexp.MustCompile(`^(?:\p{Lu}\.)+$`)

// spaced folds white space.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }
