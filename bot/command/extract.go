package command

import (
	"errors"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// mostExtract is how much of a document's text is handed out at once, in bytes.
const mostExtract = 100_000

// Extract is a part of a document's text, between two of its bytes.
type Extract struct {
	index.Source
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Bytes int    `json:"bytes"` // of the whole text
}

// Extract returns the text of a document from one byte to another, 0 for its
// end, but at most 100,000 bytes, and whole characters. The error is [ErrGone]
// where there is no such document.
func (b *Bot) Extract(document string, start, end int) (Extract, error) {
	ix, err := b.ready()
	if err != nil {
		return Extract{}, err
	}
	source, err := ix.Source(document)
	if errors.Is(err, index.ErrNoDocument) {
		return Extract{}, told{"extract.unknown", words.M{"Document": short(clean(document), 200)}, ErrGone}
	}
	if err != nil {
		return Extract{}, err
	}
	whole, err := ix.Text(document)
	if err != nil {
		return Extract{}, err
	}
	start = min(max(start, 0), len(whole))
	if end <= 0 || end > len(whole) {
		end = len(whole)
	}
	end = min(max(end, start), start+mostExtract)
	for start < end && !utf8.RuneStart(whole[start]) {
		start++
	}
	for end > start && end < len(whole) && !utf8.RuneStart(whole[end]) {
		end--
	}
	return Extract{Source: source, Text: whole[start:end], Start: start, End: end, Bytes: len(whole)}, nil
}
