package roman

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
)

// The letters of a Korean syllable, in the order of Unicode.
var (
	firsts  = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
	middles = []rune("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
	lasts   = []rune(" ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
)

const firstSyllable, lastSyllable = 0xAC00, 0xD7A3

// hangul is how Korean syllables are written; nothing for other letters.
func hangul(s string) (w way) {
	t := alphabet("ko")
	for _, r := range s {
		if r < firstSyllable || r > lastSyllable {
			return nil
		}
		n := int(r) - firstSyllable
		end := n % len(lasts)
		w = append(w, t.first[string(firsts[n/len(lasts)/len(middles)])], t.middle[string(middles[n/len(lasts)%len(middles)])])
		if end > 0 {
			w = append(w, t.last[string(lasts[end])])
		}
	}
	return w
}

// asKorean cuts a name of two to four syllables behind its family name.
func asKorean(s string) (all []reading) {
	t := alphabet("ko")
	for n := 1; n <= t.longestFamily && n < utf8.RuneCountInString(s); n++ {
		family, given := firstRunes(s, n)
		ways := t.family[family]
		if ways == nil || utf8.RuneCountInString(given) > 2 {
			continue
		}
		all = append(all, reading{way{ways}, hangul(given), Written})
	}
	return all
}

// readings of Chinese signs: by sign, the ways to write each.
type pinyin struct{ usual, family map[rune][]string }

var chinese = sync.OnceValue(func() (p pinyin) {
	w := language.Of("zh", language.Signs)
	read := func(section string) map[rune][]string {
		all := map[rune][]string{}
		for _, line := range w.Lines(section) {
			as := spellings(line[0])
			for _, r := range strings.Join(line[1:], "") {
				all[r] = as
			}
		}
		return all
	}
	return pinyin{read("reading"), read("family reading")}
})

// spellings are the ways to write a syllable of Pinyin: each of its beginning with
// each of its end.
func spellings(syllable string) (all []string) {
	t := alphabet("zh")
	for n := min(2, len(syllable)); n >= 0; n-- {
		firsts, ok := t.first[syllable[:n]]
		if !ok && n > 0 {
			continue
		}
		end := syllable[n:]
		if n == 0 {
			firsts = []string{""}
		}
		ends := t.last[end]
		if ends == nil {
			ends = []string{end}
		}
		for _, a := range firsts {
			for _, b := range ends {
				all = append(all, a+b)
			}
		}
		break
	}
	if strings.HasPrefix(syllable, "y") { // written otherwise by Wade and Giles
		other := map[string]string{"you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung"}
		if s := other[syllable]; s != "" {
			all = append(all, s)
		}
	}
	return all
}

// han is how Chinese signs are read; nothing where one isn't known.
func han(s string) (w way) {
	for _, r := range s {
		as := chinese().usual[r]
		if as == nil {
			return nil
		}
		w = append(w, as)
	}
	return w
}

// hanSounds are the consonants that Chinese signs may write of a foreign name, where
// a few write sounds that Chinese lacks.
func hanSounds(s string) sounds {
	w := han(s)
	for i, as := range w {
		for written, others := range alphabet("zh").sound {
			if rest, ok := strings.CutPrefix(as[0], written); ok {
				w[i] = slices.Clone(as)
				for _, o := range others {
					w[i] = append(w[i], o+rest)
				}
			}
		}
	}
	return w.sounds()
}

// asChinese cuts a name of two to four signs behind its family name.
func asChinese(s string) (all []reading) {
	n := utf8.RuneCountInString(s)
	for size := 2; size > 0; size-- {
		family, given := firstRunes(s, size)
		if n-size < 1 || n-size > 2 {
			continue
		}
		if size == 2 {
			if as := alphabet("zh").family[family]; as != nil {
				all = append(all, reading{way{as}, han(given), Written})
			}
			continue
		}
		first, _ := utf8.DecodeRuneInString(family)
		as := slices.Concat(chinese().family[first], chinese().usual[first])
		if g := han(given); as != nil && g != nil {
			all = append(all, reading{way{as}, g, Written})
		}
	}
	return all
}

// asJapanese reads the family name of a name in Han; how the given name is read no
// rule tells.
func asJapanese(s string) (all []reading) {
	t := alphabet("ja")
	for n := t.longestFamily; n > 0; n-- {
		family, given := firstRunes(s, n)
		if as := t.family[family]; as != nil && given != "" && !strings.ContainsFunc(given, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			return []reading{{way{as}, nil, Sounds}}
		}
	}
	return nil
}
