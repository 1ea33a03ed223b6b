package speech

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// token is a word, a number or one sign of a text.
type token struct {
	text.Span
	key   string // folded; of a sign the sign itself
	class class
	kind  kind
	caps  bool  // begins with a capital letter
	upper bool  // has no lower-case letter
	para  int32 // index of its paragraph
	quote int32 // index of the quotation that holds it, -1 outside
	first bool  // opens a sentence
}

type kind uint8

const (
	word kind = iota
	number
	possessive // the 's of "Blinken's"
	sign
)

func (t *token) is(c class) bool { return t.class&c != 0 }

// tokens cuts the paragraphs of a text into tokens, in order.
func tokens(t Text) []token {
	l := words()
	out := make([]token, 0, text.Words(t.Body))
	for i, p := range t.Paragraphs {
		t.ask()
		for at := p.Start; at < p.End; {
			r, size := utf8.DecodeRuneInString(t.Body[at:p.End])
			if unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' {
				at += size
				continue
			}
			k := token{para: int32(i), quote: -1}
			k.Start = at
			switch {
			case unicode.IsLetter(r):
				k.End = wordEnd(t.Body, at, p.End)
				k.caps = unicode.IsUpper(r) || unicode.IsTitle(r) || capitalInside(t.Body[k.Start:k.End])
				l.describe(&k, t.Body)
				if t.Language != "" && t.Language != "en" && foreignOffices()[k.key] {
					k.class |= titleWord | roleWord
				}
			case unicode.IsDigit(r):
				k.End, k.kind = numberEnd(t.Body, at, p.End), number
				k.key = t.Body[k.Start:k.End]
			case (r == '\'' || r == '’') && isPossessive(t.Body[at+size:p.End]) && len(out) > 0 && out[len(out)-1].End == at:
				k.End, k.kind, k.key = at+size+1, possessive, "'s"
				if out[len(out)-1].is(functionWord) {
					k.kind, k.class = word, auxiliary // he's
				}
			default:
				k.End, k.kind = at+size, sign
				k.key = t.Body[at:k.End]
			}
			out = append(out, k)
			at = k.End
		}
	}
	markFirsts(out, t.Sentences)
	return out
}

// describe looks a word up.
func (l *lexicon) describe(k *token, body string) {
	w := body[k.Start:k.End]
	k.key = foldWord(w)
	k.class = l.words[k.key]
	k.upper = k.caps && strings.IndexFunc(w, unicode.IsLower) < 0
	if k.upper && len(w) > 1 {
		if c, ok := l.acronyms[w]; ok {
			k.class = c
		}
	}
	switch {
	case k.class == 0 && strings.Contains(k.key, "-"):
		k.class = l.compound(k.key, w)
	case k.caps && k.class&(given|familyName|bodyWord|placeWord) == 0 && strings.HasSuffix(k.key, "s"):
		k.class |= l.words[k.key[:len(k.key)-1]] & titleWord // Senators
	}
}

// capitalInside reports whether a word opens with a small particle: al-Assad,
// d'Estaing.
func capitalInside(w string) bool {
	i := strings.IndexAny(w[:min(len(w), 6)], "-'")
	if j := strings.Index(w[:min(len(w), 6)], "’"); j > 0 && i < 0 {
		i = j + len("’") - 1
	}
	if i < 1 || i+1 >= len(w) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w[i+1:])
	return unicode.IsUpper(r)
}

// compound is the class of a hyphened word that no list holds: that of its
// last part, where the parts make a name, an office or a body. One with a
// small last part describes: "Korean-born", "anti-Trump".
func (l *lexicon) compound(key, w string) class {
	head, tail := key[:strings.IndexByte(key, '-')], key[strings.LastIndexByte(key, '-')+1:]
	if l.words[head]&compoundHead != 0 || l.words[tail]&compoundTail != 0 && unicode.IsLower(rune(w[strings.LastIndexByte(w, '-')+1])) {
		return demonym
	}
	c := l.words[tail] & (anyRole | bodyWord | demonym | titleWord | placeWord | familyName)
	return c | l.words[head]&(given|familyName)
}

// foldWord is text.Fold with a short way for plain words.
func foldWord(w string) string {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return text.Fold(w)
		}
	}
	return strings.ToLower(w)
}

// wordEnd finds the end of the word at start: letters, digits and marks, held
// together by hyphens and apostrophes, with the full stops of initials and
// abbreviations.
func wordEnd(body string, start, end int) int {
	at := start
	for at < end {
		r, size := utf8.DecodeRuneInString(body[at:end])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
		case r == '\'' || r == '’':
			rest := body[at+size : end]
			if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(next) || isPossessive(rest) {
				return at
			}
		case r == '-' || r == '‑' || r == '&':
			if next, _ := utf8.DecodeRuneInString(body[at+size : end]); !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return at
			}
		case r == '.':
			if !stopBelongs(body, start, at, end) {
				return at
			}
		default:
			return at
		}
		at += size
	}
	return at
}

// stopBelongs reports whether the full stop at dot is part of the word that
// begins at start: of an initial, an acronym or a listed abbreviation.
func stopBelongs(body string, start, dot, end int) bool {
	last, size := utf8.DecodeLastRuneInString(body[start:dot])
	if dot-size == start || body[dot-size-1] == '.' || body[dot-size-1] == '-' && unicode.IsUpper(last) { // U.S., D-N.Y.
		return unicode.IsLetter(last) && (unicode.IsUpper(last) || dot+1 < end && body[dot+1] != ' ')
	}
	if dot-start > 6 {
		return false
	}
	_, ok := words().words[foldWord(body[start:dot+1])]
	return ok
}

func numberEnd(body string, at, end int) int {
	for at < end {
		r, size := utf8.DecodeRuneInString(body[at:end])
		if !unicode.IsDigit(r) && !unicode.IsLetter(r) && (r != ',' && r != '.' && r != ':' && r != '-' || at+1 >= end || !isDigit(body[at+1])) {
			break
		}
		at += size
	}
	return at
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// isPossessive reports whether rest, which follows an apostrophe, is the s of
// a possessive.
func isPossessive(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[1:])
	return !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// markFirsts marks the words that open the sentences.
func markFirsts(toks []token, sentences []text.Span) {
	i := 0
	for _, s := range sentences {
		for i < len(toks) && toks[i].Start < s.Start {
			i++
		}
		for i < len(toks) && toks[i].Start < s.End && toks[i].kind != word {
			i++
		}
		if i < len(toks) && toks[i].Start < s.End {
			toks[i].first = true
		}
	}
}
