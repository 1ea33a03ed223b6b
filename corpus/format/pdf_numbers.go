package format

import (
	"slices"
	"strconv"
	"unicode"
)

// numbered is a line with a number at one of its ends, or nothing but one.
type numbered struct {
	line   int
	number int
	at     stretch // of the number
	rest   stretch // of what else the line has
}

// lineNumbers finds the numbers that count the lines of a page, as those of
// bills, drafts and transcripts are counted. It returns what is left of each line
// that has one.
func (t *pdfText) lineNumbers(lines []pdfLine, at []stretch) map[int]stretch {
	const fewest = 5 // lines
	if len(lines) < fewest || len(lines) > mostLines {
		return nil
	}
	for _, leading := range []bool{true, false} {
		var all []numbered
		for i, s := range at {
			if n, ok := t.numbered(s, leading); ok {
				n.line = i
				all = append(all, n)
			}
		}
		for _, step := range []int{1, 5} {
			chain := longestChain(all, step)
			if len(chain) >= fewest-step/2 && t.countsLines(chain, lines, at, leading, step) {
				rest := map[int]stretch{}
				for _, n := range chain {
					rest[n.line] = n.rest
				}
				return rest
			}
		}
	}
	return nil
}

// numbered takes a number off one end of a line.
func (t *pdfText) numbered(s stretch, leading bool) (n numbered, ok bool) {
	const longest = 4 // digits
	n.at = s
	if leading {
		for n.at.to = s.from; n.at.to < s.to && isASCIIDigit(t.runes[n.at.to]); n.at.to++ {
		}
		n.rest = stretch{n.at.to, s.to}
		for n.rest.from < n.rest.to && isBlank(t.runes[n.rest.from]) {
			n.rest.from++
		}
	} else {
		for n.at.from = s.to; n.at.from > s.from && isASCIIDigit(t.runes[n.at.from-1]); n.at.from-- {
		}
		n.rest = stretch{s.from, n.at.from}
		for n.rest.from < n.rest.to && isBlank(t.runes[n.rest.to-1]) {
			n.rest.to--
		}
	}
	size := n.at.to - n.at.from
	alone := n.rest.from == n.rest.to
	apart := alone || leading && n.rest.from > n.at.to || !leading && n.rest.to < n.at.from
	if size == 0 || size > longest || !apart {
		return n, false
	}
	n.number, _ = strconv.Atoi(string(t.runes[n.at.from:n.at.to]))
	return n, true
}

func isASCIIDigit(r rune) bool { return '0' <= r && r <= '9' }

// longestChain returns the longest run of numbers that grow by step from line to
// line, others between them left out.
func longestChain(all []numbered, step int) (longest []numbered) {
	ends := map[int][]numbered{} // by the number that each ends with
	for _, n := range all {
		if step > 1 && n.number%step != 0 {
			continue
		}
		chain := append(slices.Clip(ends[n.number-step]), n)
		if len(chain) > len(ends[n.number]) {
			ends[n.number] = chain
		}
		if len(chain) > len(longest) {
			longest = chain
		}
	}
	return longest
}

// countsLines reports whether numbers count the lines of running text: they stand
// in a column of their own, beside nearly all lines or every fifth, and sentences
// go on from line to line.
func (t *pdfText) countsLines(chain []numbered, lines []pdfLine, at []stretch, leading bool, step int) bool {
	const margin = 0.4 // of the size of the text, at least, between number and text
	isOf := map[int]numbered{}
	for _, n := range chain {
		isOf[n.line] = n
	}
	texts, goOn, counted := 0, 0, 0
	var edges []float64 // where the lines of text begin, or end
	for i, s := range at {
		n, has := isOf[i]
		if has {
			s = n.rest
		}
		if s.from == s.to || !slices.ContainsFunc(t.runes[s.from:s.to], unicode.IsLetter) {
			continue
		}
		texts++
		if has {
			counted++
		}
		if r := t.runes[s.from]; unicode.IsLower(r) || unicode.Is(unicode.Lo, r) {
			goOn++
		}
		x := lines[i].left
		if !leading {
			x = -lines[i].right
		}
		if has {
			if leading {
				x = t.box(s.from).left
			} else {
				x = -t.box(s.to - 1).right
			}
		}
		edges = append(edges, x)
	}
	alone := len(chain) - counted
	if texts == 0 || goOn*4 < texts || (counted+alone)*step*10 < texts*6 {
		return false
	}
	slices.Sort(edges)
	edge := edges[len(edges)/10] // a heading may be centred, or set out
	for _, n := range chain {
		x := t.box(n.at.to - 1).right
		if !leading {
			x = -t.box(n.at.from).left
		}
		if x > edge-lines[n.line].size*margin {
			return false
		}
	}
	return true
}
