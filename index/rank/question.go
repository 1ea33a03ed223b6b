package rank

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/attache/index/lexis"
)

// Question is a question understood.
type Question struct {
	Text     string
	Language string
	Kind     lexis.Kind // what is asked for
	Units    []Unit     // what it speaks of, in order
	Weight   float64    // of all units

	rarest   float64 // what a word weighs that one passage holds
	analyzer *lexis.Analyzer
	tokens   []lexis.Token
	wording  wording
	forms    map[string]match // terms and concepts that stand for a unit
	uncased  bool             // it is typed without capitals, but perhaps the first
	newest   bool             // it asks for the newest that there is
	says     bool             // it asks what somebody says
	speaker  unitRange        // the units that name who says it; empty for unknown
	classes  lexis.ClassSet   // of the things asked for: "what language"
	traits   [NumTraits]float64
	focus    int // the unit right behind the words that ask: "how many nations"; -1 for none
}

// Unit is one thing that a question speaks of: a word, or several words that
// the vocabulary knows as one.
type Unit struct {
	Text     string
	Start    int                // where in the question
	Forms    map[string]float64 // terms and concepts, with how well they stand for it
	Weight   float64            // how rare it is, and how much it names
	Known    bool               // the documents hold it, in some form
	Name     bool               // a name
	Number   bool
	Year     int // that it names; 0 for none
	Month    int
	Day      int
	Light    bool   // shapes the question and names nothing
	strong   bool   // says which of many: "first"
	proper   bool   // the vocabulary has it as a name: of a state, an organisation
	phrase   bool   // the vocabulary has it, and as no name: "prime minister"
	own      string // its stem, for words that look like it
	skeleton string // of its stem
	traces   traces // of its words
}

// match is a form's place in the question.
type match struct {
	unit  int
	level float64
}

// Lexicon returns how many passages hold a term, of how many in all.
type Lexicon interface {
	Frequency(term string) int
	Size() int
	Similar(term string) (string, bool) // the term that was meant, if one was misspelt
}

// Understand reads a question in a language. "Last year" in it is before now.
func Understand(s, language string, now time.Time, lex Lexicon) *Question {
	a := lexis.For(language)
	q := &Question{Text: s, Language: language, analyzer: a, forms: map[string]match{}, focus: -1, rarest: math.Log(2 + float64(lex.Size()))}
	q.tokens = a.Question(s)
	q.tokens = q.tokens[:min(len(q.tokens), mostTokens)]
	q.tokens = a.Split(q.tokens, lex.Frequency)
	q.uncased = strings.ToLower(s) != strings.ToUpper(s) && !slices.ContainsFunc(q.tokens[min(1, len(q.tokens)):], func(t lexis.Token) bool { return t.Is(lexis.Capital) })
	asking, only := q.readKind(), q.onlyStops()
	q.wording = wordingOf(q.asked(asking))
	for i := 0; i < len(q.tokens); i++ {
		t := q.tokens[i]
		if p, n := a.When(q.tokens[i:]); n > 0 {
			q.addPeriod(p, q.tokens[i:i+n], now, lex)
			i += n - 1
			continue
		}
		if n := a.Newest(q.tokens[i:]); n > 0 {
			q.newest = true
			i += n - 1
			continue
		}
		n := max(int(t.Words), 1)
		if t.Concept == "" && (t.Is(lexis.Stop) || asking.only(q.tokens, i)) && !only {
			continue
		}
		if len(q.Units) < mostUnits {
			q.addUnit(i, n, q.analyzer.Name(q.tokens, i), asking.has(i), lex)
		}
		i += n - 1
	}
	q.findFocus()
	q.classes = a.AskedClasses(q.tokens)
	q.says = slices.ContainsFunc(q.tokens, func(t lexis.Token) bool { return t.Tells.Has(lexis.Speech) })
	if q.Kind == lexis.Speech && !q.says {
		q.Kind = lexis.Thing // "what did they build"
	}
	if q.Kind == lexis.Speech {
		q.findSpeaker()
	}
	if q.Kind == lexis.Thing && q.content() == 1 && q.focus < 0 {
		q.Kind = lexis.Definition
	}
	if q.Kind == lexis.Definition && q.content() > 2 {
		q.Kind = lexis.Thing // "what is the largest city of …" asks for the city
	}
	return q
}

// What a question may hold; the rest of a longer one is not read.
const (
	mostTokens = 200
	mostUnits  = 32
)

// AsksNews reports whether the question asks for the latest news on no particular
// topic.
func (q *Question) AsksNews() bool { return q.newest && len(q.Units) == 0 }

func (q *Question) onlyStops() bool {
	return !slices.ContainsFunc(q.tokens, func(t lexis.Token) bool { return t.Concept != "" || !t.Is(lexis.Stop) })
}

// addUnit adds the unit of the n words from the i-th on. A noun among those that
// ask is not missed when the documents never use it: they name what it stands
// for.
func (q *Question) addUnit(i, n int, name, asks bool, lex Lexicon) {
	tokens := q.tokens[i : i+n]
	first, last := tokens[0], tokens[len(tokens)-1]
	u := Unit{Text: q.Text[first.Start:last.End], Start: int(first.Start), Forms: map[string]float64{}}
	if key := first.Concept; key != "" {
		u.Forms[key] = 1
		for c, level := range lexis.Related(key) {
			u.Forms[c] = max(u.Forms[c], level)
		}
		u.phrase = strings.HasPrefix(key, "+")
		u.Name = !u.phrase
		u.proper = strings.HasPrefix(key, "=")
	} else {
		u.Forms[first.Term], u.own = 1, first.Term
		u.skeleton = q.analyzer.Skeleton(&first)
		u.Name = name
		u.unbind(q.analyzer, first, lex)
		for _, f := range q.analyzer.Recased(&first) {
			if lex.Frequency(f) > 0 {
				u.Forms[f] = 1
			}
		}
	}
	if i+n < len(q.tokens) {
		if joined := q.analyzer.Joined(q.tokens[i], q.tokens[i+n]); joined != "" && lex.Frequency(joined) > 0 {
			u.Forms[joined] = 1
		}
	}
	u.join(q.analyzer.Synonyms(first))
	u.Number = first.Is(lexis.Digits)
	u.Light = first.Concept == "" && first.Is(lexis.Light)
	u.strong = first.Concept == "" && first.Is(lexis.Strong)
	u.Month = q.analyzer.Month(q.tokens[i:])
	if year(first.Word) {
		u.Year, _ = strconv.Atoi(first.Word)
	}
	for j := range tokens {
		t := q.wording.of(&tokens[j])
		u.traces.join(&t)
	}
	u.Weight, u.Known = rarity(u, lex)
	if !u.Known && !u.Number && first.Concept == "" {
		if meant, ok := lex.Similar(first.Term); ok {
			u.Forms[meant] = misspelt
			u.Weight, u.Known = rarity(u, lex)
		} else if meant, ok := q.analyzer.Similar(first.Term); ok {
			u.join(q.analyzer.Synonyms(lexis.Token{Term: meant}))
			u.Weight, u.Known = rarity(u, lex)
		}
	}
	switch {
	case asks && !u.Known && first.Concept == "":
		u.Light, u.Weight = true, 0
	case u.Light:
		u.Weight *= lightWeight
	}
	u.promote(lex)
	q.add(u)
}

// addPeriod adds a time told by its distance from the present. Of a year the
// number may be written; of a shorter one only the date of a document tells.
func (q *Question) addPeriod(p lexis.Period, tokens []lexis.Token, now time.Time, lex Lexicon) {
	first, last := tokens[0], tokens[len(tokens)-1]
	u := Unit{Text: q.Text[first.Start:last.End], Start: int(first.Start), Forms: map[string]float64{}, Number: true}
	u.Year, u.Month, u.Day = p.Date(now)
	u.Forms[strconv.Itoa(u.Year)] = 1
	if u.Month > 0 {
		u.Forms[strconv.Itoa(u.Year)] = promoted
	}
	u.Weight, u.Known = rarity(u, lex)
	q.add(u)
}

func (q *Question) add(u Unit) {
	q.Weight += u.Weight
	for f, level := range u.Forms {
		if m, ok := q.forms[f]; !ok || m.level < level {
			q.forms[f] = match{len(q.Units), level}
		}
	}
	q.Units = append(q.Units, u)
}

// join adds forms to the unit's own.
func (u *Unit) join(forms map[string]float64) {
	for f, level := range forms {
		u.Forms[f] = max(u.Forms[f], level)
	}
}

// unbind adds the terms that the unit's word has when a letter is written
// together with it. The bare word is the one that the documents use more.
func (u *Unit) unbind(a *lexis.Analyzer, t lexis.Token, lex Lexicon) {
	n := lex.Frequency(t.Term)
	with, without := a.Clitics(t)
	for _, f := range without {
		if m := lex.Frequency(f); m > n {
			u.Forms[f] = 1
		}
	}
	for _, f := range with {
		if m := lex.Frequency(f); m > 0 && m <= n {
			u.Forms[f] = 1
		}
	}
}

// promote lets words of like meaning stand for a word that the documents never
// use: they are all there is to go by.
func (u *Unit) promote(lex Lexicon) {
	for f, level := range u.Forms {
		if level >= Own && lex.Frequency(f) > 0 {
			return
		}
	}
	most := 0
	for f := range u.Forms {
		if n := lex.Frequency(f); n > 0 {
			u.Forms[f] = promoted
			most = max(most, n)
		}
	}
	if most > 0 {
		u.Weight = min(u.Weight, idf(most, lex.Size()))
	}
}

// promoted is how well they do.
const promoted = 0.7

// Own is the level from which a form stands for the unit itself, not only for
// something like it.
const Own = 0.7

const (
	misspelt    = 0.8 // a corrected word stands a little less for the one typed
	lightWeight = 0.3
)

// rarity is the inverse document frequency of a unit's own form (Robertson
// and Spärck Jones, as in BM25), or, where that is nowhere, of the commonest of
// those that stand for it.
func rarity(u Unit, lex Lexicon) (weight float64, known bool) {
	own, standing := 0, 0
	for f, level := range u.Forms {
		n := lex.Frequency(f)
		known = known || n > 0
		if level == 1 {
			own = max(own, n)
		} else if level >= Own {
			standing = max(standing, n)
		}
	}
	return idf(cmp.Or(own, standing), lex.Size()), known
}

func idf(df, size int) float64 {
	n, all := float64(df), float64(max(size, df))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

// asking are the words of a question that ask, by their places.
type asking struct{ first, end int }

func (a asking) has(i int) bool { return i >= a.first && i < a.end }

// only reports whether a word does nothing but ask: "which countries" asks for
// countries, and names them.
func (a asking) only(question []lexis.Token, i int) bool {
	t := question[i]
	return a.has(i) && (i == a.first || t.Is(lexis.Stop) || t.Is(lexis.Light))
}

// asked are the tokens of a question without those that a statement of somebody does
// not repeat: what asks for the words of somebody, and the verb of saying.
func (q *Question) asked(a asking) []lexis.Token {
	if q.Kind != lexis.Speech {
		return q.tokens
	}
	var rest []lexis.Token
	for i, t := range q.tokens {
		if !a.has(i) && !t.Tells.Has(lexis.Speech) {
			rest = append(rest, t)
		}
	}
	return rest
}

// readKind finds what the question asks for and the words that ask.
func (q *Question) readKind() asking {
	at, n, kind := q.analyzer.Asked(q.tokens)
	q.Kind = kind
	return asking{at, at + n}
}

// In returns what names the unit in another language: only names are the same
// in all.
func (u Unit) In(language string) []string {
	if !u.Name {
		return nil
	}
	var all []string
	for _, t := range lexis.For(language).Tokens(nil, u.Text) {
		all = append(all, t.Term)
		if t.Concept != "" && int(t.Words) > 1 {
			return []string{t.Concept}
		}
	}
	for _, f := range u.Terms() {
		if u.Forms[f] == 1 && strings.HasPrefix(f, "=") {
			return []string{f}
		}
	}
	return all
}

// Foreign adds what names the units in another language of the documents, whose
// terms lex tells.
func (q *Question) Foreign(language string, lex Lexicon) {
	for i := range q.Units {
		terms := q.Units[i].In(language)
		held := len(terms) > 0
		for _, f := range terms {
			held = held && lex.Frequency(f) > 0
			if _, ok := q.forms[f]; !ok {
				q.forms[f] = match{i, 1}
			}
		}
		q.Units[i].Known = q.Units[i].Known || held
	}
}

// content is how many units of the question name something.
func (q *Question) content() (n int) {
	for _, u := range q.Units {
		if !u.Light {
			n++
		}
	}
	return n
}

// unitRange are the units of a question from first up to end.
type unitRange struct{ first, end int }

func (r unitRange) has(i int) bool { return i >= r.first && i < r.end }
func (r unitRange) empty() bool    { return r.first == r.end }

// findSpeaker finds the units that name whose words are asked for: those before
// the verb ("what did Blinken say about"), or the names right behind it ("was
// sagte Blinken über"). The last of them is a name however it is typed.
func (q *Question) findSpeaker() {
	verb := slices.IndexFunc(q.tokens, func(t lexis.Token) bool { return t.Tells.Has(lexis.Speech) })
	before := 0
	for before < len(q.Units) && q.Units[before].Start < int(q.tokens[verb].Start) {
		before++
	}
	if q.speaker = (unitRange{0, before}); before == 0 {
		q.speaker = q.namesBehind(verb)
	}
	if !q.speaker.empty() && (!q.verbFinal() || !q.names()) {
		q.Units[q.speaker.end-1].Name = true
	}
}

// verbFinal reports whether nothing follows the verb of a question for
// somebody's words: then the topic, if there is one, is beside the speaker's
// name before it, in an order that depends on the language.
func (q *Question) verbFinal() bool { return q.speaker.end == len(q.Units) }

// namesBehind are the names that follow a token without a word between them.
func (q *Question) namesBehind(token int) unitRange {
	end := 0
	for i := token + 1; i < len(q.tokens) && end < len(q.Units); {
		u := &q.Units[end]
		if u.Start != int(q.tokens[i].Start) || !u.Name {
			break
		}
		for i < len(q.tokens) && int(q.tokens[i].Start) < u.Start+len(u.Text) {
			i++
		}
		end++
	}
	return unitRange{0, end}
}

// findFocus finds the unit that the words which ask lean on.
func (q *Question) findFocus() {
	at, n, kind := q.analyzer.Asked(q.tokens)
	if kind == lexis.Unasked || at+n >= len(q.tokens) {
		return
	}
	next := int(q.tokens[at+n].Start)
	q.focus = slices.IndexFunc(q.Units, func(u Unit) bool { return u.Start == next })
}

// Terms are the forms of a unit that are worth looking up, with their levels,
// in order.
func (u Unit) Terms() []string {
	var all []string
	for f := range u.Forms {
		all = append(all, f)
	}
	slices.Sort(all)
	return all
}
