package rank

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"example.org/attache/index/lexis"
)

// traces tell what of the question's wording stands somewhere, a bit each: its
// words as they are written, little ones too, and their runs of letters, which
// the forms of a word share (character n-grams; McNamee and Mayfield, 2004, for
// retrieval in many languages).
type traces [wordSets + runSets]uint64

// How many sets of 64 there are of each; what a longer question has beyond is
// not looked for.
const (
	wordSets  = 1
	runSets   = 4
	firstRun  = 64 * wordSets // the bit of the first run
	mostWords = 64 * wordSets
	mostRuns  = 64 * runSets
)

func (t *traces) set(bit int) { t[bit/64] |= 1 << (bit % 64) }

func (t *traces) join(o *traces) {
	for i := range t {
		t[i] |= o[i]
	}
}

// without are the traces of t that o has not.
func (t *traces) without(o *traces) (rest traces) {
	for i := range t {
		rest[i] = t[i] &^ o[i]
	}
	return rest
}

// words and runs call f for every bit of theirs that is set.
func (t *traces) words(f func(bit int)) { t.each(0, wordSets, f) }
func (t *traces) runs(f func(bit int))  { t.each(wordSets, len(t), f) }

func (t *traces) each(from, to int, f func(bit int)) {
	for i := from; i < to; i++ {
		for set := t[i]; set > 0; set &= set - 1 {
			f(64*i + bits.TrailingZeros64(set))
		}
	}
}

// wording is how a question is worded: the bits of its words and of its runs of
// letters.
type wording struct {
	words map[string]int
	runs  map[run]int
	maybe [64]uint64 // a bit for each run's hash: nearly all that are read are none of them
}

func wordingOf(question []lexis.Token) wording {
	w := wording{words: map[string]int{}, runs: map[run]int{}}
	for _, t := range question {
		number(w.words, t.Word, 0, mostWords)
		eachRun(&t, func(r run) {
			number(w.runs, r, firstRun, mostRuns)
			set, bit := r.hash()
			w.maybe[set] |= bit
		})
	}
	return w
}

// number gives k a bit of its own from the first on, while there are any.
func number[K comparable](all map[K]int, k K, first, most int) {
	if _, ok := all[k]; !ok && len(all) < most {
		all[k] = first + len(all)
	}
}

// of is what a word has of the wording.
func (w *wording) of(t *lexis.Token) (found traces) {
	if bit, ok := w.words[t.Word]; ok {
		found.set(bit)
	}
	eachRun(t, func(r run) {
		if set, bit := r.hash(); w.maybe[set]&bit == 0 {
			return
		}
		if bit, ok := w.runs[r]; ok {
			found.set(bit)
		}
	})
	return found
}

// traces is what the sentence has of the question's wording. A name, or what
// else the vocabulary knows to mean the same as a unit of the question, is as
// good as the unit.
func (r *reader) traces(s *sentence) (found traces) {
	for i := range s.tokens {
		found.join(&r.lately(&s.tokens[i]).traces)
	}
	for _, m := range s.marks {
		if s.tokens[m.token-s.first].Concept != "" && m.level >= Own {
			found.join(&r.q.Units[m.unit].traces)
		}
	}
	return found
}

// sign adds to t the traces of the names that voice meets.
func (q *Question) sign(t *traces, voice []float64) {
	for i := range q.Units {
		if u := &q.Units[i]; u.Name && voice[i] >= Own {
			t.join(&u.traces)
		}
	}
}

// How many letters a run has: fewer of those that are syllables, and of
// consonants alone.
const (
	letterRun    = 4
	syllableRun  = 2
	consonantRun = 3
)

// longestRead is how many letters of a word are read for its runs.
const longestRead = 64

// run is letters that are together in a word; a shorter one ends in zeros.
type run [letterRun]rune

// hash is one of 64 sets, and a bit of it.
func (r *run) hash() (set uint32, bit uint64) {
	h := uint32(r[0])
	for _, l := range r[1:] {
		h = h*0x9e3779b1 + uint32(l)
	}
	h ^= h >> 15
	return h % 64, 1 << (h >> 6 % 64)
}

// runOf is the run of a word's first letters.
func runOf(word string) (r run) {
	n := 0
	for _, l := range word {
		if n == len(r) {
			break
		}
		r[n] = l
		n++
	}
	return r
}

// eachRun calls f for every run of letters of a word and of its consonants. A
// number is one run, of its end, since the beginnings of two years are no
// likeness. A pair of characters has each that is a word in itself, else the
// pair.
func eachRun(t *lexis.Token, f func(run)) {
	n := letterRun
	switch first, size := utf8.DecodeRuneInString(t.Word); {
	case t.Is(lexis.Digits):
		f(runOf(t.Word[max(0, len(t.Word)-letterRun):]))
		return
	case t.Is(lexis.Gram):
		second, _ := utf8.DecodeRuneInString(t.Word[size:])
		if !unicode.Is(unicode.Han, first) && !unicode.Is(unicode.Han, second) {
			f(run{first, second})
			return
		}
		for _, r := range t.Word {
			if unicode.Is(unicode.Han, r) {
				f(run{r})
			}
		}
		return
	case unicode.Is(unicode.Hangul, first):
		n = syllableRun
	}
	runsOf(t.Word, '_', n, f)
	if s := t.Consonants(); s != "" {
		runsOf(s, '=', consonantRun, f)
	}
}

// runsOf calls f for every run of n letters of a word, whose ends count as
// letters; a short word is one run.
func runsOf(word string, end rune, n int, f func(run)) {
	last, letters := run{end}, 1
	next := func(r rune) {
		if letters < n {
			last[letters] = r
		} else {
			copy(last[:n-1], last[1:n])
			last[n-1] = r
		}
		if letters++; letters >= n {
			f(last)
		}
	}
	for _, r := range word {
		if next(r); letters > longestRead {
			return
		}
	}
	if next(end); letters < n {
		f(last)
	}
}
