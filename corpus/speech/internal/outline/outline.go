// Package outline makes an outline of a text: its tokens, with every quotation
// shrunk to one item.
package outline

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// Outline is a text with every quotation shrunk to one item, so that the
// sentences around quotations can be read as sentences.
type Outline struct {
	Body      string
	Tokens    []token.Token
	Quotes    []quote.Quote
	Items     []Item
	At        []int32 // of each quotation: its item
	Home      []int32 // of each token: its item, -1 inside a quotation
	Sentences []int32 // of each sentence: its first item; one more at the end
}

// Item is a token outside quotations, or a quotation.
type Item struct {
	Token     int32 // -1: a quotation
	Quote     int32 // -1: a token
	Sentence  int32
	Paragraph int32
}

// New makes the outline of a text from its tokens, which know their quotations, and
// the quotations ms.
func New(body string, toks []token.Token, ms []quote.Quote) *Outline {
	o := &Outline{Body: body, Tokens: toks, Quotes: ms, At: make([]int32, len(ms)), Home: make([]int32, len(toks))}
	for i := range toks {
		q := toks[i].Quote
		o.Home[i] = -1
		switch {
		case q < 0:
			o.Home[i] = int32(len(o.Items))
			o.Items = append(o.Items, Item{Token: int32(i), Quote: -1, Paragraph: toks[i].Paragraph})
		case i == 0 || toks[i-1].Quote != q:
			o.At[q] = int32(len(o.Items))
			o.Items = append(o.Items, Item{Token: -1, Quote: q, Paragraph: toks[i].Paragraph})
		}
	}
	o.number()
	return o
}

// number gives every item its sentence.
func (o *Outline) number() {
	for i := range o.Items {
		if i == 0 || o.breaks(i) {
			o.Sentences = append(o.Sentences, int32(i))
		}
		o.Items[i].Sentence = int32(len(o.Sentences) - 1)
	}
	o.Sentences = append(o.Sentences, int32(len(o.Items)))
}

// breaks reports whether a sentence begins at item i.
func (o *Outline) breaks(i int) bool {
	if o.Items[i].Paragraph != o.Items[i-1].Paragraph {
		return true
	}
	if o.Items[i-1].Quote >= 0 {
		return o.breaksAfterQuote(i)
	}
	before := o.Token(i - 1)
	switch {
	case before.Kind == token.Sign && strings.Contains(".!?…。！？", before.Key):
		return o.Items[i].Quote >= 0 || o.Token(i).Caps || o.Token(i).First || o.Token(i).Kind == token.Number
	case before.Kind == token.Word && strings.HasSuffix(before.Key, "."):
		return o.Items[i].Quote < 0 && o.Token(i).First
	}
	return false
}

// breaksAfterQuote reports whether the sentence ends with the quotation before
// item i: the quotation has its own full stop, and no "he said" follows.
func (o *Outline) breaksAfterQuote(i int) bool {
	end := o.LastSign(o.Items[i-1].Quote)
	if o.Items[i].Quote >= 0 {
		return strings.ContainsRune(".!?…。", end)
	}
	if t := o.Token(i); !t.Caps || t.Kind != token.Word {
		return false
	}
	switch end {
	case '.', '…', '。':
		return true
	case '!', '?':
		for j := i; j < len(o.Items) && j < i+7 && o.Items[j].Quote < 0; j++ {
			if t := o.Token(j); t.Is(word.StrongCue) {
				return false
			} else if t.Kind == token.Sign {
				return true
			}
		}
		return true
	}
	return false
}

// LastSign is the last rune of quotation q, quotation marks aside.
func (o *Outline) LastSign(q int32) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(o.Quotes[q].In(o.Body), "'’\"” "))
	return r
}

// Token is the token of item i; that of a quotation is empty.
func (o *Outline) Token(i int) *token.Token {
	if i < 0 || i >= len(o.Items) || o.Items[i].Token < 0 {
		return &token.None
	}
	return &o.Tokens[o.Items[i].Token]
}

// Sentence returns the first item of the sentence of item i and the one after
// its last.
func (o *Outline) Sentence(i int) (from, to int) {
	s := o.Items[i].Sentence
	return int(o.Sentences[s]), int(o.Sentences[s+1])
}

// WordsOf counts the words of quotation q.
func (o *Outline) WordsOf(q int32) int { return 1 + strings.Count(o.Quotes[q].In(o.Body), " ") }

// Span is the text from item from up to item to, without to, quotation marks
// included.
func (o *Outline) Span(from, to int) text.Span {
	return text.Span{Start: o.outerSpan(from).Start, End: o.outerSpan(to - 1).End}
}

func (o *Outline) outerSpan(i int) text.Span {
	if q := o.Items[i].Quote; q >= 0 {
		return o.Quotes[q].Outer
	}
	return o.Token(i).Span
}
