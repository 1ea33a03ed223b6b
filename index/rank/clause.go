package rank

import (
	"sort"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
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
	var parts []sentence
	for _, run := range runs(t, clauses(t, s.span)) {
		parts = append(parts, r.part(s, run))
	}
	return parts
}

// runs joins neighbouring clauses to the longest runs that are not too long.
// It looks at each clause twice: a list of names may be one sentence.
func runs(t string, clauses []text.Span) (all []text.Span) {
	last, size, end := -1, 0, 0 // the run's last clause, its characters, and where the run before ends
	for i, c := range clauses {
		if last < i {
			last, size = i, utf8.RuneCountInString(c.In(t))
		}
		for last+1 < len(clauses) {
			more := utf8.RuneCountInString(t[clauses[last].End:clauses[last+1].End])
			if size+more > longestClauses {
				break
			}
			last, size = last+1, size+more
		}
		if clauses[last].End > end { // else the run before holds these too
			end = clauses[last].End
			all = append(all, text.Span{Start: c.Start, End: end})
		}
		if last > i {
			size -= utf8.RuneCountInString(t[c.Start:clauses[i+1].Start])
		}
	}
	return all
}

// part is the part of a sentence that the span covers.
func (r *reader) part(s sentence, span text.Span) sentence {
	from := sort.Search(len(s.tokens), func(i int) bool { return int(s.tokens[i].Start) >= span.Start })
	to := from + sort.Search(len(s.tokens)-from, func(i int) bool { return int(s.tokens[from+i].End) > span.End })
	p := sentence{span: span, tokens: s.tokens[from:to], first: s.first + from}
	mark := func(token int) int {
		return sort.Search(len(s.marks), func(i int) bool { return s.marks[i].token >= token })
	}
	p.marks = s.marks[mark(p.first):mark(s.first+to)]
	p.levels, p.traces = r.levels(p.marks), r.traces(&p)
	return p
}

// clauses cuts a sentence behind its semicolons, dashes, colons and commas, but
// for those in brackets and in dates: "(August 28, 2024)".
func clauses(t string, s text.Span) []text.Span {
	var all []text.Span
	start, bracket := s.Start, 0
	for at := s.Start; at < s.End; {
		r, size := utf8.DecodeRuneInString(t[at:s.End])
		at += size
		if r == '(' {
			bracket = at + max(0, strings.IndexByte(t[at:min(at+longestBracket, s.End)], ')'))
		}
		if at < bracket || !strings.ContainsRune(";—–:,、，；：،؛", r) || at < s.End && r < utf8.RuneSelf && !opensClause(t[at:s.End]) {
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

// longestBracket is how many bytes in brackets are kept whole.
const longestBracket = 100

// opensClause reports whether a clause may begin behind a mark: a space
// follows, and no number, which belongs to what is before the mark.
func opensClause(t string) bool {
	return t[0] == ' ' && (len(t) == 1 || t[1] < '0' || t[1] > '9')
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
