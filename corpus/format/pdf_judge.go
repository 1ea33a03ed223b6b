package format

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	errScan  = errors.New("its pages are pictures without text; run it through text recognition (OCR) first")
	errFonts = errors.New("its fonts do not tell which characters they show; save it again, or run it through text recognition (OCR)")
)

// unreadPages is why some pages of a PDF are not in its text.
type unreadPages struct {
	pages []int // from 1, in order
	of    int   // pages of the file
	fonts bool  // there is text on them, but the fonts do not tell which
	tried error // why nothing was recognised on them, where that was tried
}

func (u unreadPages) Error() string {
	why := "hold no text but perhaps pictures of it"
	if u.fonts {
		why = "are set in fonts that do not tell which characters they show"
	}
	if u.tried != nil {
		return fmt.Sprintf("%d of its %d pages (%s) %s, and no text was recognised on them: %v", len(u.pages), u.of, ranges(u.pages), why, u.tried)
	}
	return fmt.Sprintf("%d of its %d pages (%s) %s; the others are read; run the file through text recognition (OCR) to have all of it", len(u.pages), u.of, ranges(u.pages), why)
}

func (u unreadPages) Unwrap() error { return u.tried }

// part names the pages as a part of the file.
func (u unreadPages) part() string { return "#pages=" + plainRanges.Replace(ranges(u.pages)) }

var plainRanges = strings.NewReplacer(" ", "", "–", "-", "…", "etc")

// ranges writes numbers in order: "2, 4–7". Of many ranges it writes the first.
func ranges(numbers []int) string {
	const most = 8
	var parts []string
	for i := 0; i < len(numbers); {
		end := i
		for end+1 < len(numbers) && numbers[end+1] == numbers[end]+1 {
			end++
		}
		if len(parts) == most {
			return strings.Join(append(parts, "…"), ", ")
		}
		if end == i {
			parts = append(parts, fmt.Sprint(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", numbers[i], numbers[end]))
		}
		i = end + 1
	}
	return strings.Join(parts, ", ")
}

// judgePages empties the pages whose text is none. It returns the pages without
// text where there are so many that a reader would miss them, and an error besides
// where hardly any page has text.
func judgePages(pages []pdfPage) ([]unreadPages, error) {
	const fewest = 10 // letters: stamps of scanners leave a few
	empty, rubbish := unreadPages{of: len(pages)}, unreadPages{of: len(pages), fonts: true}
	letters, unknown := 0, 0
	for i, page := range pages {
		c := countPage(page)
		unknown += c.unknown
		switch {
		case c.isRubbish():
			rubbish.pages = append(rubbish.pages, i+1)
			pages[i].lines = nil
			continue
		case c.letters < fewest:
			empty.pages = append(empty.pages, i+1)
		}
		letters += c.letters
	}
	all := unreadPages{of: len(pages)}
	for i := range pages {
		all.pages = append(all.pages, i+1)
	}
	switch n := len(pages) - len(empty.pages); {
	case unknown > letters, len(rubbish.pages)*2 > n:
		all.fonts = true
		return []unreadPages{all}, errFonts
	case letters < fewest*min(len(pages), 5):
		return []unreadPages{all}, errScan
	}
	var unread []unreadPages
	if n := len(empty.pages); n >= 3 && n*3 >= len(pages) || n*2 > len(pages) { // covers and maps are no reason
		unread = append(unread, empty)
	}
	if len(rubbish.pages) > 0 {
		unread = append(unread, rubbish)
	}
	return unread, nil
}

// pageCount is what the characters of a page are.
type pageCount struct {
	letters, unknown   int
	basic, vowels      int // ASCII letters, and the vowels among them
	accented           int // other Latin letters
	within             int // symbols and digits between two letters
	private            int // characters that mean nothing outside of their font
	mixed, words, long int // words of several scripts; all; those too long for one
}

func countPage(page pdfPage) (c pageCount) {
	for _, l := range page.lines {
		for w := range strings.FieldsSeq(l.text) {
			c.word(w)
		}
	}
	return c
}

func (c *pageCount) word(w string) {
	const longest = 30 // letters of a word
	c.words++
	letters, symbols := 0, 0
	latin, other := false, false
	for _, r := range w {
		switch {
		case r == utf8.RuneError:
			c.unknown++
			continue
		case unicode.Is(unicode.Co, r), unicode.IsControl(r) && r != 2:
			c.private++
			continue
		case strings.ContainsRune("'’-‐–/.:@_&,", r):
			continue
		case !unicode.IsLetter(r):
			symbols++
			continue
		}
		letters++
		c.within += min(symbols, 1) * min(letters-1, 1)
		symbols = 0
		switch {
		case r < utf8.RuneSelf:
			c.basic++
			latin = true
			if strings.ContainsRune("aeiouyAEIOUY", r) {
				c.vowels++
			}
		case unicode.Is(unicode.Latin, r):
			c.accented++
			latin = true
		case !unicode.In(r, unicode.Greek, unicode.Common): // Greek letters stand in formulas
			other = true
		}
	}
	c.letters += letters
	if latin && other {
		c.mixed++
	}
	if letters > longest && latin && !strings.ContainsAny(w, "/.@_-") {
		c.long++
	}
}

// isRubbish reports whether the characters of a page are not those that it shows,
// but the numbers of signs in a font: hardly a vowel, symbols within words, words
// without end, letters that no language has so many of.
func (c pageCount) isRubbish() bool {
	const enough = 60 // letters to judge by
	if c.private > c.letters+c.unknown && c.private > enough/2 {
		return true
	}
	if c.letters < enough {
		return false
	}
	latin := c.basic + c.accented
	if latin*2 < c.letters {
		return c.mixed*4 > c.words
	}
	signs := 0
	if c.vowels*100 < c.basic*25 {
		signs++
	}
	if c.vowels*100 < c.basic*18 {
		signs++
	}
	if c.within*25 > c.letters {
		signs++
	}
	if c.long*8 > c.words {
		signs++
	}
	if c.mixed*6 > c.words {
		signs++
	}
	return signs >= 3 || c.accented*2 > latin+enough
}
