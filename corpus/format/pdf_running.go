package format

import (
	"math"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Lines of a header or a footer that are known by their text, at most, and by
// their place.
const (
	deep  = 3
	apart = 6
)

// dropRunning takes the headers, the footers and the numbers of the pages away.
func dropRunning(pages []pdfPage) {
	margins := make([]pageMargins, len(pages))
	for i, page := range pages {
		margins[i] = marginsOf(page)
	}
	often := oftenAtMargin(pages, margins)
	drop := make([][]bool, len(pages))
	for i, page := range pages {
		drop[i] = make([]bool, len(page.lines))
		for j, l := range page.lines {
			drop[i][j] = margins[i].at[j] && (often[runningKey(l.text)] || isPageNumber(l.text))
		}
	}
	if len(pages) <= 2*deep {
		dropTwice(pages, margins, drop)
	}
	dropBetween(pages, margins, drop)
	for i := range pages {
		kept := pages[i].lines[:0]
		for j, l := range pages[i].lines {
			if !drop[i][j] {
				kept = append(kept, l)
			}
		}
		pages[i].lines = kept
	}
}

// pageMargins says which lines of a page may be part of a header or a footer.
type pageMargins struct {
	at         []bool // by line: it is one of the first or the last, in the file or on the paper
	head, foot []int  // the lines at the top and at the bottom of the paper, from its edge on
}

func marginsOf(page pdfPage) pageMargins {
	n := len(page.lines)
	m := pageMargins{at: make([]bool, n)}
	var order []int
	for i, l := range page.lines {
		m.at[i] = i < deep || i >= n-deep
		if l.size > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(math.Round(page.lines[b].bottom - page.lines[a].bottom)) })
	m.head = order[:min(apart, len(order))]
	m.foot = slices.Clone(order[max(0, len(order)-apart):])
	slices.Reverse(m.foot)
	for _, i := range slices.Concat(m.head[:min(deep, len(m.head))], m.foot[:min(deep, len(m.foot))]) {
		m.at[i] = true
	}
	return m
}

var digits = regexp.MustCompile(`[0-9]+`)

// runningKey is the same for the headers of two pages that differ by number.
func runningKey(t string) string { return digits.ReplaceAllString(t, "#") }

// oftenAtMargin returns what is at the top or the bottom of many pages.
func oftenAtMargin(pages []pdfPage, margins []pageMargins) map[string]bool {
	counts := map[string]int{}
	for i, page := range pages {
		seen := map[string]bool{}
		for j, l := range page.lines {
			if key := runningKey(l.text); margins[i].at[j] && !seen[key] {
				seen[key] = true
				counts[key]++
			}
		}
	}
	often := map[string]bool{}
	for key, n := range counts {
		often[key] = n >= 3 && n*3 >= len(pages) || n >= 10
	}
	return often
}

var pageNumber = regexp.MustCompile(`^(?i)[-–—|\s]*(?:p\.|page|seite|página|стр\.)?\s*(?:[0-9]{1,5}|[ivxlc]{1,6})(?:\s*(?:/|of|von|de|из)\s*[0-9]{1,5})?[-–—|\s]*$`)

func isPageNumber(t string) bool { return pageNumber.MatchString(t) }

// dropTwice drops what is at the same height of two pages, in the margin and
// apart from the text: a short file has its header twice at the most.
func dropTwice(pages []pdfPage, margins []pageMargins, drop [][]bool) {
	const same = 2 // points
	for i := range pages {
		for _, at := range slices.Concat(inMargin(pages[i], margins[i].head), inMargin(pages[i], margins[i].foot)) {
			l := pages[i].lines[at]
			for k := range pages {
				for j, other := range pages[k].lines {
					if k != i && margins[k].at[j] && math.Abs(l.bottom-other.bottom) <= same && runningKey(l.text) == runningKey(other.text) {
						drop[i][at], drop[k][j] = true, true
					}
				}
			}
		}
	}
}

// inMargin returns the lines at an edge of a page, counted from the edge, that
// are in the margin: near the end of the paper, and farther from the text than
// its lines are from each other.
func inMargin(page pdfPage, edge []int) []int {
	const margin, gap = 0.12, 1.6 // of the height of the paper; of the distance of lines
	leading := page.leading()
	for n, at := range edge {
		l := page.lines[at]
		if page.height > 0 && l.bottom > page.height*margin && l.top() < page.height*(1-margin) {
			return nil
		}
		if n+1 < len(edge) && math.Abs(l.bottom-page.lines[edge[n+1]].bottom) > max(min(leading, 2*l.size), l.size)*gap { // a page of few lines has no usual distance
			return edge[:n+1]
		}
	}
	return nil
}

// leading returns the usual distance of the lines of a page.
func (page pdfPage) leading() float64 {
	var drops []float64
	for i := 1; i < len(page.lines); i++ {
		if d := page.lines[i-1].bottom - page.lines[i].bottom; d > page.lines[i].size/2 {
			drops = append(drops, d)
		}
	}
	if len(drops) == 0 {
		return 0
	}
	slices.Sort(drops)
	return drops[len(drops)/3]
}

// dropBetween drops what is in the margins between two pages while a sentence
// goes on from one to the other.
func dropBetween(pages []pdfPage, margins []pageMargins, drop [][]bool) {
	for i := 1; i < len(pages); i++ {
		foot := apartFromText(pages[i-1], inMargin(pages[i-1], margins[i-1].foot))
		head := apartFromText(pages[i], inMargin(pages[i], margins[i].head))
		if len(foot)+len(head) == 0 {
			continue
		}
		last, ok := outermost(pages[i-1].lines, drop[i-1], foot, func(a, b pdfLine) bool { return a.bottom < b.bottom })
		if !ok || endsSentence(last.text) {
			continue
		}
		next, ok := outermost(pages[i].lines, drop[i], head, func(a, b pdfLine) bool { return a.top() > b.top() })
		if first, _ := utf8.DecodeRuneInString(next.text); !ok || !unicode.IsLower(first) && !unicode.Is(unicode.Lo, first) || different(last.size, next.size) {
			continue
		}
		for _, at := range foot {
			drop[i-1][at] = true
		}
		for _, at := range head {
			drop[i][at] = true
		}
	}
}

// apartFromText returns lines in a margin unless one of them reads as text.
func apartFromText(page pdfPage, lines []int) []int {
	for _, at := range lines {
		l := page.lines[at]
		if first, _ := utf8.DecodeRuneInString(l.text); unicode.IsLower(first) || endsSentence(l.text) || beginsNote(l) {
			return nil
		}
	}
	return lines
}

// outermost returns the line of the text that is nearest to an edge of its page.
func outermost(lines []pdfLine, drop []bool, margin []int, nearer func(a, b pdfLine) bool) (l pdfLine, ok bool) {
	for i, other := range lines {
		if drop[i] || slices.Contains(margin, i) {
			continue
		}
		if !ok || nearer(other, l) {
			l, ok = other, true
		}
	}
	return l, ok
}
