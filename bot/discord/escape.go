package discord

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
)

// size counts characters as strictly as any of Discord's limits may: in UTF-16
// units.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// marks are the characters that mean something to Discord anywhere in a line.
const marks = "\\*_~`|<>[]@"

// emoji is a name between colons that Discord draws as a picture.
var emoji = regexp.MustCompile(`^:[\w+-]*[A-Za-z][\w+-]*:`)

// blocks are what makes a heading, a list or a quotation at the start of a
// line.
var blocks = regexp.MustCompile(`^(?:[#+-]|\d+[.)])`)

// escape writes a text of others so that Discord shows it as it is, in one
// line: nothing in it formats, links or pings, and nothing invisible is left but
// marks that isolate a text and end where they should.
func escape(s string) string { return escapeBold(s, nil) }

// escapeBold is escape with the spans of s in bold.
func escapeBold(s string, bold []text.Span) string {
	var b strings.Builder
	w := writer{out: &b, src: s, block: -1}
	lead := len(s) - len(strings.TrimLeftFunc(s, blank))
	if m := blocks.FindString(s[lead:]); m != "" {
		w.block = lead + len(m) - 1
	}
	for _, span := range merged(bold) {
		span = trimmed(s, span)
		if span.Start < w.at || span.Len() <= 0 {
			continue
		}
		w.put(w.at, span.Start)
		b.WriteString("**")
		w.put(span.Start, span.End)
		b.WriteString("**")
	}
	w.put(w.at, len(s))
	return b.String()
}

// linkText writes a text as the text of a link. ok is false where Discord would
// show such a link raw, address and all: its text takes no escapes, and neither
// emoji nor addresses.
func linkText(s string) (label string, ok bool) {
	var b strings.Builder
	w := writer{out: &b, src: s, block: -1}
	w.put(0, len(s))
	label = strings.TrimSpace(b.String())
	pictured := func(r rune) bool {
		return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1 || r == '\u200D' || r == '\uFE0F' || r == '\u20E3' ||
			r == '\u203C' || r == '\u2049' || r >= '\u2190' && r <= '\u21FF'
	}
	return label, label != "" && !strings.ContainsRune(label, '\\') && !strings.ContainsFunc(label, pictured) && !addresses.MatchString(label)
}

// addresses are what Discord's clients may take for one without being asked.
var addresses = regexp.MustCompile(`(?i)\w:/|\bwww\.|\bdiscord\.gg\b|\S\.\w{2,}/`)

// merged joins spans that touch: their marks would cancel each other.
func merged(spans []text.Span) []text.Span {
	var out []text.Span
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].End == s.Start {
			out[n-1].End = s.End
		} else {
			out = append(out, s)
		}
	}
	return out
}

// trimmed narrows a span to what is in s, whole characters that neither begin
// nor end with white space: Discord does not take that for bold.
func trimmed(s string, span text.Span) text.Span {
	if span.Start < 0 || span.End > len(s) || span.Start >= span.End {
		return text.Span{}
	}
	for span.Start < span.End && !utf8.RuneStart(s[span.Start]) {
		span.Start++
	}
	for span.End < len(s) && span.End > span.Start && !utf8.RuneStart(s[span.End]) {
		span.End--
	}
	in := s[span.Start:span.End]
	span.Start += len(in) - len(strings.TrimLeftFunc(in, blank))
	span.End -= len(in) - len(strings.TrimRightFunc(in, blank))
	return span
}

// blank reports whether a rune is shown as nothing, or as space.
func blank(r rune) bool { return unicode.IsSpace(r) || hidden(r) || unicode.IsControl(r) }

// writer copies a text, escaping it.
type writer struct {
	out   *strings.Builder
	src   string
	at    int // what is written so far
	block int // the place of what would make a list or a heading; -1: none
}

// put writes src[from:to] and moves on to there.
func (w *writer) put(from, to int) {
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(w.src[i:])
		rest := w.src[i:]
		switch {
		case r == utf8.RuneError && n == 1:
			w.out.WriteRune(utf8.RuneError)
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			w.out.WriteByte(' ')
		case hidden(r) && !w.joins(i, n) && !(isolates(r) && words.Balanced(w.src)):
		case r == '_' && w.within(i):
			w.out.WriteByte('_')
		case strings.ContainsRune(marks, r),
			i == w.block,
			r == ':' && (strings.HasPrefix(rest, "://") || emoji.MatchString(rest)):
			w.out.WriteByte('\\')
			w.out.WriteRune(r)
		default:
			w.out.WriteRune(r)
		}
		i += n
	}
	w.at = max(w.at, to)
}

// within reports whether the underscore at i is within a word, where Discord
// takes it as it is.
func (w *writer) within(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(w.src[:i])
	after, _ := utf8.DecodeRuneInString(w.src[i+1:])
	word := func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return word(before) && word(after)
}

// hidden reports whether a rune is invisible or turns the direction of the
// text around it.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) || r == '\u115F' || r == '\u1160' || r == '\u3164' || r == '\uFFA0' || r == '\u2800' ||
		r == '\u034F' || r == '\u17B4' || r == '\u17B5'
}

// isolates reports whether a rune marks where a text of its own direction begins or
// ends.
func isolates(r rune) bool { return r == '\u2068' || r == '\u2069' }

// joins reports whether the rune at i is a joiner between letters of a script
// that is written with them, or between the parts of an emoji.
func (w *writer) joins(i, n int) bool {
	r, _ := utf8.DecodeRuneInString(w.src[i:])
	if r != '\u200C' && r != '\u200D' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(w.src[:i])
	after, _ := utf8.DecodeRuneInString(w.src[i+n:])
	joined := func(r rune) bool {
		return r > '\u0590' && (unicode.IsLetter(r) || unicode.IsMark(r)) || r == '\uFE0F' || r >= 0x1F000 && unicode.IsSymbol(r)
	}
	return joined(before) && (joined(after) || unicode.IsSymbol(after))
}

// unescape takes back what escape added.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// shorten cuts a text to at most n runes, at a word where it can.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRightFunc(cut, blank) + "…"
}
