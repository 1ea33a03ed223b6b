package rank

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"attache/index/lexis"
)

// writing tells what of the question's writing stands somewhere, a bit each:
// its words as they are written, little ones too, and their runs of letters,
// which the forms of a word share (character n-grams; McNamee and Mayfield,
// 2004, for retrieval in many languages).
type writing [wordSets + letterSets]uint64

// How many sets of 64 there are of each; what a longer question has beyond is
// not looked for.
const (
	wordSets    = 1
	letterSets  = 4
	writingBits = 64 * (wordSets + letterSets)
)

func (w *writing) join(o *writing) {
	for i := range w {
		w[i] |= o[i]
	}
}

// each calls f for every bit that is set in the sets [from, to).
func (w *writing) each(from, to int, f func(bit int)) {
	for i := from; i < to; i++ {
		for set := w[i]; set > 0; set &= set - 1 {
			f(64*i + bits.TrailingZeros64(set))
		}
	}
}

// script is the writing of a question: the bits of its words and of its runs of
// letters.
type script struct{ words, letters map[string]int }

func scriptOf(question []lexis.Token) script {
	s := script{map[string]int{}, map[string]int{}}
	for _, t := range question {
		number(s.words, t.Word, 0, wordSets)
		eachRun(&t, func(run []byte) { number(s.letters, string(run), wordSets, letterSets) })
	}
	return s
}

// number gives s a bit of its own in so many sets, while there are any.
func number(all map[string]int, s string, from, sets int) {
	if _, ok := all[s]; !ok && len(all) < 64*sets {
		all[s] = 64*from + len(all)
	}
}

// of is what a word has of the writing.
func (s *script) of(t *lexis.Token) (w writing) {
	set := func(bit int, ok bool) {
		if ok {
			w[bit/64] |= 1 << (bit % 64)
		}
	}
	bit, ok := s.words[t.Word]
	set(bit, ok)
	eachRun(t, func(run []byte) {
		bit, ok := s.letters[string(run)]
		set(bit, ok)
	})
	return w
}

// writing is what the sentence has of the question's writing. A name that the
// vocabulary knows to stand for one of the question is as good as that.
func (r *reader) writing(s *sentence) (w writing) {
	for i := range s.tokens {
		w.join(&r.lately(&s.tokens[i]).writing)
	}
	for _, m := range s.marks {
		if s.tokens[m.token-s.first].Concept != "" && m.level >= Own {
			w.join(&r.q.Units[m.unit].writing)
		}
	}
	return w
}

// sign adds to w the writing of the names that voice meets.
func (q *Question) sign(w *writing, voice []float64) {
	for i := range q.Units {
		if u := &q.Units[i]; u.Name && voice[i] >= Own {
			w.join(&u.writing)
		}
	}
}

// How many letters a run has: fewer of the characters that are syllables, one
// of those that are words.
const (
	letterRun   = 4
	syllableRun = 2
)

// longestRead is how many bytes of a word are read for its letters.
const longestRead = 96

// eachRun calls f for every run of letters of a word, of which both ends count
// as letters. A shorter word is one run.
func eachRun(t *lexis.Token, f func(run []byte)) {
	var buffer [longestRead + 2]byte
	word := t.Word[:min(len(t.Word), longestRead)]
	n, marked := letterRun, append(append(append(buffer[:0], '_'), word...), '_')
	switch first, _ := utf8.DecodeRuneInString(word); {
	case t.Is(lexis.Gram):
		n, marked = 1, marked[1:len(marked)-1]
	case unicode.Is(unicode.Hangul, first):
		n = syllableRun
	}
	var starts [longestRead + 3]int
	letters := 0
	for at := 0; at < len(marked); letters++ {
		starts[letters] = at
		_, size := utf8.DecodeRune(marked[at:])
		at += size
	}
	starts[letters] = len(marked)
	if letters < n {
		f(marked)
	}
	for i := 0; i+n <= letters; i++ {
		f(marked[starts[i]:starts[i+n]])
	}
}
