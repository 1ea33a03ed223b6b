package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends reports whether a sentence ends with m.
func (s *splitter) ends(m mark) bool {
	rest := s.text[m.end:]
	if rest == "" {
		return false // the paragraph's end does it
	}
	head := strings.TrimLeft(rest, spaces)
	if isWide(m.last) {
		return s.endsWide(m, head)
	}
	if len(head) == len(rest) {
		return s.endsGlued(m, rest)
	}
	next, word := nextWord(head)
	switch {
	case word == "":
		return false
	case next == lower:
		return false
	case m.dots >= 3:
		return next == upper
	case m.dots == 2: // that of an abbreviation, and a full stop
		return true
	case m.last != '.':
		return !m.quoted || !s.attributed(head)
	}
	return s.fullStop(m, next, word)
}

// endsWide decides after a stop of Chinese or Japanese writing.
func (s *splitter) endsWide(m mark, head string) bool {
	r, _ := utf8.DecodeRuneInString(head)
	if strings.ContainsRune("、，；：,;:—…》〉）", r) {
		return false
	}
	if !m.quoted {
		return true
	}
	if s.lang.code == "ja" {
		return !hasPrefixIn(head, s.lang.said)
	}
	return !s.clauseSays(head)
}

func hasPrefixIn(t string, words map[string]bool) bool {
	for w := range words {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// clauseSays reports whether the clause that t begins with is short and ends
// with a verb of speech.
func (s *splitter) clauseSays(t string) bool {
	const longest = 60
	t = t[:min(len(t), longest+1)]
	end := strings.IndexAny(t, "。！？，：；")
	if end < 0 {
		end = len(t)
	}
	if end > longest {
		return false
	}
	for w := range s.lang.said {
		if strings.HasSuffix(t[:end], w) {
			return true
		}
	}
	return false
}

// endsGlued decides where no space follows: the space is missing in "over.The
// minister", but not in "3.5", "U.S" or "example.com".
func (s *splitter) endsGlued(m mark, rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if !unicode.IsLetter(r) {
		return false
	}
	switch m.last {
	case '।', '॥', '؟', '۔', '።', '។', '။':
		return true
	}
	second, _ := utf8.DecodeRuneInString(rest[size:])
	if !unicode.IsUpper(r) || !(unicode.IsLower(second) || strings.ContainsRune(" '’", second)) {
		return false
	}
	if m.quoted || m.dots > 3 {
		return true
	}
	return endsInLower(s.text[s.start:m.at])
}

// endsInLower reports whether the last word of t, up to white space, is of
// small letters alone, and of more than two bytes.
func endsInLower(t string) bool {
	at := len(t)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(t[:at])
		if strings.ContainsRune(spaces, r) {
			break
		}
		if !unicode.IsLower(r) {
			return false
		}
		at -= size
	}
	return len(t)-at > 2
}

// letter is the kind of a word's first letter.
type letter uint8

const (
	none letter = iota
	lower
	upper // or of a script that knows no capitals
	digit
)

// nextWord returns the first word of t behind marks that may open a sentence,
// and how it begins. Of anything else the word is empty.
func nextWord(t string) (letter, string) {
	const most = 64 // bytes of marks
	marks := t[:min(len(t), most)]
	head := t[len(marks)-len(strings.TrimLeft(marks, spaces+"\"'“‘„‚«‹»›([{「『《〈（【¿¡-–—―•*·.…")):]
	r, _ := utf8.DecodeRuneInString(head)
	if unicode.IsNumber(r) {
		return digit, head[:1]
	}
	n := strings.IndexFunc(head, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) })
	if n < 0 {
		n = len(head)
	}
	word := head[:n]
	switch {
	case word == "":
		return none, ""
	case unicode.IsLower(r) && !nameInLower(word, head[n:]):
		return lower, word
	}
	return upper, word
}

// nameInLower reports whether a word in lower case begins a name: al-Shabab,
// iPhone.
func nameInLower(word, rest string) bool {
	if second := strings.TrimLeft(rest, "-’'"); len(second) < len(rest) && len(word) <= 3 {
		r, _ := utf8.DecodeRuneInString(second)
		return unicode.IsUpper(r)
	}
	_, size := utf8.DecodeRuneInString(word)
	r, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(r)
}

// fullStop decides whether the full stop m ends a sentence, rather than an
// abbreviation, an initial or an ordinal, when word follows.
func (s *splitter) fullStop(m mark, next letter, word string) bool {
	last := lastWord(s.text[s.start:m.at])
	starts := s.lang.start[word]
	switch {
	case s.isMarker(m, last), s.in(s.lang.never, last):
		return false
	case s.in(s.lang.number, last):
		return next != digit && !isRoman(word)
	case s.in(s.lang.may, last), isAcronym(last), isInitial(last):
		return starts
	case s.lang.ordinals && isOrdinal(last):
		return starts
	case s.in(s.lang.foreign, last):
		return false
	case isInitial(word) && isShortName(last):
		return false
	}
	return true
}

// isMarker reports whether the full stop ends the marker of a list item: "1.",
// "b.", "IV.".
func (s *splitter) isMarker(m mark, last string) bool {
	if m.quoted || len(last) > 4 || strings.Trim(s.text[s.start:m.at-len(last)], spaces+"([") != "" {
		return false
	}
	return isNumber(last) || isInitial(last) || isRoman(last)
}

// lastWord returns what t ends with: letters, digits, and full stops between.
func lastWord(t string) string {
	at := len(t)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(t[:at])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(".№°", r) {
			break
		}
		at -= size
	}
	return strings.Trim(t[at:], ".")
}

// in looks an abbreviation up as it is written, and one in capitals, as in a
// headline, as it is written elsewhere.
func (s *splitter) in(list map[string]bool, word string) bool {
	if list[word] {
		return true
	}
	if len(word) < 2 || strings.ToUpper(word) != word {
		return false
	}
	_, size := utf8.DecodeRuneInString(word)
	return size < len(word) && list[word[:size]+strings.ToLower(word[size:])]
}

// isAcronym reports whether a word is like "U.S", "p.m" or "Ph.D".
func isAcronym(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) > 3 || isNumber(part) {
			return false
		}
	}
	return true
}

// isInitial reports whether a word is one letter of a script whose words have
// more.
func isInitial(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && (unicode.IsUpper(r) || unicode.IsLower(r) || unicode.Is(unicode.Arabic, r))
}

// isShortName reports whether a word may be a first name cut short: "Ch.".
func isShortName(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && utf8.RuneCountInString(word) == 2 && size < len(word)
}

func isOrdinal(word string) bool {
	return len(word) <= 2 && isNumber(word) || isRoman(word)
}

func isNumber(word string) bool {
	return word != "" && strings.Trim(word, "0123456789") == ""
}

func isRoman(word string) bool {
	return word != "" && strings.Trim(word, "IVXLCM") == ""
}

// attributed reports whether t begins with the words that tell who speaks, "Mr.
// Chang asked". A pronoun or an article there would not have a capital.
func (s *splitter) attributed(t string) bool {
	const longest = 8
	for i := range longest {
		word, rest, _ := strings.Cut(t, " ")
		t = strings.TrimLeft(rest, spaces)
		if s.lang.said[strings.TrimRight(word, ".,:;")] {
			return i > 0
		}
		r, _ := utf8.DecodeRuneInString(word)
		if i == 0 && s.lang.start[word] || !unicode.IsUpper(r) && !isParticle(word) {
			return false
		}
		if strings.HasSuffix(word, "?") || strings.HasSuffix(word, "!") || strings.HasSuffix(word, ":") {
			return false
		}
	}
	return false
}

// isParticle reports whether a word in lower case may be in a name or in
// what somebody is called.
func isParticle(word string) bool {
	switch word {
	case "of", "the", "de", "von", "van", "der", "al", "bin", "for", "and":
		return true
	}
	return false
}
