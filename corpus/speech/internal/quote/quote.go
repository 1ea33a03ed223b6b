// Package quote finds direct quotations: it pairs the quotation marks of each
// paragraph, whatever their style, and copes with marks that are nested, left open
// or turned the wrong way.
package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// Quote is the text between one pair of quotation marks.
type Quote struct {
	text.Span           // between the marks
	Outer     text.Span // with the marks
	Paragraph int
	Open      bool // its paragraph ends before it is closed
}

// mark is one quotation mark.
type mark struct {
	at, size int
	style    int  // -1: no mark
	opens    bool // by its shape or, of a straight mark, by what is around it
	closes   bool
	straight bool
}

// The styles of marks. A mark closes what one of its own style opened, and
// curly and straight marks close each other.
const (
	curly = iota
	straight
	doubled // two single marks for a double one
	guillemet
	corner
	wide
	prime
)

// Find finds the quotations of a text, in order: it pairs the double marks of each
// paragraph. A pair inside another is part of it. In a text without double marks it
// pairs the single ones.
func Find(t speech.Text) []Quote {
	var out []Quote
	carried := false // the paragraph before left a quotation open
	for i, p := range t.Paragraphs {
		ms := marksIn(t.Body, p)
		found := pair(t.Body, p, ms, carried)
		carried = len(found) > 0 && found[len(found)-1].Open
		for _, m := range found {
			m.Paragraph = i
			if m.Span = trim(t.Body, m.Span); m.Len() > 0 {
				out = append(out, m)
			}
		}
	}
	if len(out) == 0 {
		return singles(t)
	}
	return out
}

// marksIn finds the double quotation marks of a paragraph.
func marksIn(body string, p text.Span) []mark {
	var out []mark
	for at := p.Start; at < p.End; {
		m := mark{at: at, style: -1}
		if c := body[at]; c < utf8.RuneSelf {
			m.size = 1
			switch {
			case c == '"':
				m.straight, m.style = true, straight
			case (c == '\'' || c == '`') && at+1 < p.End && body[at+1] == c:
				m.straight, m.style, m.size = true, doubled, 2
			}
		} else {
			var r rune
			r, m.size = utf8.DecodeRuneInString(body[at:p.End])
			m.read(r)
		}
		if m.style >= 0 {
			before, after := around(body, p, at, at+m.size)
			m.look(before, after)
			out = append(out, m)
		}
		at += m.size
	}
	return out
}

// read classifies a sign beyond ASCII.
func (m *mark) read(r rune) {
	switch r {
	case '“', '„', '‟':
		m.style, m.opens = curly, true
	case '”':
		m.style, m.closes = curly, true
	case '«':
		m.style, m.opens = guillemet, true
	case '»':
		m.style, m.closes = guillemet, true
	case '「', '『':
		m.style, m.opens = corner, true
	case '」', '』':
		m.style, m.closes = corner, true
	case '＂':
		m.style, m.straight = wide, true
	case '〝':
		m.style, m.opens = prime, true
	case '〞', '〟':
		m.style, m.closes = prime, true
	}
}

// around returns the runes beside a mark; a space at the paragraph's ends.
func around(body string, p text.Span, start, end int) (before, after rune) {
	before, after = ' ', ' '
	if start > p.Start {
		before, _ = utf8.DecodeLastRuneInString(body[p.Start:start])
	}
	if end < p.End {
		after, _ = utf8.DecodeRuneInString(body[end:p.End])
	}
	return before, after
}

// look decides from the runes around a mark whether it opens or closes: a
// straight one, and a curly one that is written the wrong way.
func (m *mark) look(before, after rune) {
	outer := unicode.IsSpace(before) || strings.ContainsRune("([{—–-/‘'", before)
	inner := unicode.IsSpace(after) || strings.ContainsRune(")]},.;:?!—–’'", after)
	switch {
	case m.straight:
		m.opens, m.closes = outer && !unicode.IsSpace(after), inner && !unicode.IsSpace(before)
		if unicode.IsDigit(before) && !inner {
			m.opens, m.closes = false, true
		}
		if m.opens == m.closes {
			m.opens, m.closes = true, true
		}
	case m.style == curly || m.style == guillemet:
		if m.opens && inner && !outer || m.closes && outer && !inner {
			m.opens, m.closes = true, true // the wrong way: either
		}
	}
}

// pair matches the marks of one paragraph. Runs in one pass: a quotation that
// is open takes nested pairs of other styles with it.
func pair(body string, p text.Span, ms []mark, carried bool) []Quote {
	var out []Quote
	open := -1 // index of the mark that opened the current quotation
	depth := 0 // pairs open inside it
	for i, m := range ms {
		switch {
		case open < 0 && m.opens:
			if carried && i == 0 && m.straight && m.closes {
				out = append(out, resumed(p, m))
				continue
			}
			open, depth = i, 0
		case open < 0:
			if carried && i == 0 {
				out = append(out, resumed(p, m))
			}
		case !m.sameStyle(ms[open]):
			continue // nested in another style
		case m.closes && (depth == 0 || !m.opens):
			if depth > 0 && reopens(ms[i+1:]) {
				depth--
				continue
			}
			out = append(out, closed(ms[open], m))
			open = -1
		case m.opens && nests(ms[i+1:]):
			depth++
		case m.opens:
			open, depth = i, 0 // the one before was never closed
		}
	}
	if open >= 0 {
		o := ms[open]
		out = append(out, Quote{Span: text.Span{Start: o.at + o.size, End: p.End}, Outer: text.Span{Start: o.at, End: p.End}, Open: true})
	}
	return out
}

// sameStyle reports whether two marks can be of one pair.
func (m mark) sameStyle(o mark) bool {
	plain := func(m mark) bool { return m.style == curly || m.style == straight }
	return m.style == o.style || plain(m) && plain(o) || m.straight && o.straight
}

// nests reports whether the marks that follow an opening one inside a
// quotation close twice before they open again.
func nests(rest []mark) bool {
	return len(rest) >= 2 && !rest[0].opens && !rest[1].opens
}

// reopens reports whether a closing mark follows before any opening one.
func reopens(rest []mark) bool { return len(rest) > 0 && !rest[0].opens }

func closed(o, c mark) Quote {
	return Quote{Span: text.Span{Start: o.at + o.size, End: c.at}, Outer: text.Span{Start: o.at, End: c.at + c.size}}
}

// resumed is a quotation that an earlier paragraph left open.
func resumed(p text.Span, c mark) Quote {
	return Quote{Span: text.Span{Start: p.Start, End: c.at}, Outer: text.Span{Start: p.Start, End: c.at + c.size}}
}

// singles pairs the single curly marks of a text that has no double ones.
func singles(t speech.Text) []Quote {
	var out []Quote
	for i, p := range t.Paragraphs {
		open := -1
		ms := singlesIn(t.Body, p)
		for k, m := range ms {
			switch {
			case m.opens:
				open = m.at
			case open < 0 || m.apostrophe(t.Body) && k+1 < len(ms) && !ms[k+1].opens && !ms[k+1].apostrophe(t.Body):
			default:
				s := trim(t.Body, text.Span{Start: open + m.size, End: m.at})
				if strings.Contains(s.In(t.Body), " ") { // else an apostrophe: ‘em
					out = append(out, Quote{Span: s, Paragraph: i, Outer: text.Span{Start: open, End: m.at + m.size}})
					open = -1
				}
			}
		}
	}
	return out
}

// singlesIn finds the single curly marks of a paragraph that can open or close
// a quotation.
func singlesIn(body string, p text.Span) []mark {
	var out []mark
	for at, size := p.Start, 0; at < p.End; at += size {
		var r rune
		r, size = utf8.DecodeRuneInString(body[at:p.End])
		if r != '‘' && r != '’' {
			continue
		}
		before, after := around(body, p, at, at+size)
		m := mark{at: at, size: size, opens: r == '‘' && !unicode.IsLetter(before) && unicode.IsLetter(after)}
		m.closes = r == '’' && !unicode.IsLetter(after) && !unicode.IsDigit(after)
		if m.opens || m.closes {
			out = append(out, m)
		}
	}
	return out
}

// apostrophe reports whether a closing single mark can be that of a plural:
// "the ministers’ talks".
func (m mark) apostrophe(body string) bool {
	return m.at > 0 && body[m.at-1] == 's' && strings.HasPrefix(body[m.at+m.size:], " ")
}

// trim shrinks a span until it neither begins nor ends with white space.
func trim(body string, s text.Span) text.Span {
	in := s.In(body)
	left := strings.TrimLeftFunc(in, unicode.IsSpace)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

// IsDouble reports whether a sign is a double quotation mark.
func IsDouble(key string) bool {
	switch key {
	case "\"", "“", "”", "„", "«", "»":
		return true
	}
	return false
}
