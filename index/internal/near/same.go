package near

import (
	"slices"
	"strings"
	"sync"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// How much of the longer of two sentences that say the same may be left out in
// the other one, and how many words both must share. Words without a meaning of
// their own don't count.
const (
	mostMissing = 0.3
	leastShared = 4
	mostWords   = 150 // of a sentence that is compared
)

// same compares two sentences as their analyzer cuts them.
func same(a, b []lexis.Token) bool {
	if len(a) > mostWords || len(b) > mostWords {
		return false
	}
	if len(a) < len(b) || len(a) == len(b) && joined(a) < joined(b) {
		a, b = b, a // whichever comes first
	}
	shared, missing := 0, 0
	for _, h := range changes(a, b) {
		if h.equal {
			shared += meaning(h.a)
			continue
		}
		n, ok := h.small()
		if !ok {
			return false
		}
		missing += n
	}
	return shared >= leastShared && float64(missing) <= mostMissing*float64(meaning(a))
}

// hunk is a stretch of two sentences that is equal, or isn't.
type hunk struct {
	a, b  []lexis.Token
	equal bool
}

// small reports whether the two sides of a hunk may be one writer's and
// another's way to say the same, and how many words one of them leaves out.
func (h hunk) small() (missing int, ok bool) {
	if joined(h.a) == joined(h.b) {
		return 0, true // "cease-fire", "ceasefire"
	}
	if x, y := meaningless(h.a), meaningless(h.b); len(x) > 0 && len(y) > 0 && joined(x) != joined(y) {
		return 0, false // "for", "against"
	}
	a, b := meaningful(h.a), meaningful(h.b)
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b), !slices.ContainsFunc(h.a, decides) && !slices.ContainsFunc(h.b, decides)
	}
	if len(a) != len(b) {
		return 0, false
	}
	for i := range a {
		if !spelledAlike(a[i], b[i]) {
			return 0, false
		}
	}
	return 0, true
}

// meaning counts the words that have one.
func meaning(tokens []lexis.Token) (n int) {
	for _, t := range tokens {
		if !t.Is(lexis.Stop) {
			n++
		}
	}
	return n
}

func meaningful(tokens []lexis.Token) (all []lexis.Token) {
	for _, t := range tokens {
		if !t.Is(lexis.Stop) || decides(t) {
			all = append(all, t)
		}
	}
	return all
}

// meaningless are the words that mean nothing by themselves.
func meaningless(tokens []lexis.Token) (all []lexis.Token) {
	for _, t := range tokens {
		if t.Is(lexis.Stop) {
			all = append(all, t)
		}
	}
	return all
}

func joined(tokens []lexis.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Word)
	}
	return b.String()
}

// turning are the words that turn a sentence around, of all languages: who
// leaves one out prints something else. They are there without accents too, as the
// words of a token are: "não".
var turning = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for w := range language.Everywhere(language.Writing).Set("turning") {
		all[w], all[text.Fold(w)] = true, true
	}
	return all
})

// decides reports whether a word is one that a sentence hangs on.
func decides(t lexis.Token) bool {
	if t.Is(lexis.Digits) || t.Is(lexis.Strong) || t.Tells.Has(lexis.Number) || turning()[t.Word] {
		return true
	}
	if t.Is(lexis.Gram) { // a pair of characters
		for _, r := range t.Word {
			if turning()[string(r)] {
				return true
			}
		}
	}
	return false
}

// spelledAlike reports whether two words are spellings of one: long, with one
// letter more, less or another, and none that is known to be another's name.
// What differs in its ending is another form, unless both are names.
func spelledAlike(a, b lexis.Token) bool {
	const long = 5
	switch {
	case a.Word == b.Word:
		return true
	case decides(a) || decides(b) || a.Concept != "" || b.Concept != "":
		return false
	case len(a.Word) < long || len(b.Word) < long || a.Word[0] != b.Word[0] || !lexis.OneApart(a.Word, b.Word):
		return false
	}
	return a.Word[len(a.Word)-1] == b.Word[len(b.Word)-1] || a.Is(lexis.Capital) && b.Is(lexis.Capital)
}

// changes divides two sentences into what is equal and what isn't, by their
// longest common subsequence.
func changes(a, b []lexis.Token) (all []hunk) {
	lengths := make([]uint8, (len(a)+1)*(len(b)+1))
	at := func(i, j int) *uint8 { return &lengths[i*(len(b)+1)+j] }
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if equal(a[i], b[j]) {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		fromA, fromB := i, j
		for i < len(a) && j < len(b) && equal(a[i], b[j]) {
			i, j = i+1, j+1
		}
		if i > fromA {
			all = append(all, hunk{a[fromA:i], b[fromB:j], true})
			continue
		}
		for (i < len(a) || j < len(b)) && !(i < len(a) && j < len(b) && equal(a[i], b[j])) {
			if j == len(b) || i < len(a) && *at(i+1, j) >= *at(i, j+1) {
				i++
			} else {
				j++
			}
		}
		all = append(all, hunk{a[fromA:i], b[fromB:j], false})
	}
	return all
}

func equal(a, b lexis.Token) bool { return a.Word == b.Word }
