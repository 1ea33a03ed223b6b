// Package clean finds the document in what a file holds: it takes out what
// stands around an article on a page, and finds title, author, publisher,
// address and date where the file says them in its text.
//
// The rules look at the shape and the place of a line, and at the phrases of
// phrases.txt. They only ever drop whole blocks or narrow one to a slice, so
// that what is left is still text of the file. They would rather leave a line
// too many than lose one.
package clean

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// Clean cleans d in place.
func Clean(d *format.Document) {
	c := cleaner{d: d, drop: make([]bool, len(d.Blocks))}
	for i := range d.Blocks {
		d.Blocks[i].Text = strings.TrimSpace(d.Blocks[i].Text)
	}
	for _, step := range []struct {
		do  func()
		why format.Why
	}{
		{c.rest, format.Below}, {c.notices, format.Notice}, {c.repeated, format.Repeated}, {c.labels, format.Field}, {c.head, format.Field},
		{c.headings, format.Notice}, {c.tail, format.Field}, {c.published, format.Field},
	} {
		step.do()
		c.note(step.why)
	}
	if !c.follows(-1) {
		return // all of it looks like a frame: then it is what there is
	}
	kept := d.Blocks[:0]
	for i, b := range d.Blocks {
		if !c.drop[i] && b.Text != "" {
			kept = append(kept, b)
		}
	}
	d.Blocks = kept
	d.Left = append(d.Left, c.left...)
}

// isRecord reports whether a block is part of what somebody says in a record:
// nothing around an article, however it looks.
func isRecord(b format.Block) bool { return b.Voice > 0 || b.Kind > format.Heading }

type cleaner struct {
	d     *format.Document
	drop  []bool // by block
	noted []bool // those dropped that are in left
	left  []format.Left
}

// note writes down what the last step dropped, where that is asked for.
func (c *cleaner) note(why format.Why) {
	if !c.d.Explain {
		return
	}
	if c.noted == nil {
		c.noted = make([]bool, len(c.drop))
	}
	for i, b := range c.d.Blocks {
		if c.drop[i] && !c.noted[i] && b.Text != "" {
			c.noted[i] = true
			c.left = append(c.left, format.Left{Text: b.Text, Why: why})
		}
	}
}

// notices drops what sites print around articles, and captions.
func (c *cleaner) notices() {
	last := c.lastParagraph()
	for i, b := range c.d.Blocks {
		if isRecord(b) {
			continue
		}
		c.drop[i] = c.drop[i] || b.Text == "" || !b.Row && (isNotice(b.Text) || isCaption(b.Text))
		// Who made the text is worth knowing, not quoting; under a heading
		// nothing may follow that it is not about.
		if !c.drop[i] && isMaking(b.Text) {
			c.d.Blocks[i].Kind = format.Heading
			c.drop[i] = i < last
		}
	}
}

// lastParagraph returns the last block of running text, -1 for none.
func (c *cleaner) lastParagraph() int {
	const paragraph = 160
	for i, b := range slices.Backward(c.d.Blocks) {
		if b.Kind == format.Body && len(b.Text) > paragraph && !isNotice(b.Text) && !isMaking(b.Text) {
			return i
		}
	}
	return -1
}

// rest drops what a site has under its articles, from a line such as "Leave a
// reply" on, unless that would be the larger part.
func (c *cleaner) rest() {
	const paragraph = 80 // bytes of a line that is one
	total := 0
	for _, b := range c.d.Blocks {
		total += len(b.Text)
	}
	above, paragraphs := 0, 0
	for i, b := range c.d.Blocks {
		if paragraphs > 1 && above*2 > total && endsDocument(b.Text) {
			for j := i; j < len(c.d.Blocks); j++ {
				c.drop[j] = true
			}
			return
		}
		if above += len(b.Text); len(b.Text) > paragraph {
			paragraphs++
		}
	}
}

// repeated drops short lines that come again and again, as the header of a
// printed page does. What ends like a sentence or names a speaker is kept.
func (c *cleaner) repeated() {
	const longest, often, words = 120, 3, 3
	counts := map[string]int{}
	for _, b := range c.d.Blocks {
		if len(b.Text) <= longest && !b.Row {
			counts[b.Text]++
		}
	}
	for i, b := range c.d.Blocks {
		if !isRecord(b) && counts[b.Text] >= often && !endsLikeSentence(b.Text) && !strings.HasSuffix(b.Text, ":") && len(strings.Fields(b.Text)) >= words {
			c.drop[i] = true
		}
	}
}

// margin is how many of the first and last blocks may hold metadata.
const margin = 8

// labels takes metadata from lines such as "Author: Ann Moe" at both ends.
func (c *cleaner) labels() {
	for i, b := range c.d.Blocks {
		if c.drop[i] || isRecord(b) || i >= margin && i < len(c.d.Blocks)-margin || utf8.RuneCountInString(b.Text) > 160 {
			continue
		}
		label, value := labelled(b.Text)
		if label == "" || value == "" && i < margin && i < len(c.d.Blocks)-1 {
			continue
		}
		c.drop[i] = c.take(label, value)
	}
}

// take fills the field that a label names, unless it is known, and reports
// whether the line was nothing but that.
func (c *cleaner) take(label, value string) bool {
	d := c.d
	switch label {
	case "title":
		fill(&d.Title, value)
	case "author":
		if !isName(value) {
			return value == ""
		}
		fill(&d.Author, value)
	case "publisher":
		if strings.HasPrefix(value, "http") {
			fill(&d.URL, value)
		} else if len(strings.Fields(value)) > 8 || endsLikeSentence(value) {
			return false
		} else {
			fill(&d.Publisher, value)
		}
	case "url":
		if !strings.Contains(value, ".") || strings.Contains(value, " ") {
			return value == ""
		}
		fill(&d.URL, value)
	case "published":
		day, alone := date.Alone(value)
		if !alone {
			return value == ""
		}
		if d.Published.IsZero() {
			d.Published = day
		}
	}
	return true
}

func fill(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// tail drops what follows the last sentence and names nothing: a label without
// a value.
func (c *cleaner) tail() {
	for i := len(c.d.Blocks) - 1; i > 0; i-- {
		if isRecord(c.d.Blocks[i]) {
			return
		}
		if c.drop[i] {
			continue
		}
		t := c.d.Blocks[i].Text
		if !strings.HasSuffix(t, ":") || len(strings.Fields(strings.TrimRight(t, " :"))) > 3 {
			return
		}
		c.drop[i] = true
	}
}

// headings finds the headings of plain text: short lines with a number, in
// capitals or of a usual name, over a paragraph.
func (c *cleaner) headings() {
	const words, paragraph = 9, 80
	for i := range c.d.Blocks[:max(0, len(c.d.Blocks)-1)] {
		b, next := &c.d.Blocks[i], c.d.Blocks[i+1].Text
		if b.Kind != format.Body || b.Row || isRecord(*b) || c.drop[i] || len(strings.Fields(b.Text)) > words || len(next) < max(paragraph, 2*len(b.Text)) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(b.Text)
		if unicode.In(last, unicode.L, unicode.N) && isHeading(b.Text) {
			b.Kind = format.Heading
		}
	}
}

var numbered = regexp.MustCompile(`^(?:[0-9]+(?:\.[0-9]+)*\.?|[IVX]+\.)\s+\p{Lu}`)

func isHeading(t string) bool {
	return numbered.MatchString(t) || indexed().sections[strings.ToLower(t)] ||
		strings.ToUpper(t) == t && strings.ToLower(t) != t && len(t) > 3
}

// published finds the date in the title, in the dateline, or in what the first
// paragraphs report, when nothing else told it.
func (c *cleaner) published() {
	const paragraphs, reach = 4, 1200
	if c.d.Published.IsZero() {
		c.d.Published = date.Closing(c.d.Title)
	}
	seen := 0
	for i, b := range c.d.Blocks {
		if !c.d.Published.IsZero() || seen == paragraphs {
			return
		}
		if c.drop[i] || b.Kind != format.Body || b.Row {
			continue
		}
		if seen++; seen == 1 {
			c.d.Published = date.Dateline(b.Text)
		}
		if c.d.Published.IsZero() {
			c.d.Published = date.Reported(b.Text[:min(len(b.Text), reach)])
		}
	}
}
