// Package roman decides whether a name in Latin letters can be one that is written
// in another script: 박진 and Park Jin, 王毅 and Wang Yi, Лавров and Lavrov.
//
// [Parse] reads a name in another script; [Name.Is] compares it with one in Latin
// letters. Letters can be written in Latin ones in several ways, which the files
// latin.txt of package language list: a name is one way for each of its letters.
// Where the letters do not determine the sounds, as with foreign names in Korean, Chinese
// and Japanese, only the consonants are compared.
package roman

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/attache/corpus/text"
)

// Likeness is how surely a name in Latin letters is one in another script.
type Likeness int

const (
	Unlike  Likeness = iota
	Sounds           // it sounds so: it may be the same
	Written          // it is a usual way to write it in Latin letters
)

// Name is a name that isn't written in Latin letters.
type Name struct {
	words []word    // of a name with spaces or dots between its parts
	whole []reading // of a name in one word: as a family name and a given one
}

// word is one part of a name.
type word struct {
	way    way
	likely Likeness // what it is at most where the way fits
	sound  sounds
}

// reading is a name in one word, cut into two.
type reading struct {
	family, given way
	likely        Likeness
}

// longest is up to how many letters a part of a name is compared; what is longer is
// no name.
const longest = 40

// Parse reads a name. It reports false for one in Latin letters, or in letters of
// which nothing is known.
func Parse(name string) (Name, bool) {
	var n Name
	for _, part := range strings.FieldsFunc(plain(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != 'ー' && r != '׳'
	}) {
		w, ok := readWord(part)
		if !ok {
			return Name{}, false
		}
		n.words = append(n.words, w)
	}
	switch len(n.words) {
	case 0:
		return Name{}, false
	case 1:
		n.whole = readings(strings.TrimSpace(plain(name)))
		if slices.ContainsFunc(n.whole, func(r reading) bool { return r.given == nil }) {
			n.words[0].sound = nil // a Japanese name has no Chinese reading
		}
	}
	return n, true
}

// plain is a name in the forms that the tables have: without accents, but for those
// that make another letter, and with katakana for hiragana.
func plain(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text.Simplified(strings.ToLower(name))) {
		if unicode.Is(unicode.Greek, r) {
			r = []rune(text.Fold(string(r)))[0]
		}
		if r >= 'ぁ' && r <= 'ゖ' {
			r += 'ァ' - 'ぁ'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func readWord(s string) (word, bool) {
	if utf8.RuneCountInString(s) > longest {
		return word{}, false
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Hangul, first):
		w := hangul(s)
		return word{w, Written, w.sounds()}, len(w) > 0
	case unicode.Is(unicode.Han, first):
		w := han(s)
		return word{w, Sounds, hanSounds(s)}, len(w) > 0
	case unicode.Is(unicode.Katakana, first):
		w, ok := alphabet("ja").read(s)
		return word{w, Written, w.sounds()}, ok
	}
	code := codeOf(s)
	if code == "" {
		return word{}, false
	}
	a := alphabet(code)
	w, ok := a.read(s)
	if a.loose() {
		return word{w, Sounds, nil}, ok
	}
	return word{w, Written, nil}, ok
}

// codeOf is the language whose table is used for an alphabet.
func codeOf(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Cyrillic, first) && strings.ContainsAny(s, "іїєґ"):
		return "uk"
	case unicode.Is(unicode.Cyrillic, first):
		return "ru"
	case unicode.Is(unicode.Greek, first):
		return "el"
	case unicode.Is(unicode.Arabic, first):
		return "ar"
	case unicode.Is(unicode.Hebrew, first):
		return "he"
	}
	return ""
}

// readings are the ways to cut a name of one word into a family name and a given
// one.
func readings(s string) (all []reading) {
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Hangul, first):
		all = asKorean(s)
	case unicode.Is(unicode.Han, first):
		all = append(asChinese(s), asJapanese(s)...)
	}
	return all
}

// Is reports whether a name in Latin letters can be this one, or, where only a part of
// it is given, whether it has that part.
func (n Name) Is(latin string) Likeness {
	words := latinWords(latin)
	if len(words) == 0 || len(words) > mostWords {
		return Unlike
	}
	best := Unlike
	for _, r := range n.whole {
		best = max(best, r.is(words))
	}
	if len(n.whole) == 0 && len(n.words) == 1 && n.words[0].sound.like(strings.Join(words, "")) {
		best = max(best, Sounds) // 习近平 in Korean letters
	}
	return max(best, n.inParts(words))
}

// Has reports whether a folded word in Latin letters may be a part of the name.
func (n Name) Has(s string) bool {
	latin := strings.Join(latinWords(s), "")
	for _, r := range n.whole {
		if r.family.fits(latin) {
			return true
		}
	}
	return latin != "" && slices.ContainsFunc(n.words, func(part word) bool { return part.is(latin) > Unlike })
}

// mostWords is how many words a name has at most.
const mostWords = 8

// latinWords are the folded words of a name in Latin letters; what a hyphen joins is
// one.
func latinWords(name string) []string {
	words := strings.Fields(strings.NewReplacer("-", "", "'", "", ".", " ", ",", " ").Replace(text.Fold(name)))
	for _, w := range words {
		for i := range len(w) {
			if w[i] < 'a' || w[i] > 'z' {
				return nil
			}
		}
	}
	return words
}

// is compares the name with the words of another: the family name and the given one,
// in either order.
func (r reading) is(words []string) Likeness {
	last := len(words) - 1
	if last == 0 {
		return Unlike
	}
	like := Unlike
	if r.family.fits(words[0]) {
		like = r.givenIs(strings.Join(words[1:], ""))
	}
	if r.family.fits(words[last]) {
		like = max(like, r.givenIs(strings.Join(words[:last], "")))
	}
	return like
}

func (r reading) givenIs(word string) Likeness {
	switch {
	case r.given == nil || r.given.fits(word): // of nil the reading isn't known
		return r.likely
	case r.given.near(word):
		return Sounds
	}
	return Unlike
}

// inParts compares each part of the name with a word of its own. Where not all of them
// are alike it only sounds so, if one is like the last word, which is the family name:
// 토니 is no way to write Antony, but 토니 블링컨 may well be Antony Blinken.
func (n Name) inParts(words []string) Likeness {
	best, family := Written, false
	taken := make([]bool, len(words))
	for _, w := range n.words {
		at, like := -1, Unlike
		for i, latin := range words {
			if l := w.is(latin); !taken[i] && l > like {
				at, like = i, l
			}
		}
		best = min(best, like)
		if at >= 0 {
			taken[at] = true
			family = family || at == len(words)-1 && len(words[at]) >= fewestNear
		}
	}
	if best == Unlike && family {
		return Sounds
	}
	return best
}

func (w word) is(latin string) Likeness {
	switch {
	case w.way.fits(latin):
		return w.likely
	case w.sound.like(latin):
		return Sounds
	}
	return Unlike
}
