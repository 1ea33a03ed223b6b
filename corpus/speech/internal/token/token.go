// Package token cuts a text into words, numbers and signs, each with what the word
// lists and its spelling say of it.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// Token is a word, a number or one sign of a text.
type Token struct {
	text.Span
	Key       string // folded; of a sign the sign itself
	Class     word.Class
	Kind      Kind
	Caps      bool  // begins with a capital letter
	Upper     bool  // has no lower-case letter
	Paragraph int32 // index of its paragraph
	Quote     int32 // index of the quotation that holds it, -1 outside
	First     bool  // opens a sentence
}

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	Word Kind = iota
	Number
	Possessive // the 's of "Blinken's"
	Sign
)

// Is reports whether a token is of any of the classes c.
func (t *Token) Is(c word.Class) bool { return t.Class&c != 0 }

// Split cuts the paragraphs of a text into tokens, in order.
func Split(t speech.Text) []Token {
	out := make([]Token, 0, text.Words(t.Body))
	for i, p := range t.Paragraphs {
		limit.Check(t.Over)
		for at := p.Start; at < p.End; {
			r, size := utf8.DecodeRuneInString(t.Body[at:p.End])
			if unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' {
				at += size
				continue
			}
			k := Token{Paragraph: int32(i), Quote: -1}
			k.Start = at
			switch {
			case unicode.IsLetter(r):
				k.End = wordEnd(t.Body, at, p.End)
				k.Caps = unicode.IsUpper(r) || unicode.IsTitle(r) || capitalInside(t.Body[k.Start:k.End])
				describe(&k, t.Body)
				if t.Language != "" && t.Language != "en" && word.ForeignOffice(k.Key) {
					k.Class |= word.Title | word.Role
				}
			case unicode.IsDigit(r):
				k.End, k.Kind = numberEnd(t.Body, at, p.End), Number
				k.Key = t.Body[k.Start:k.End]
			case (r == '\'' || r == '’') && isPossessive(t.Body[at+size:p.End]) && len(out) > 0 && out[len(out)-1].End == at:
				k.End, k.Kind, k.Key = at+size+1, Possessive, "'s"
				if out[len(out)-1].Is(word.Function) {
					k.Kind, k.Class = Word, word.Auxiliary // he's
				}
			default:
				k.End, k.Kind = at+size, Sign
				k.Key = t.Body[at:k.End]
			}
			out = append(out, k)
			at = k.End
		}
	}
	markFirsts(out, t.Sentences)
	return out
}

// describe looks a word up.
func describe(k *Token, body string) {
	w := body[k.Start:k.End]
	k.Key = foldWord(w)
	k.Class = word.Of(k.Key)
	k.Upper = k.Caps && strings.IndexFunc(w, unicode.IsLower) < 0
	if k.Upper && len(w) > 1 {
		if c, ok := word.OfAcronym(w); ok {
			k.Class = c
		}
	}
	switch {
	case k.Class == 0 && strings.Contains(k.Key, "-"):
		k.Class = compound(k.Key, w)
	case k.Caps && k.Class&(word.Given|word.FamilyName|word.Body|word.Place) == 0 && strings.HasSuffix(k.Key, "s"):
		k.Class |= word.Of(k.Key[:len(k.Key)-1]) & word.Title // Senators
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
func compound(key, w string) word.Class {
	head, tail := key[:strings.IndexByte(key, '-')], key[strings.LastIndexByte(key, '-')+1:]
	if word.Of(head)&word.CompoundHead != 0 || word.Of(tail)&word.CompoundTail != 0 && unicode.IsLower(rune(w[strings.LastIndexByte(w, '-')+1])) {
		return word.Demonym
	}
	c := word.Of(tail) & (word.AnyRole | word.Body | word.Demonym | word.Title | word.Place | word.FamilyName)
	return c | word.Of(head)&(word.Given|word.FamilyName)
}

// foldWord is text.Fold, faster for ASCII.
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
	return word.Listed(foldWord(body[start : dot+1]))
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
func markFirsts(toks []Token, sentences []text.Span) {
	i := 0
	for _, s := range sentences {
		for i < len(toks) && toks[i].Start < s.Start {
			i++
		}
		for i < len(toks) && toks[i].Start < s.End && toks[i].Kind != Word {
			i++
		}
		if i < len(toks) && toks[i].Start < s.End {
			toks[i].First = true
		}
	}
}

// Uncapitalised are the keys of the words that the text somewhere writes without a
// capital.
func Uncapitalised(toks []Token) map[string]bool {
	m := make(map[string]bool, 256)
	for i := range toks {
		if toks[i].Kind == Word && !toks[i].Caps {
			m[toks[i].Key] = true
		}
	}
	return m
}

// Span is the part of the text from token i up to token j, without j.
func Span(toks []Token, i, j int) text.Span {
	if i >= j {
		return text.Span{}
	}
	return text.Span{Start: toks[i].Start, End: toks[j-1].End}
}

// JoinKeys is the keys of tokens with single spaces, without the full stops of
// initials.
func JoinKeys(toks []Token) string {
	if len(toks) == 1 {
		return strings.TrimSuffix(toks[0].Key, ".")
	}
	var b strings.Builder
	for i := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		k := toks[i].Key
		if len(k) == 2 {
			k = strings.TrimSuffix(k, ".")
		}
		b.WriteString(k)
	}
	return b.String()
}

// IsInitial reports whether a token is an initial: "J.", "J".
func IsInitial(t *Token) bool {
	return len(t.Key) == 2 && t.Key[1] == '.' || len(t.Key) == 1 && t.Upper && t.Kind == Word
}

// IsVerb reports whether a word without a capital can be a finite verb or a participle.
func IsVerb(t *Token) bool {
	if t.Kind != Word || t.Caps {
		return false
	}
	if t.Is(word.StrongCue | word.Auxiliary | word.Verb) {
		return true
	}
	return !t.Is(word.AnyRole|word.Adverb|word.Function) && len(t.Key) > 4 &&
		(strings.HasSuffix(t.Key, "ed") || strings.HasSuffix(t.Key, "ing") || strings.HasSuffix(t.Key, "es"))
}

// OpensClause reports whether a word opens a clause, which no title holds.
func OpensClause(t *Token) bool {
	switch t.Key {
	case "who", "whom", "which", "whose", "that", "while", "when", "where", "but", "because", "as", "after", "before", "until", "if":
		return !t.Caps
	}
	return false
}

// None is the place of a token that doesn't exist.
var None = Token{Kind: Sign}

// HonorificGender is the gender of the honorifics among toks: "Mr.", "Mrs.".
func HonorificGender(toks []Token) speech.Gender {
	var g speech.Gender
	for i := range toks {
		g |= word.HonorificGender(toks[i].Class)
	}
	return g
}

// MarkQuotes sets the Quote of the tokens within quotations.
func MarkQuotes(toks []Token, ms []quote.Quote) {
	i := 0
	for q, m := range ms {
		for i < len(toks) && toks[i].Start < m.Outer.Start {
			i++
		}
		for ; i < len(toks) && toks[i].Start < m.Outer.End; i++ {
			toks[i].Quote = int32(q)
		}
	}
}
