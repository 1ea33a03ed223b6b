package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// Translation is a question put into another language word by word, for documents in
// that language to be searched with it. It is nothing to show: what the vocabulary
// lacks stands in it as it was.
type Translation struct {
	Text    string
	Found   int // how many words and names it has in the other language
	Missing int // how many it lacks
}

// Translate puts a question into another language by the vocabulary. name returns how
// the documents write the name of somebody, empty for what they don't name. It reports
// false where nothing could be put into the other language but what is written alike
// there.
func Translate(question, from, to string, name func(string) string) (Translation, bool) {
	v := vocabulary()
	if from == to || !slices.Contains(v.columns, from) || !slices.Contains(v.columns, to) {
		return Translation{}, false
	}
	a := For(from)
	tokens := a.Question(question)
	at, n, kind := a.Asked(tokens)
	var asks text.Span
	if n > 0 {
		asks = text.Span{Start: int(tokens[at].Start), End: int(tokens[at+n-1].End)}
	}
	t := translator{v: v.of(from), to: slices.Index(v.columns, to), a: a, name: name, kind: kind}
	if t.unspaced(question) {
		t.readSigns(text.Simplified(question), asks)
	} else {
		t.readWords(question, tokens, asks)
	}
	words := 0
	out := Translation{}
	for _, i := range t.items {
		switch i.part {
		case missing:
			out.Missing++
		case somebody:
			out.Found++
		default:
			words++
			out.Found++
		}
	}
	out.Text = v.ask(kind, t.to, to, t.items)
	return out, words > 0 || t.renamed
}

// part is what a word of the question is to the question.
type part uint8

const (
	word     part = iota // of the field
	missing              // in no vocabulary, and no name
	somebody             // the name of a person, a number: what no vocabulary has
	speaker              // a state, an organisation, an office
)

// item is a word or name of the question in the other language.
type item struct {
	text string
	part part
}

// translator puts one question into another language.
type translator struct {
	v     *column
	to    int // the column
	a     *Analyzer
	name  func(string) string
	kind  Kind // that the question asks for
	items []item

	renamed bool // it names somebody whose name is written otherwise there
}

func (t *translator) add(s string, p part) {
	if s != "" {
		t.items = append(t.items, item{s, p})
	}
}

// unspaced reports whether a question is in a script without spaces.
func (t *translator) unspaced(s string) bool {
	return t.a.code != "ko" && strings.ContainsFunc(s, text.Unspaced)
}

// mostWords is of how many words an entry of the vocabulary is at most, and a name.
const mostWords = 6

// readWords reads a question in words.
func (t *translator) readWords(question string, tokens []Token, asks text.Span) {
	for i := 0; i < len(tokens); {
		w := &tokens[i]
		if asks.Contains(text.Span{Start: int(w.Start), End: int(w.End)}) && asks.Len() > 0 {
			i++
			continue
		}
		if e, n := t.v.at(tokens[i:]); n > 0 {
			t.add(e.in(t.to), e.part)
			i += n
			continue
		}
		if s, n := t.nameAt(question, tokens[i:]); n > 0 {
			t.add(s, somebody)
			i += n
			continue
		}
		switch {
		case w.Is(Digits) || w.Is(Acronym):
			t.add(question[w.Start:w.End], somebody) // written alike everywhere
		case !w.Is(Stop) && !w.Is(Light) && !(t.kind == Speech && w.Tells.Has(Speech)):
			t.add(w.Term, missing)
		}
		i++
	}
}

// longestName is of how many words a name is looked up.
const longestName = 4

// nameAt is how the documents write the name that the tokens begin with, and of how
// many it is.
func (t *translator) nameAt(question string, tokens []Token) (string, int) {
	cased := unicode.Is(unicode.Latin, firstRune(tokens[0].Word)) || unicode.Is(unicode.Cyrillic, firstRune(tokens[0].Word))
	most := 1 // up to a word of the vocabulary
	for ; most < min(longestName, len(tokens)); most++ {
		if _, n := t.v.at(tokens[most:]); n > 0 {
			break
		}
	}
	for n := most; n > 0; n-- {
		if cased && n > capitals(question, tokens) || slices.ContainsFunc(tokens[:n], func(w Token) bool { return w.Is(Stop) || w.Is(Digits) }) {
			continue
		}
		last := tokens[n-1]
		s := question[tokens[0].Start:last.End]
		if !cased {
			s = question[tokens[0].Start:last.Start] + cutEnd(last.Word, t.a.particles)
		}
		if utf8.RuneCountInString(s) < 2 {
			continue
		}
		if name := t.name(s); name != "" {
			t.renamed = true
			return name, n
		}
		if cased && n == capitals(question, tokens) {
			return s, n // between languages of one script names stay as they are
		}
	}
	return "", 0
}

// capitals counts the tokens from the first on that begin with capitals, or are joined
// to such a one by a hyphen: "Ha-jun".
func capitals(question string, tokens []Token) (n int) {
	for n < min(len(tokens), longestName) && (tokens[n].Is(Capital) || n > 0 && question[tokens[n-1].End:tokens[n].Start] == "-") {
		n++
	}
	return n
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// readSigns reads a question in a script without spaces: the longest words of the
// vocabulary first, and between them names.
func (t *translator) readSigns(question string, asks text.Span) {
	rest := 0 // where what no word covered begins
	for at := 0; at < len(question); {
		if asks.Len() > 0 && at == asks.Start {
			t.readRest(question[rest:at])
			at = asks.End
			rest = at
			continue
		}
		e, n := t.v.prefix(question[at:])
		if n == 0 {
			_, n = utf8.DecodeRuneInString(question[at:])
			at += n
			continue
		}
		t.readRest(question[rest:at])
		t.add(e.in(t.to), e.part)
		at += n
		rest = at
	}
	t.readRest(question[rest:])
}

// readRest reads what is between words of the vocabulary: names, numbers, and
// what is missing, in runs of one kind of letters.
func (t *translator) readRest(s string) {
	for s != "" {
		kind := letterKind(firstRune(s))
		end := strings.IndexFunc(s, func(r rune) bool { return letterKind(r) != kind })
		if end < 0 {
			end = len(s)
		}
		run := s[:end]
		s = s[end:]
		switch kind {
		case latinKind:
			t.add(run, somebody)
		case signKind:
			t.readRun(run)
		}
	}
}

// The kinds of letters that runs are of.
const (
	otherKind = iota
	latinKind // with digits
	signKind  // Han and katakana
)

func letterKind(r rune) int {
	switch {
	case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return latinKind
	case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Katakana, r) || r == 'ー' || r == '・' || r == '·':
		return signKind
	}
	return otherKind
}

// readRun reads signs that no word covers: the name they begin with, of four signs at
// most where they are Han, else two of them are taken for what is missing.
func (t *translator) readRun(run string) {
	signs := []rune(run)
	most := len(signs)
	if unicode.Is(unicode.Han, signs[0]) {
		most = min(most, 4)
	}
	for n := most; n >= 2; n-- {
		if name := t.name(string(signs[:n])); name != "" {
			t.renamed = true
			t.add(name, somebody)
			if len(signs) > n {
				t.readRun(string(signs[n:]))
			}
			return
		}
	}
	if tokens := t.a.Tokens(nil, run); len(signs) >= 2 && slices.ContainsFunc(tokens, func(w Token) bool { return !w.Is(Stop) && !w.Is(Light) }) {
		t.add(string(signs[:2]), missing)
	}
}

// ask puts the words of a question into the form in which a language asks for a kind.
func (v *lexicon) ask(k Kind, column int, to string, items []item) string {
	between := " "
	if to == "zh" || to == "ja" {
		between = ""
	}
	join := func(items []item) string {
		var all []string
		for _, i := range items {
			all = append(all, i.text)
		}
		return strings.Join(all, between)
	}
	form := k.String()
	if k == Speech {
		who, about := whoSays(items)
		if len(who) > 0 {
			form = "saying"
			if len(about) > 0 {
				form = "saying about"
			}
			return strings.Replace(strings.Replace(v.asks[form][column], "*", join(who), 1), "*", join(about), 1)
		}
	}
	as := v.asks[form]
	if as == nil && k > Unasked && k != Whether {
		as = v.asks["thing"]
	}
	if as == nil {
		return join(items)
	}
	return strings.Replace(as[column], "*", join(items), 1)
}

// whoSays parts the words of a question for what somebody says into who it is, the
// first person named or else the first state, organisation or office, and the rest.
func whoSays(items []item) (who, about []item) {
	at := slices.IndexFunc(items, func(i item) bool { return i.part == somebody })
	if at >= 0 {
		return items[at : at+1], slices.Concat(items[:at], items[at+1:])
	}
	if at = slices.IndexFunc(items, func(i item) bool { return i.part == speaker }); at < 0 {
		return nil, items
	}
	end := at
	for end < len(items) && items[end].part == speaker {
		end++
	}
	return items[at:end], slices.Concat(items[:at], items[end:])
}
