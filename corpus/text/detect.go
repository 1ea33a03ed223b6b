package text

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// Language returns the ISO 639-1 code of the language that t is written in,
// empty when that is not sure. The script decides first; between languages of
// one script, their commonest words do, and where those are close, trigrams
// must agree.
func Language(t string) string {
	const enough = 4000 // bytes
	if len(t) > enough {
		t = t[:enough]
	}
	s := dominantScript(t)
	switch {
	case s == nil:
		return ""
	case len(s.languages) == 1:
		return s.languages[0]
	case s.table == unicode.Arabic:
		return s.byLetters(t)
	}
	hits, words := commonWords(t)
	code, sure := byCommonWords(s, hits, words)
	if sure || code == "" || code == byTrigrams(s, t) {
		return code
	}
	return ""
}

// script is a script with the languages that are told apart in it.
type script struct {
	table     *unicode.RangeTable
	languages []string
}

// scripts are those that the languages are written in: Latin first, then by
// name.
var scripts = sync.OnceValue(func() []*script {
	by := map[string]*script{}
	for code, l := range languages() {
		for _, name := range l.scripts {
			if by[name] == nil {
				by[name] = &script{table: unicode.Scripts[name]}
			}
			by[name].languages = append(by[name].languages, code)
		}
	}
	all := []*script{by["Latin"]}
	for _, name := range slices.Sorted(maps.Keys(by)) {
		slices.Sort(by[name].languages)
		if name != "Latin" {
			all = append(all, by[name])
		}
	}
	return all
})

// dominantScript returns the script of most of t. A letter of a syllabary or of
// Han weighs more, since it says as much as several of an alphabet; some kana
// makes Han Japanese.
func dominantScript(t string) *script {
	scripts := scripts()
	counts := make([]int, len(scripts))
	last := 0
	for _, r := range t {
		if r < 0x80 {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				counts[0]++
			}
			continue
		}
		if unicode.Is(scripts[last].table, r) {
			counts[last]++
			continue
		}
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[i]++
				last = i
				break
			}
		}
	}
	return heaviest(scripts, counts)
}

func heaviest(scripts []*script, counts []int) *script {
	var best *script
	var most, han, kana int
	for i, s := range scripts {
		n := counts[i]
		switch s.table {
		case unicode.Han:
			han = n
			n *= 3
		case unicode.Hiragana, unicode.Katakana:
			kana += n
			if n = 0; kana*20 >= han {
				n = 3 * (kana + han)
			}
		case unicode.Hangul:
			n *= 2
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}

// byLetters tells the languages of the Arabic script by letters that not all
// of them have. Urdu has those of Persian too.
func (s *script) byLetters(t string) string {
	for _, code := range slices.Backward(s.languages) {
		if own := languages()[code].own; own != "" && strings.ContainsAny(t, own) {
			return code
		}
	}
	return "ar"
}

// commonIn tells for each word in which languages it is among the commonest.
var commonIn = sync.OnceValue(func() map[string][]string {
	in := map[string][]string{}
	for code, l := range languages() {
		for w := range l.common {
			in[w] = append(in[w], code)
		}
	}
	return in
})

// commonWords counts how many of the first words of t are among the commonest
// of each language.
func commonWords(t string) (hits map[string]int, words int) {
	const enough = 300
	hits = map[string]int{}
	in := commonIn()
	for w := range strings.FieldsFuncSeq(t, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		for _, code := range in[strings.ToLower(w)] {
			hits[code]++
		}
		if words++; words == enough {
			break
		}
	}
	return hits, words
}

// byCommonWords returns the language with most common words, and whether it is
// clearly ahead. Of a list of names it returns none.
func byCommonWords(s *script, hits map[string]int, words int) (code string, sure bool) {
	second := 0
	for _, c := range s.languages {
		switch {
		case hits[c] > hits[code]:
			second, code = hits[code], c
		case hits[c] > second:
			second = hits[c]
		}
	}
	n := hits[code]
	if n*20 < words {
		return "", false
	}
	return code, n*10 >= words && n-second >= max(2, n/3)
}

// trigrams are the languages of whatlanggo by their code.
var trigrams = sync.OnceValue(func() map[string]whatlanggo.Lang {
	all := map[string]whatlanggo.Lang{}
	for l := range whatlanggo.Langs {
		all[l.Iso6391()] = l
	}
	return all
})

// byTrigrams returns the language whose trigrams are nearest to those of t.
func byTrigrams(s *script, t string) string {
	allowed := map[whatlanggo.Lang]bool{}
	for _, code := range s.languages {
		if l, ok := trigrams()[code]; ok {
			allowed[l] = true
		}
	}
	return whatlanggo.DetectWithOptions(t, whatlanggo.Options{Whitelist: allowed}).Lang.Iso6391()
}
