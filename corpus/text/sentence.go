package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of the paragraph p of t, in order and
// without overlap; of an ellipsis between two of them nothing is kept. The
// language is an ISO 639-1 code, empty when unknown.
//
// A mark that closes a quotation belongs to the sentence it closes, and
// sentences inside a quotation are sentences. What follows a quotation and
// says who speaks belongs to the quotation's last sentence.
func Sentences(t string, p Span, code string) []Span {
	s := splitter{text: t[:p.End], start: p.Start, lang: lookup(code)}
	for at := p.Start; at < p.End; {
		switch c := t[at]; class[c] {
		case 0:
			at++
		case quote:
			s.odd = !s.odd
			at++
		case paren:
			s.hold(at)
			at++
		default:
			if r, size := utf8.DecodeRuneInString(s.text[at:]); isStop(r) {
				at = s.stop(at)
			} else {
				at += size
			}
		}
	}
	s.add(p.End)
	return s.spans
}

// class tells the bytes that deserve a look: most of a text is neither a stop
// nor the lead byte of one.
var class = [256]uint8{
	'"': quote, '(': paren, '.': maybe, '!': maybe, '?': maybe,
	0xd6: maybe, 0xd8: maybe, 0xdb: maybe, 0xe0: maybe, 0xe1: maybe, 0xe2: maybe, 0xe3: maybe, 0xef: maybe,
}

const (
	quote = iota + 1
	paren
	maybe
)

// isStop reports whether a sentence may end with r: the full stops, question
// and exclamation marks of the scripts in use today.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '؟', '۔', '։', '।', '॥', '።', '។', '။':
		return true
	}
	return isWide(r)
}

// isWide reports whether r is a stop that needs no space after it.
func isWide(r rune) bool {
	switch r {
	case '。', '！', '？', '．', '｡':
		return true
	}
	return false
}

const spaces = " \t\r\n\f\v\u00a0\u202f\u2009\u3000\u200b\ufeff"

type splitter struct {
	text  string // up to the paragraph's end
	start int    // of the sentence under way
	blank int    // from start up to here there is no word
	held  int    // a parenthesis keeps the sentence together up to here
	odd   bool   // inside straight quotation marks
	lang  *habits
	spans []Span
}

// add ends the sentence under way at end.
func (s *splitter) add(end int) {
	if span := trim(s.text, Span{s.start, end}); hasWord(span.In(s.text)) {
		s.spans = append(s.spans, span)
	}
	s.start = end
}

func hasWord(t string) bool { return wordIn(t) >= 0 }

// wordIn returns where the first word of t begins, less than 0 without one.
func wordIn(t string) int {
	return strings.IndexFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// worded reports whether the sentence under way has a word before at. What was
// looked at is not looked at again, however many stops stand without a word.
func (s *splitter) worded(at int) bool {
	s.blank = max(s.blank, s.start)
	if s.blank >= at {
		return false
	}
	n := wordIn(s.text[s.blank:at])
	if n < 0 {
		s.blank = at
		return false
	}
	s.blank += n
	return true
}

// hold keeps a sentence together over a parenthesis inside it, however many
// sentences that holds. One that is never closed, or too long, holds nothing.
func (s *splitter) hold(at int) {
	const longest = 300
	head := strings.TrimLeft(s.text[s.start:at], spaces)
	if s.start = at - len(head); head == "" {
		return
	}
	end := min(len(s.text), at+longest)
	if n := strings.IndexByte(s.text[at:end], ')'); n > 0 {
		s.held = max(s.held, at+n)
	}
}

// mark is a run of stops with the marks that close what they end.
type mark struct {
	at, after int  // the run of stops
	end       int  // behind the closing marks
	dots      int  // how many of the stops are full stops; an ellipsis is three
	last      rune // the last stop
	quoted    bool // a quotation mark closes
}

// stop looks at the stop at at, ends the sentence there if it does, and
// returns where to go on.
func (s *splitter) stop(at int) int {
	m := s.mark(at)
	if m.end <= s.held || !s.worded(at) {
		if m.dots >= 3 && s.start+1 >= at && !m.quoted {
			s.start = m.end // an omission before the first word
		}
		return m.end
	}
	if s.ends(m) {
		s.add(m.end)
		s.start += ellipsis(s.text[m.end:])
		return s.start
	}
	return m.end
}

func (s *splitter) mark(at int) mark {
	m := mark{at: at}
	for at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		if r == ' ' && spacedDot(s.text[at+1:], m.dots) {
			at++
			continue
		}
		if !isStop(r) {
			break
		}
		switch r {
		case '.':
			m.dots++
		case '…':
			m.dots += 3
		}
		m.last = r
		at += size
	}
	m.after = at
	m.end = s.closing(&m, at)
	return m
}

// spacedDot reports whether t goes on an ellipsis that is set with spaces, of
// which dots full stops are read.
func spacedDot(t string, dots int) bool {
	return dots > 0 && strings.HasPrefix(t, ".") && (dots > 1 || len(t) == 1 || t[1] == ' ')
}

func isWordAt(t string) bool {
	r, _ := utf8.DecodeRuneInString(t)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// closing returns the end of the marks at at that close a quotation or a
// parenthesis, and of footnote numbers.
func (s *splitter) closing(m *mark, at int) int {
	for at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		rest := s.text[at+size:]
		switch r {
		case '”', '’', '」', '』', '›':
			m.quoted = true
		case ')', ']', '}', '）', '】':
		case '"':
			if isWordAt(rest) && !s.odd {
				return at
			}
			s.odd = false
			m.quoted = true
		case '\'', '“', '‘', '»', '«':
			if isWordAt(rest) {
				return at
			}
			m.quoted = true
		case ' ', '\u00a0', '\u202f':
			if !strings.HasPrefix(rest, "»") || isWordAt(rest[len("»"):]) {
				return at
			}
		case '[':
			const longest = 100
			n := strings.IndexByte(rest[:min(len(rest), longest)], ']')
			if n < 1 || strings.Trim(rest[:n], "0123456789, –-") != "" {
				return at
			}
			size += n + 1
		default:
			return at
		}
		at += size
	}
	return at
}

// ellipsis returns the length of the omission that t begins with.
func ellipsis(t string) int {
	rest := strings.TrimLeft(t, spaces)
	body := strings.TrimLeft(rest, ".…")
	if dots := rest[:len(rest)-len(body)]; len(dots) < 3 {
		return 0
	}
	return len(t) - len(body)
}
