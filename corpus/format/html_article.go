package format

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// article is the article of a page, and which blocks of the page it begins and
// ends with.
type article struct {
	blocks      []Block
	first, last int
}

// article returns the blocks of the page from the first to the last that was
// found to be of the article, since what was found lacks lists and tables. Of
// those between, blocks that are hardly more than links are left out, but for
// names of speakers. A page that holds little is all article.
func (w *htmlWalker) article(found []Block, title string) article {
	const short, tiny = 1500, 400 // bytes: what a page without a frame may have
	all := article{w.out, 0, len(w.out) - 1}
	if n := size(w.out); n < tiny && 3*sum(w.links) < n || n < short && size(found)*10 < n*6 {
		return all
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
		if size(found)*2 < size(w.out) {
			return all // what was found is a notice in a frame
		}
		return article{found, 0, len(w.out) - 1}
	}
	first = w.titleAbove(first, title)
	var blocks []Block
	for i := first; i <= last; i++ {
		if b := w.out[i]; !w.isLink(i) || a.has(b) {
			blocks = append(blocks, b)
		}
	}
	if n := size(found); size(blocks)*2 < n && size(w.out) < n*2 {
		return article{found, first, last} // most of it stands in what was taken for a frame
	}
	if from, to := w.densest(); running(w.out[from:to], w.links[from:to]) > 4*running(w.out[first:last+1], w.links[first:last+1]) {
		from = w.titleAbove(from, title)
		return article{w.unlinked(from, to), from, to - 1} // what was found is a box in it, or beside it
	}
	return article{blocks, first, last}
}

// fromTitle returns an article that begins far below the title of its page with what
// is between the two, where running text follows the title at once.
func (w *htmlWalker) fromTitle(found article, titles []string) article {
	const reach, least = 8, 200 // blocks below the title; bytes of running text
	at := -1
	for i, b := range w.out[:min(max(found.first, 0), len(w.out))] {
		if b.Kind != Body && slices.Contains(titles, b.Text) {
			at = i
		}
	}
	if at < 0 {
		return found
	}
	end := min(at+1+reach, found.first)
	if running(w.out[at+1:end], w.links[at+1:end]) < least {
		return found
	}
	return article{w.unlinked(at, found.last+1), at, found.last}
}

// marked returns what of an article that was found stands in what the page calls the
// text of its article; all of that where nothing of it was found.
func (w *htmlWalker) marked(found article, marked []Block, title string) article {
	const least = 80 // bytes of text
	if size(marked) < least {
		return found
	}
	in := newArticleText(marked)
	first := slices.IndexFunc(w.out, in.has)
	if first < 0 {
		return found
	}
	last := first
	for i := first; i < len(w.out); i++ {
		if in.has(w.out[i]) {
			last = i
		}
	}
	if first <= found.last && last >= found.first {
		first, last = max(first, found.first), min(last, found.last)
		if size(w.out[first:last+1])*3 < size(found.blocks) {
			return found // it is hardly a part of the article
		}
	}
	first = w.titleAbove(first, title)
	return article{w.unlinked(first, last+1), first, last}
}

// described returns the text that the page describes itself by where that stands
// elsewhere on the page than the article that was found, and has more of the title:
// pages that go on with other stories have a longer one below.
func (w *htmlWalker) described(found article, description, title string) article {
	const least, near, gap, text = 40, 12, 3, 200 // bytes of the description; blocks; blocks; bytes of running text
	if len(description) < least {
		return found
	}
	begins := strings.ToValidUTF8(description[:least], "")
	at := slices.IndexFunc(w.out, func(b Block) bool { return b.Kind == Body && strings.Contains(b.Text, begins) })
	if at < 0 || at >= found.first-near && at <= found.last {
		return found
	}
	end, apart := at+1, 0
	for i := at + 1; i < len(w.out) && w.out[i].Kind != Title && apart <= gap; i++ {
		if apart++; w.isText(i) && len(w.out[i].Text) >= paragraph {
			end, apart = i+1, 0
		}
	}
	own := w.unlinked(at, end)
	if running(w.out[at:end], w.links[at:end]) < text || titleShare(own, title) <= titleShare(found.blocks, title) {
		return found
	}
	first := w.titleAbove(at, title)
	return article{w.unlinked(first, end), first, end - 1}
}

// titleShare is the share of the longer words of a title that stand in blocks.
func titleShare(blocks []Block, title string) float64 {
	const long = 4 // letters
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < long })
	in := 0
	for _, w := range words {
		if slices.ContainsFunc(blocks, func(b Block) bool { return b.Kind == Body && strings.Contains(strings.ToLower(b.Text), w) }) {
			in++
		}
	}
	return float64(in) / float64(max(len(words), 1))
}

// unlinked returns the blocks between two places that are not links alone.
func (w *htmlWalker) unlinked(from, to int) (blocks []Block) {
	for i := from; i < to; i++ {
		if !w.isLink(i) {
			blocks = append(blocks, w.out[i])
		}
	}
	return blocks
}

// isLink reports whether a block is hardly more than links, and not the name of
// whoever says what is below it: parliaments link those to their members.
func (w *htmlWalker) isLink(i int) bool {
	const longest = 160 // bytes of a name with its office
	b := w.out[i]
	if w.links[i]*2 < len(b.Text) {
		return false
	}
	if len(b.Text) > longest || i+1 >= len(w.out) {
		return true
	}
	if strings.HasSuffix(b.Text, ":") && w.isText(i+1) {
		return false
	}
	return !w.isSpeaker(i)
}

// isText reports whether a block is running text rather than links.
func (w *htmlWalker) isText(i int) bool {
	return i < len(w.out) && w.out[i].Kind == Body && w.links[i]*2 < len(w.out[i].Text)
}

// isSpeaker reports whether a block of links names who says the text below it:
// it is set off and in capitalised words, and such a name comes again on the page,
// as those of speakers do.
func (w *htmlWalker) isSpeaker(i int) bool {
	if !w.looksLikeSpeaker(i) {
		return false
	}
	if w.again == nil {
		again, times := false, map[string]int{}
		for k := range w.out {
			if w.links[k]*2 >= len(w.out[k].Text) && w.looksLikeSpeaker(k) {
				name, _, _ := strings.Cut(timeBefore.ReplaceAllString(w.out[k].Text, ""), " (")
				times[name]++
				again = again || times[name] > 1
			}
		}
		w.again = &again
	}
	return *w.again
}

// timeBefore is the time of the day that a turn is stamped with.
var timeBefore = regexp.MustCompile(`^\d{1,2}[:.]\d{2}(?::\d{2})? `)

// looksLikeSpeaker reports whether a block is a name that is set off or has brackets
// behind it, above running text, or above the brackets that belong to it.
func (w *htmlWalker) looksLikeSpeaker(i int) bool {
	const mostWords = 5
	b := w.out[i]
	name, _, party := strings.Cut(timeBefore.ReplaceAllString(b.Text, ""), " (")
	if b.Kind == Title || b.Kind == Body && b.Lead < len(b.Text) && !party {
		return false
	}
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > mostWords || strings.ContainsAny(name, ".:;!?,") {
		return false
	}
	for i, word := range words {
		small := party && i > 0 && len(word) < 4 // "Baroness Quill of Brod (LD)"
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) && !small {
			return false
		}
	}
	return w.isText(i+1) || i+2 < len(w.out) && strings.HasPrefix(w.out[i+1].Text, "(") && w.isText(i+2)
}

// paragraph is from how many bytes on a block of a page is running text.
const paragraph = 80

// running returns the bytes of running text in blocks, of which so many are
// links.
func running(blocks []Block, links []int) (n int) {
	for i, b := range blocks {
		if len(b.Text) >= paragraph && links[i]*2 < len(b.Text) {
			n += len(b.Text)
		}
	}
	return n
}

// textFrom returns the first block of running text from block at on, or one a
// few below it.
func (w *htmlWalker) textFrom(at int) int {
	const reach = 5
	for i := at; i < min(len(w.out), at+reach); i++ {
		if w.out[i].Kind == Body && running(w.out[i:i+1], w.links[i:i+1]) > 0 {
			return i
		}
	}
	return min(len(w.out), at+reach)
}

// densest returns from where to where on the page running text is densest: the
// run of blocks with most of it, where each line between that is none, and its
// links, count against it.
func (w *htmlWalker) densest() (from, to int) {
	const line = 30 // bytes of running text that a line outweighs
	best, sum, begin := 0, 0, 0
	for i, b := range w.out {
		if n := running(w.out[i:i+1], w.links[i:i+1]); n > 0 {
			sum += n
		} else {
			sum -= line + min(len(b.Text), w.links[i])
		}
		if sum <= 0 {
			sum, begin = 0, i+1
		}
		if sum > best {
			best, from, to = sum, begin, i+1
		}
	}
	return from, to
}

// titleAbove returns where the title is above block at, with author and
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
