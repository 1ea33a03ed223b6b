package speech

import (
	"strings"
	"unicode/utf8"
)

// An outline is a text with every quotation shrunk to one item, so that the
// sentences around quotations can be read as sentences.
type outline struct {
	body  string
	toks  []token
	ms    []marked
	items []item
	at    []int32 // of each quotation: its item
	home  []int32 // of each token: its item, -1 inside a quotation
	sents []int32 // of each sentence: its first item; one more at the end
}

// item is a token outside quotations, or a quotation.
type item struct {
	tok   int32 // -1: a quotation
	quote int32 // -1: a token
	sent  int32
	para  int32
}

func outlineOf(body string, toks []token, ms []marked) *outline {
	o := &outline{body: body, toks: toks, ms: ms, at: make([]int32, len(ms)), home: make([]int32, len(toks))}
	for i := range toks {
		q := toks[i].quote
		o.home[i] = -1
		switch {
		case q < 0:
			o.home[i] = int32(len(o.items))
			o.items = append(o.items, item{tok: int32(i), quote: -1, para: toks[i].para})
		case i == 0 || toks[i-1].quote != q:
			o.at[q] = int32(len(o.items))
			o.items = append(o.items, item{tok: -1, quote: q, para: toks[i].para})
		}
	}
	o.number()
	return o
}

// number gives every item its sentence.
func (o *outline) number() {
	for i := range o.items {
		if i == 0 || o.breaks(i) {
			o.sents = append(o.sents, int32(i))
		}
		o.items[i].sent = int32(len(o.sents) - 1)
	}
	o.sents = append(o.sents, int32(len(o.items)))
}

// breaks reports whether a sentence begins at item i.
func (o *outline) breaks(i int) bool {
	if o.items[i].para != o.items[i-1].para {
		return true
	}
	if o.items[i-1].quote >= 0 {
		return o.breaksAfterQuote(i)
	}
	before := o.token(i - 1)
	switch {
	case before.kind == sign && strings.Contains(".!?…。！？", before.key):
		return o.items[i].quote >= 0 || o.token(i).caps || o.token(i).first || o.token(i).kind == number
	case before.kind == word && strings.HasSuffix(before.key, "."):
		return o.items[i].quote < 0 && o.token(i).first
	}
	return false
}

// breaksAfterQuote reports whether the sentence ends with the quotation before
// item i: the quotation has its own full stop, and no "he said" follows.
func (o *outline) breaksAfterQuote(i int) bool {
	end := o.endOf(o.items[i-1].quote)
	if o.items[i].quote >= 0 {
		return strings.ContainsRune(".!?…。", end)
	}
	if t := o.token(i); !t.caps || t.kind != word {
		return false
	}
	switch end {
	case '.', '…', '。':
		return true
	case '!', '?':
		for j := i; j < len(o.items) && j < i+7 && o.items[j].quote < 0; j++ {
			if t := o.token(j); t.is(strongCue) {
				return false
			} else if t.kind == sign {
				return true
			}
		}
		return true
	}
	return false
}

// endOf is the last sign of a quotation.
func (o *outline) endOf(q int32) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(o.ms[q].In(o.body), "'’\"” "))
	return r
}

// token is the token of item i; that of a quotation is empty.
func (o *outline) token(i int) *token {
	if i < 0 || i >= len(o.items) || o.items[i].tok < 0 {
		return &nothing
	}
	return &o.toks[o.items[i].tok]
}

var nothing = token{kind: sign}

// sentence returns the first item of the sentence of item i and the one after
// its last.
func (o *outline) sentence(i int) (from, to int) {
	s := o.items[i].sent
	return int(o.sents[s]), int(o.sents[s+1])
}
