package format

import "strings"

// article returns the blocks of the page from the first to the last that was
// found to be of the article, since what was found lacks lists and tables. Of
// those between, blocks that are hardly more than links are left out. A page
// that holds little is all article.
func (w *htmlWalker) article(found []Block, title string) []Block {
	const short, tiny = 1500, 400 // bytes: what a page without a frame may have
	if n := size(w.out); n < tiny && 3*sum(w.links) < n || n < short && size(found)*10 < n*6 {
		return w.out
	}
	a := newArticleText(found)
	first, last := -1, -1
	for i, b := range w.out {
		if a.has(b) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return found
	}
	first = w.titleAbove(first, title)
	var blocks []Block
	for i := first; i <= last; i++ {
		if b := w.out[i]; w.links[i]*2 < len(b.Text) || a.has(b) {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// titleAbove returns where the title stands above block at, with author and
// date between them; at when it does not.
func (w *htmlWalker) titleAbove(at int, title string) int {
	const reach = 6
	for i := at - 1; i >= max(0, at-reach); i-- {
		if w.out[i].Kind == Title || w.out[i].Text == title {
			return i
		}
	}
	return at
}

// articleText is the text of an article, to find blocks of its page in it.
type articleText struct {
	blocks map[string]bool
	all    string // empty when it is too long to be searched for every block
}

func newArticleText(blocks []Block) articleText {
	const longest = 256 << 10
	a := articleText{blocks: map[string]bool{}}
	var all strings.Builder
	for _, b := range blocks {
		a.blocks[b.Text] = true
		all.WriteString(b.Text)
		all.WriteByte('\n')
	}
	if all.Len() <= longest {
		a.all = all.String()
	}
	return a
}

// has reports whether a block of the page is in the article; little words are
// in any text.
func (a articleText) has(b Block) bool {
	const little = 25
	return len(b.Text) > little && (a.blocks[b.Text] || strings.Contains(a.all, b.Text))
}

func sum(numbers []int) (n int) {
	for _, i := range numbers {
		n += i
	}
	return n
}

func size(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.Text)
	}
	return n
}
