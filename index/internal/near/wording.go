package near

import (
	"slices"
	"strings"

	"example.org/attache/index/lexis"
)

// Wording is a sentence to be compared with others. It is not safe for
// concurrent use.
type Wording struct {
	text, language string
	key            uint64
	hashes         []uint64 // of its words, in order of size
	tokens         []lexis.Token
}

// NewWording reads a sentence in a language, an ISO 639-1 code.
func NewWording(sentence, language string) *Wording {
	w := &Wording{text: withoutDateline(sentence), language: language}
	for h := range words(w.text) {
		w.key = mix(w.key ^ h)
		w.hashes = append(w.hashes, h)
	}
	slices.Sort(w.hashes)
	return w
}

// Key is the same for sentences that differ in letter case and punctuation, or
// in the dateline before them, only. It is 0 for one without words.
func (w *Wording) Key() uint64 { return w.key }

// Same reports whether two sentences say the same but for small edits: a word
// left out or put in, another spelling, another dateline. A number, a "not" or
// a "first" that only one of them has, or one name for another, makes them
// differ.
func (w *Wording) Same(o *Wording) bool {
	if w.key == o.key {
		return true
	}
	return w.language == o.language && w.overlaps(o) && same(w.cut(), o.cut())
}

func (w *Wording) cut() []lexis.Token {
	if w.tokens == nil {
		w.tokens = lexis.For(w.language).Tokens(nil, w.text)
	}
	return w.tokens
}

// overlaps reports whether the sentences share so many words that it is worth
// while to compare them.
func (w *Wording) overlaps(o *Wording) bool {
	const least = 0.5 // of the longer one's
	need := int(least * float64(max(len(w.hashes), len(o.hashes))))
	if min(len(w.hashes), len(o.hashes)) < need {
		return false
	}
	shared := 0
	for i, j := 0, 0; i < len(w.hashes) && j < len(o.hashes); {
		switch a, b := w.hashes[i], o.hashes[j]; {
		case a == b:
			shared, i, j = shared+1, i+1, j+1
		case a < b:
			i++
		default:
			j++
		}
	}
	return shared >= need
}

// withoutDateline returns a sentence from behind the place, the agency and the
// dash that a report begins with, as in "OSLO, 4 May (NTB) — ".
func withoutDateline(s string) string {
	const reach, most = 60, 8 // bytes; words
	end := -1
	dash := ""
	for _, d := range []string{" — ", " – ", " -- ", " - "} {
		if i := strings.Index(s[:min(len(s), reach)], d); i > 0 && (end < 0 || i < end) {
			end, dash = i, d
		}
	}
	if end < 0 {
		return s
	}
	head := s[:end]
	words := strings.Fields(head)
	if len(words) == 0 {
		return s
	}
	first := strings.Trim(words[0], ",.(")
	capitals := len(first) > 2 && strings.ToUpper(first) == first && strings.ToLower(first) != first
	agency := strings.HasSuffix(head, ")") && strings.Contains(head, "(")
	if len(words) > most || !capitals && !agency {
		return s
	}
	return s[end+len(dash):]
}
