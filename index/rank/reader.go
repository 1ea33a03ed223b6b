package rank

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// reader reads passages for one question.
type reader struct {
	q       *Question
	best    float64            // score of the best passage
	byDoc   map[string]float64 // sum of the passages' scores, by document
	mostDoc float64
	recent  *[recentWords]recent // words read last, by how they are written
	titles  map[string]title
	tokens  []lexis.Token
	marks   []mark
	none    []float64
	bulk    []float64
	noted   []noted
	blanks  [3][]float64
	telling []int // tokens of the sentence read last that show the kind asked for
}

// zeros returns a number for each unit. Many are needed, so that they are made
// in bulk.
func (r *reader) zeros() []float64 {
	n := len(r.q.Units)
	if len(r.bulk) < n {
		r.bulk = make([]float64, 256*n)
	}
	z := r.bulk[:n:n]
	r.bulk = r.bulk[n:]
	return z
}

// blank returns a number for each unit, 0 each, until the blank of the same
// number is asked for again.
func (r *reader) blank(number int) []float64 {
	b := &r.blanks[number]
	if len(*b) != len(r.q.Units) {
		*b = make([]float64, len(r.q.Units))
	}
	clear(*b)
	return *b
}

// copied returns a copy of levels.
func (r *reader) copied(levels []float64) []float64 {
	c := r.zeros()
	copy(c, levels)
	return c
}

// mark is a token of a passage that bears on the question.
type mark struct {
	token int
	match
}

// newReader returns a reader for a question, which is to be closed.
func newReader(q *Question) *reader {
	return &reader{q: q, recent: recents.Get().(*[recentWords]recent), byDoc: map[string]float64{}, titles: map[string]title{}, none: make([]float64, len(q.Units))}
}

// close gives back what the reader has borrowed.
func (r *reader) close() {
	clear(r.recent[:])
	recents.Put(r.recent)
	r.recent = nil
}

// survey sums up the passages, for what they are compared with.
func (r *reader) survey(passages []Passage) {
	for _, p := range passages {
		r.best = max(r.best, p.Score)
		r.byDoc[p.Document] += p.Score
		r.mostDoc = max(r.mostDoc, r.byDoc[p.Document])
	}
}

// match finds what a token stands for in the question.
func (r *reader) match(t *lexis.Token) (match, bool) {
	if t.Concept != "" {
		if m, ok := r.q.forms[t.Concept]; ok {
			return m, true
		}
	}
	w := r.lately(t)
	switch {
	case w.own:
		return w.match, true
	case t.Is(lexis.Stop) || t.Is(lexis.Gram):
		return match{}, false
	case !w.compared:
		w.match, w.compared = r.q.nearest(t), true
	}
	return w.match, w.level > 0
}

// recent is a word as written, and what it stands for in the question.
type recent struct {
	written uint64
	match
	traces   traces // of the question's wording
	own      bool   // as one of the question's forms
	compared bool   // else, whether match is what it comes close to
}

// recentWords is how many words a reader remembers.
const recentWords = 2048

// recents are empty memories for readers.
var recents = sync.Pool{New: func() any { return new([recentWords]recent) }}

// lately returns what is remembered of a word, the common ones mostly: that is
// much faster than looking its term up.
func (r *reader) lately(t *lexis.Token) *recent {
	w := &r.recent[t.Written%recentWords]
	if w.written != t.Written || t.Written == 0 {
		m, own := r.q.forms[t.Term]
		*w = recent{written: t.Written, match: m, own: own, traces: r.q.wording.of(t)}
	}
	return w
}

// nearest finds the unit whose word looks most like the token's: they share
// their beginning ("invade", "invasion") or one ends in the other (compounds).
func (q *Question) nearest(t *lexis.Token) match {
	best := match{unit: -1}
	skeleton := q.analyzer.Skeleton(t)
	for i := range q.Units {
		u := &q.Units[i]
		if u.Number || u.own == "" || t.Is(lexis.Digits) {
			continue
		}
		if l := skeletal; skeleton != "" && skeleton == u.skeleton && l > best.level {
			best = match{i, l}
		}
		if l := alike(u.own, t.Term); l > best.level {
			best = match{i, l}
		}
	}
	return best
}

// skeletal is how well a word of the same skeleton stands for another.
const skeletal = 0.7

// alike returns how much two stems look like forms of one word, 0 to 1.
func alike(a, b string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for n < len(a) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	shared, shorter, longer := utf8.RuneCountInString(a[:n]), utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if first, _ := utf8.DecodeRuneInString(a); unicode.Is(unicode.Hangul, first) { // a syllable is as good as two letters and a half
		shared, shorter, longer = shared*5/2, shorter*5/2, longer*5/2
	}
	switch {
	case shared >= 4 && shared*10 >= longer*6 && longer-shared <= 5:
		return 0.8 * float64(shared) / float64(longer)
	case shared == shorter && shorter >= 5: // a compound begins with it
		return 0.5 * float64(shorter) / float64(longer)
	case shorter >= 5 && longer-shorter >= 3 && b[len(b)-len(a):] == a:
		return 0.6 * float64(shorter) / float64(longer)
	}
	return 0
}

// read analyses s, which is in a language, and finds the marks in it. What is
// in no language that is known is read as if it were in the question's.
func (r *reader) read(s, language string) {
	a := r.q.analyzer
	if language != "" && language != r.q.Language {
		a = lexis.For(language)
	}
	r.tokens = a.Tokens(r.tokens[:0], s)
	r.marks = r.marks[:0]
	for i := range r.tokens {
		if m, ok := r.match(&r.tokens[i]); ok {
			r.marks = append(r.marks, mark{i, m})
		}
	}
}

// levels is how well each unit is matched by the marks.
func (r *reader) levels(marks []mark) []float64 {
	l := r.zeros()
	for _, m := range marks {
		l[m.unit] = max(l[m.unit], m.level)
	}
	return l
}

// sentence is one sentence of a passage being read.
type sentence struct {
	span   text.Span
	tokens []lexis.Token
	first  int // index of its first token in the passage
	marks  []mark
	traces traces
	levels []float64
	around []float64 // the same of the sentence and what stands around it
}

// sentences splits what was read among the sentences of a passage.
func (r *reader) sentences(p *Passage) []sentence {
	all := make([]sentence, len(p.Sentences))
	tok, mk := 0, 0
	for i, span := range p.Sentences {
		from, fromMark := tok, mk
		for tok < len(r.tokens) && int(r.tokens[tok].Start) < span.End {
			tok++
		}
		for mk < len(r.marks) && r.marks[mk].token < tok {
			mk++
		}
		s := sentence{span: span, tokens: r.tokens[from:tok], first: from, marks: r.marks[fromMark:mk]}
		s.levels, s.traces = r.levels(s.marks), r.traces(&s)
		all[i] = s
	}
	return all
}

// title is what a document's title, a heading or the name of a voice holds of
// the question.
type title struct {
	levels []float64
	asked  float64 // share of its words that the question names
}

// title reads a title, once.
func (r *reader) title(s, language string) title {
	t, ok := r.titles[s]
	if !ok {
		r.read(s, language)
		t = title{levels: r.levels(r.marks), asked: r.asked()}
		r.titles[s] = t
	}
	return t
}

// asked is the share of the words read last that the question names; small
// words count for nothing.
func (r *reader) asked() float64 {
	named, all := 0, 0
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.Is(lexis.Stop) {
			continue
		}
		all++
		if m, ok := r.match(t); ok && m.level >= Own {
			named++
		}
	}
	return float64(named) / max(float64(all), 1)
}
