package index

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
)

// passageSize is about how long a passage is, in bytes: a few sentences, so
// that what its words are near to each other means something.
const passageSize = 600

// passages cuts the running text of d. Short paragraphs are joined and long
// ones divided.
func passages(d *corpus.Document) []store.Passage {
	var all []store.Passage
	open := false // whether the last passage may grow
	start := 0
	at := 0
	for _, g := range d.Paragraphs {
		if g.Kind != corpus.Body {
			open = false
		}
		for ; at < len(d.Sentences) && d.Sentences[at].Start < g.End; at++ {
			s := d.Sentences[at]
			switch {
			case g.Kind != corpus.Body:
			case open && s.End-start <= passageSize:
				all[len(all)-1].Last = at + 1
			default:
				all = append(all, store.Passage{First: at, Last: at + 1})
				start, open = s.Start, true
			}
		}
	}
	return all
}

// longestSentence is how long a sentence is at most, in bytes. Longer ones are
// lists and tables that have no full stop.
const longestSentence = 4000

// divided cuts overlong sentences of t after a comma or another mark, or else
// between words, to bound what is read for a question.
func divided(t string, sentences []text.Span) []text.Span {
	all := sentences[:0:0]
	for _, s := range sentences {
		for s.Len() > longestSentence {
			end := s.Start + cutAt(s.In(t))
			all = append(all, store.Trimmed(t, text.Span{Start: s.Start, End: end}))
			s = store.Trimmed(t, text.Span{Start: end, End: s.End})
		}
		all = append(all, s)
	}
	return all
}

// cutAt returns where the first piece of a sentence that is too long ends.
func cutAt(s string) int {
	end := longestSentence
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	if at := strings.LastIndexAny(s[:end-1], ",;:、，；："); at > end/2 {
		_, size := utf8.DecodeRuneInString(s[at:])
		return at + size
	}
	if at := strings.LastIndexByte(s[:end], ' '); at > end/2 {
		return at
	}
	return end
}

// field is the name of the field of the postings that holds the terms of the passages in
// a language.
func field(language string) string { return "text-" + language }

// passageTerms returns what a passage is found by: the terms of its sentences,
// of the document's title and, in a talk, of who speaks and of the question that
// is answered, each once.
func passageTerms(d *corpus.Document, p store.Passage) []string {
	start := d.Sentences[p.First].Start
	body := d.Text[start:d.Sentences[p.Last-1].End]
	return lexis.Terms(d.Language, d.Title+"\n"+talk(d, start)+body)
}

// talk is the name of whose turn the passage that begins at an offset is of, and
// the question before the turn; empty where it is no turn.
func talk(d *corpus.Document, start int) string {
	at := sort.Search(len(d.Statements), func(i int) bool { return d.Statements[i].Span.Start > start }) - 1
	for at >= 0 && d.Statements[at].Kind != speech.Turn && d.Statements[at].Kind != speech.Speech {
		at--
	}
	if at < 0 || d.Statements[at].Span.End <= start {
		return ""
	}
	s := &d.Statements[at]
	all := s.Speaker(d.People) + "\n" + s.Body + "\n"
	n := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].Start > s.Written.Start }) - 1
	for n--; s.Written.Len() > 0 && n >= 0 && d.Paragraphs[n].Kind == corpus.Question; n-- {
		all += d.Paragraphs[n].In(d.Text) + "\n"
	}
	return all
}

// sourceOf describes d as answers do.
func sourceOf(d *corpus.Document) store.Source {
	return store.Source{Document: d.ID, Title: d.Title, Publisher: d.Publisher, Author: d.Author, Published: d.Published,
		URL: d.URL, Language: d.Language, Tags: d.Tags, Words: countWords(d.Text), Recognised: d.Recognised}
}

// countWords counts the words of t; of scripts that write without spaces, the
// characters.
func countWords(t string) (n int) {
	in := false
	for _, r := range t {
		switch {
		case unicode.IsSpace(r):
			in = false
		case text.Unspaced(r):
			n++
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			n++
			in = true
		}
	}
	return n
}
