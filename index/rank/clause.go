package rank

import (
	"strings"
	"unicode/utf8"

	"attache/corpus/text"
)

// Longer sentences, in characters, are quoted by their clauses, of which as
// many as make a readable quote are taken together.
const (
	longestWhole   = 400
	longestClauses = 360
)

// parts returns the sentence; of one too long to quote, the runs of clauses
// that are not.
func (r *reader) parts(t string, s sentence) []sentence {
	if utf8.RuneCountInString(s.span.In(t)) <= longestWhole {
		return []sentence{s}
	}
	clauses := clauses(t, s.span)
	var parts []sentence
	end := 0
	for i := range clauses {
		last := i
		for last+1 < len(clauses) && utf8.RuneCountInString(t[clauses[i].Start:clauses[last+1].End]) <= longestClauses {
			last++
		}
		if clauses[last].End == end {
			continue // the run before holds these too
		}
		end = clauses[last].End
		parts = append(parts, r.part(s, text.Span{Start: clauses[i].Start, End: end}))
	}
	return parts
}

// part is the part of a sentence that the span covers.
func (r *reader) part(s sentence, span text.Span) sentence {
	from, to := 0, len(s.tokens)
	for from < to && int(s.tokens[from].Start) < span.Start {
		from++
	}
	for to > from && int(s.tokens[to-1].End) > span.End {
		to--
	}
	p := sentence{span: span, tokens: s.tokens[from:to], first: s.first + from}
	for _, m := range s.marks {
		if m.token >= p.first && m.token < p.first+len(p.tokens) {
			p.marks = append(p.marks, m)
		}
	}
	p.levels = r.levels(p.marks)
	return p
}

// clauses cuts a sentence behind its semicolons, dashes, colons and commas.
func clauses(t string, s text.Span) []text.Span {
	var all []text.Span
	start := s.Start
	for at := s.Start; at < s.End; {
		r, size := utf8.DecodeRuneInString(t[at:s.End])
		at += size
		if !strings.ContainsRune(";—–:,、，；：،؛", r) || at < s.End && r < utf8.RuneSelf && t[at] != ' ' {
			continue
		}
		all = append(all, text.Span{Start: start, End: at})
		start = at
	}
	all = append(all, text.Span{Start: start, End: s.End})
	kept := all[:0]
	for i, c := range all {
		c = trimClause(t, c, i+1 == len(all))
		if c.Len() > 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// trimClause cuts white space and, within the sentence, the mark that ends the
// clause.
func trimClause(t string, c text.Span, last bool) text.Span {
	in := c.In(t)
	left := strings.TrimLeft(in, " \u00a0\u3000")
	c.Start += len(in) - len(left)
	if !last {
		left = strings.TrimRight(left, ";—–:,、，；：،؛ ")
	}
	c.End = c.Start + len(left)
	return c
}
