// Package script reads texts in scripts without capitals whose words are not plain
// to see: Chinese, Japanese and Korean. It finds people beside the words of office
// (script, people), and speakers by verbs and particles (report).
package script

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/text"
)

// naming is one place that names somebody: the name, and the office beside it.
type naming struct {
	name, title text.Span
	person      int
}

// all is the name with its office.
func (n naming) all() text.Span {
	if n.title.Len() == 0 {
		return n.name
	}
	return text.Span{Start: min(n.name.Start, n.title.Start), End: max(n.name.End, n.title.End)}
}

// scripted reads a text in such a script.
type scripted struct {
	*script
	t       speech.Text // in simplified signs, which take as many bytes
	written string      // the same as it is written
	marks   []quote.Quote
	names   []string       // of each person: the fullest spelling
	short   map[string]int // shorter spellings: a person, -1 where several have it
	found   []naming       // in order
	opens   map[string]int // of a Korean text: how many words begin so
}

// Reads reports whether a language has a file of script.
func Reads(language string) bool { return scripts()[language] != nil }

// Read returns the statements and the people of a text in a language for
// which Reads is true, the people in the order of their first mention.
func Read(t speech.Text) ([]speech.Statement, []speech.Person) {
	s := scripts()[t.Language]
	r := &scripted{script: s, t: t, written: t.Body, marks: quote.Find(t), short: map[string]int{}}
	if s.simplified {
		r.t.Body = text.Simplified(t.Body)
	}
	for _, p := range t.Paragraphs {
		limit.Check(t.Over)
		r.namesIn(p)
	}
	r.gather()
	limit.Check(t.Over)
	said := append(r.quotations(), r.reported()...)
	people, at := r.people()
	for i := range said {
		if p := said[i].Person; p != speech.NoPerson {
			said[i].Person = at[p]
		}
	}
	return said, people
}

// namesIn finds the names beside the offices of a paragraph.
func (r *scripted) namesIn(p text.Span) {
	in := p.In(r.t.Body)
	for at := 0; at < len(in); {
		before, after := prefix(in[at:], r.behind), prefix(in[at:], r.ahead)
		if before == 0 && after == 0 {
			_, size := utf8.DecodeRuneInString(in[at:])
			at += size
			continue
		}
		if n := r.nameBefore(in[:at]); before > 0 && n.Len() > 0 {
			r.found = append(r.found, naming{name: shifted(n, p.Start), title: r.titleBehind(text.Span{Start: p.Start + n.End, End: p.Start + at + before}, before)})
		} else if n := r.nameAfter(in[at+after:]); after > 0 && n > 0 {
			end := p.Start + at + after
			r.found = append(r.found, naming{name: text.Span{Start: end, End: end + n}, title: text.Span{Start: p.Start + r.overPlaces(in[:at]), End: end}})
		}
		at += max(before, after)
	}
}

// titleBehind is the title in a span behind a name whose last n bytes are the
// office: with the country and body before it, without what else parts them.
func (r *scripted) titleBehind(s text.Span, n int) text.Span {
	in := s.In(r.t.Body)
	if strings.ContainsAny(in, "()（）") {
		return text.Span{Start: s.End - n, End: s.End}
	}
	return text.Span{Start: s.End - len(strings.TrimLeft(in, " ")), End: s.End}
}

// overPlaces is where the countries and bodies begin that s ends with.
func (r *scripted) overPlaces(s string) int {
	for n := 1; n > 0; s = s[:len(s)-n] {
		n = suffixIn(s, r.place)
	}
	return len(s)
}

// prefix is how long the longest of the words is that s begins with; they are
// sorted by length.
func prefix(s string, words []string) int {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// suffix is how long the longest of the words is that s ends with.
func suffixIn(s string, words []string) (n int) {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			n = max(n, len(w))
		}
	}
	return n
}

// nameAfter is the length of the Chinese name that s begins with: a foreign
// one with a dot between its parts, a family name with one or two signs, or
// the signs that write foreign names; with something behind it that can follow
// a name, another office too.
func (r *scripted) nameAfter(s string) int {
	ends := func(n int) bool {
		rest := s[n:]
		return rest == "" || prefix(rest, r.end) > 0 || prefix(rest, r.said) > 0 || prefix(rest, r.behind) > 0
	}
	runes, at := 0, 0
	best := 0
	for i, c := range s {
		if runes > 0 && ends(i) && r.isName(s[:i]) {
			best = i
			if longer := i + utf8.RuneLen(c); runes == 2 && isHan(c) && prefix(s[longer:], r.said) > 0 && r.isName(s[:longer]) {
				best = longer // 林清和 before a verb: 和 is no "and"
			}
			break
		}
		if !isHan(c) && c != '·' || runes > 12 {
			break
		}
		runes++
		at = i + utf8.RuneLen(c)
	}
	if best == 0 && at == len(s) && r.isName(s) {
		best = at
	}
	return best
}

// isName reports whether signs are a Chinese name or write a foreign one.
func (r *scripted) isName(s string) bool {
	n := utf8.RuneCountInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case n < 2 || prefix(s, r.stop) > 0 || prefix(s, r.place) > 0 || first == '·' || last == '·':
		return false
	case strings.Contains(s, "·"):
		return n >= 4
	case strings.ContainsRune(r.family, first) && n <= 3 && (!strings.ContainsRune(r.body, last) || n == 3 && strings.ContainsRune(givenToo, last)):
		return true
	}
	return n <= 5 && !strings.ContainsFunc(s, func(c rune) bool { return !strings.ContainsRune(r.sound, c) })
}

// givenToo are signs that bodies end in and given names too: 王立军.
const givenToo = "军国"

// nameBefore is the place of the name that s ends with, or of a family name of
// one sign; empty for none.
func (r *scripted) nameBefore(s string) text.Span {
	s = withoutBrackets(s)
	switch {
	case r.spaced:
		return r.wordBefore(s)
	case len(r.quoting) > 0:
		return r.runBefore(s)
	}
	if n := dotted(s); n.Len() > 0 && r.isName(n.In(s)) {
		return n
	}
	for _, n := range []int{3, 2} {
		from := len(s)
		for range n {
			from = beforeLast(s[:from])
		}
		first, _ := utf8.DecodeRuneInString(s[from:])
		if name := s[from:]; utf8.RuneCountInString(name) == n && strings.ContainsRune(r.family, first) && r.isName(name) &&
			(from == 0 || suffixIn(s[:from], r.place) > 0 || !isHan(lastRune(s[:from])) && lastRune(s[:from]) != '·' || suffixIn(s[:from], r.of) > 0) {
			return text.Span{Start: from, End: len(s)}
		}
	}
	return text.Span{}
}

// withoutBrackets is s without a pair of brackets at its end.
func withoutBrackets(s string) string {
	for _, b := range [][2]string{{"(", ")"}, {"（", "）"}} {
		if rest, ok := strings.CutSuffix(strings.TrimRight(s, " "), b[1]); ok {
			if at := strings.LastIndex(rest[max(0, len(rest)-longestRun):], b[0]); at >= 0 {
				return rest[:max(0, len(rest)-longestRun)+at]
			}
		}
	}
	return s
}

// longestRun is how far back a name is looked for, in bytes.
const longestRun = 100

// dotted is the run of Chinese signs with a dot between the parts of a foreign
// name that s ends with; empty where it has none.
func dotted(s string) text.Span {
	from := len(s)
	for len(s)-from < longestRun && from > 0 && (isHan(lastRune(s[:from])) || lastRune(s[:from]) == '·') {
		from = beforeLast(s[:from])
	}
	if !strings.Contains(s[from:], "·") {
		return text.Span{}
	}
	return text.Span{Start: from, End: len(s)}
}

// runBefore is the place of the Japanese name that s ends with: signs of one
// kind, without the countries and bodies before it.
func (r *scripted) runBefore(s string) text.Span {
	end := len(s) - suffixIn(s, r.modifier)
	if n := suffixIn(s[:end], r.place); n > 0 && isKatakana(lastRune(s[:end-n])) && !isKatakana(lastRune(s[:end])) {
		end -= n // ハリントン米国務長官
	}
	kana := isKatakana(lastRune(s[:end]))
	from := end
	for from > 0 && end-from < longestRun {
		c, size := utf8.DecodeLastRuneInString(s[:from])
		if kana && !isKatakana(c) || !kana && !isHan(c) {
			break
		}
		from -= size
	}
	for n := 1; n > 0 && from < end && !kana; from += n {
		if n = prefix(s[from:end], r.place); utf8.RuneCountInString(s[from:from+n]) == 1 {
			n = 0 // 中園 is a name
		}
	}
	if at := strings.LastIndexAny(s[from:end], r.body); at >= 0 && !kana && utf8.RuneCountInString(s[from:from+at]) > 1 { // 中村 is none
		_, size := utf8.DecodeRuneInString(s[from+at:])
		from += at + size
	}
	name := strings.Trim(s[from:end], "・=＝")
	n := utf8.RuneCountInString(name)
	if n < 1 || kana && n < 2 || n > 5 && !kana || slices.Contains(r.place, name) || slices.Contains(r.stop, name) || suffixIn(name, r.stop) == len(name) || prefix(name, r.behind) > 0 {
		return text.Span{}
	}
	from += strings.Index(s[from:end], name)
	return text.Span{Start: from, End: from + len(name)}
}

// wordBefore is the place of the Korean name among the words before an office, its
// country and body skipped.
func (r *scripted) wordBefore(s string) text.Span {
	end, foreign := len(s), false // a country was passed
	for i := range 5 {
		end = len(strings.TrimRight(s[:end], " ")) // of the word
		from := end
		for end-from < longestRun && from > 0 && isHangul(lastRune(s[:from])) {
			from = beforeLast(s[:from])
		}
		w := s[from:end]
		if w == "" {
			return text.Span{}
		}
		if first := r.wordAhead(s[:from]); foreign && first.Len() > 0 && suffixIn(w, r.subject) == 0 && !slices.Contains(r.place, w) && !slices.Contains(r.stop, w) {
			return text.Span{Start: first.Start, End: end} // 안나 코발 우크라이나 대통령
		}
		foreign = foreign || slices.Contains(r.place, w)
		switch {
		case slices.Contains(r.modifier, w) || slices.Contains(r.place, w) || slices.Contains(r.stop, w):
		case r.isKorean(w) || i == 0 && strings.Contains(r.family, w) && utf8.RuneCountInString(w) == 1:
			return text.Span{Start: from, End: end}
		case strings.ContainsRune(r.body, lastRune(w)):
		case utf8.RuneCountInString(w) >= 2 && suffixIn(w, r.subject) == 0:
			return r.foreign(s, from, end)
		default:
			return text.Span{}
		}
		end = from
	}
	return text.Span{}
}

// wordAhead is the word that s ends with where it opens the sentence and can be the
// given name of a foreigner; empty where it is none.
func (r *scripted) wordAhead(s string) text.Span {
	end := len(strings.TrimRight(s, " "))
	from := end
	for end-from < longestRun && from > 0 && isHangul(lastRune(s[:from])) {
		from = beforeLast(s[:from])
	}
	w, before := s[from:end], strings.TrimRight(s[:from], " ")
	opens := before == "" || strings.ContainsAny(before[beforeLast(before):], ".!?”\"\n")
	if !opens || utf8.RuneCountInString(w) < 2 || len(s) == end || slices.Contains(r.place, w) || slices.Contains(r.stop, w) || slices.Contains(r.modifier, w) ||
		suffixIn(w, r.joining) > 0 || strings.ContainsRune(r.body, lastRune(w)) || slices.Contains(r.behind, w) {
		return text.Span{}
	}
	return text.Span{Start: from, End: end}
}

// isKorean reports whether a word is a Korean name: a family name and one or
// two syllables.
func (r *scripted) isKorean(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	n := utf8.RuneCountInString(w)
	return (n == 3 || n == 2) && prefix(w, r.behind) == 0 && suffixIn(w, r.joining) == 0 && strings.ContainsRune(r.family, first) &&
		(n == 3 || suffixIn(w, r.subject) == 0 && !strings.ContainsRune(r.body, lastRune(w)))
}

// foreign is the place of a foreign name in Korean letters: behind a known
// given name, or a word that the text has twice.
func (r *scripted) foreign(s string, from, end int) text.Span {
	first := strings.LastIndexByte(strings.TrimRight(s[:from], " "), ' ') + 1
	if r.given[strings.TrimSpace(s[first:from])] {
		return text.Span{Start: first, End: end}
	}
	if w := s[from:end]; utf8.RuneCountInString(w) >= 3 && r.wordsWith(w) > 1 {
		return text.Span{Start: from, End: end}
	}
	return text.Span{}
}

// longestOpening is up to how many syllables the beginnings of words are
// counted.
const longestOpening = 8

// wordsWith counts the Korean words that begin with w.
func (r *scripted) wordsWith(w string) int {
	if r.opens == nil {
		r.opens = map[string]int{}
		from, n := 0, 0
		for i, c := range r.t.Body {
			switch {
			case !isHangul(c):
				n = 0
				continue
			case n == 0:
				from = i
			}
			if n++; n >= 3 && n <= longestOpening {
				r.opens[r.t.Body[from:i+utf8.RuneLen(c)]]++
			}
		}
	}
	return r.opens[w]
}

func shifted(s text.Span, by int) text.Span { return text.Span{Start: s.Start + by, End: s.End + by} }

func lastRune(s string) rune {
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}

// beforeLast is where the last rune of s begins.
func beforeLast(s string) int {
	_, size := utf8.DecodeLastRuneInString(s)
	return len(s) - size
}

func isHan(c rune) bool {
	return 0x4E00 <= c && c <= 0x9FFF || 0x3400 <= c && c <= 0x4DBF || c == '々'
}

func isKatakana(c rune) bool { return 0x30A1 <= c && c <= 0x30FE || c == '＝' }

func isHangul(c rune) bool { return 0xAC00 <= c && c <= 0xD7A3 }
