package index

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// quotes are the best of the ranked sentences. No answer is called surer than
// one that ranks before it, which was preferred for more than what makes sure.
func (a *asking) quotes(ctx context.Context) ([]Quote, error) {
	quotes, candidates := a.distinct()
	together := 0.0
	if !a.Apart {
		together = a.adjoin(quotes, candidates)
	}
	if together > 0 {
		quotes = slices.Delete(quotes, 1, 2)
	}
	quotes = quotes[:min(a.Limit, len(quotes))]
	sure := 1.0
	for i := range quotes {
		at := i // of its candidate
		if together > 0 && i > 0 {
			at++
		}
		q, c := &quotes[i], &candidates[at]
		d := a.docs[c.Passage.Number]
		if s := d.statementAt(q.Span); s != nil {
			q.Speaker, q.Kind = a.speaker(c.Passage.Number, d.Record, s), s.Kind.String()
		}
		q.Bold = folded(c.Passage.Text, c.Span, rank.Bold(a.asked, c, a.namesIn(d, c.Passage)))
		if sure = min(sure, rank.Confidence(a.asked, candidates, at)); together > 0 && i == 0 {
			sure = together
		}
		q.Score = sure
		if a.Explain {
			q.Reasons = rank.Explain(a.asked, candidates, at)
		}
		if err := a.printedToo(ctx, q, c.Passage.Number); err != nil {
			return nil, err
		}
	}
	return quotes, nil
}

// namesIn are the places in a passage's text where its document names people.
func (a *asking) namesIn(d *loadedDoc, p *rank.Passage) (places []text.Span) {
	if a.asked.Kind != lexis.Person {
		return nil
	}
	people, err := d.People()
	if err != nil {
		return nil // quoting the document reports the error
	}
	for _, person := range people {
		for _, m := range person.Mentions {
			s := text.Span{Start: m.Span.Start - p.Offset, End: m.Span.End - p.Offset}
			if s.Start >= 0 && s.End <= len(p.Text) {
				places = append(places, s)
			}
		}
	}
	return places
}

// distinct returns the best of the ranked sentences that differ, each with its
// candidate: those to quote, and those that they are compared with. One that
// several documents print is one quote, of the first of them, and neither it
// nor another part of the same sentence is a rival.
func (a *asking) distinct() (quotes []Quote, candidates []rank.Candidate) {
	n := max(a.Limit+1, rank.Rivals) // two may be put together
	known := map[string]int{}
	var key []byte
	for i := range a.ranked {
		c := &a.ranked[i]
		d := a.docs[c.Passage.Number]
		s := text.Span{Start: c.Passage.Offset + c.Span.Start, End: c.Passage.Offset + c.Span.End}
		key = appendWords(key[:0], c.Span.In(c.Passage.Text))
		at, ok := known[string(key)]
		if !ok {
			at, ok = a.sameAs(quotes, candidates, c.Passage.Number, s)
		}
		if ok {
			quotes[at].alsoIn(d.ID)
			continue
		}
		if len(quotes) == n {
			continue
		}
		printed := store.Spaced(d.In(s))
		overlaps := func(q Quote) bool { return q.Source.Document == d.ID && q.Span.Overlaps(s) }
		if utf8.RuneCountInString(printed) > store.MaxQuote || slices.ContainsFunc(quotes, overlaps) {
			continue
		}
		known[string(key)] = len(quotes)
		quotes = append(quotes, Quote{Text: printed, Span: s, Page: d.Page(s), Second: d.Paragraph(s).Second, Source: a.source(c.Passage.Number)})
		candidates = append(candidates, *c)
	}
	return quotes, candidates
}

// appendWords appends the words of a sentence, folded, with a space between each.
// Punctuation is left out: reprints often change it.
func appendWords(b []byte, s string) []byte {
	start := len(b)
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r)|0x20)
		case r >= utf8.RuneSelf && !strings.ContainsRune("“”‘’–—…", r):
			words := strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
			return append(b[:start], strings.Join(words, " ")...)
		case len(b) > start && b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	return bytes.TrimSuffix(b, []byte(" "))
}

// alsoIn notes another document that prints the quote.
func (q *Quote) alsoIn(document string) {
	if document != q.Source.Document && !slices.Contains(q.Also, document) {
		q.Also = append(q.Also, document)
	}
}

// statementAt returns the statement that a quote s belongs to, nil for none: a
// quotation that makes up a good part of it, else the turn or speech that contains
// it, else the reported statement. A narrator's sentence with a scrap of quotation
// is not the speaker's words.
func (d *loadedDoc) statementAt(s text.Span) (found *speech.Statement) {
	const scrap = 24 // bytes, of which a quotation has more
	most := 0
	for _, o := range d.statementsIn(s) {
		overlap := min(o.Span.End, s.End) - max(o.Span.Start, s.Start)
		least := s.Len() / 2
		if o.Kind == speech.Quotation {
			least = max(s.Len()/3, min(scrap, o.Span.Len()-1))
		}
		if !o.Known() || overlap <= least {
			continue
		}
		if found == nil || o.Kind < found.Kind || o.Kind == found.Kind && overlap > most {
			found, most = o, overlap
		}
	}
	return found
}

// folded turns places in t into places in the slice s of t once its white
// space is folded. Places that meet are one.
func folded(t string, s text.Span, places []text.Span) []text.Span {
	var all []text.Span
	for _, p := range places {
		if !s.Contains(p) {
			continue
		}
		start := len(store.Spaced(t[s.Start:p.Start]))
		if start > 0 && strings.TrimRight(t[s.Start:p.Start], " \n\t\u00a0") != t[s.Start:p.Start] {
			start++
		}
		f := text.Span{Start: start, End: start + len(store.Spaced(p.In(t)))}
		if n := len(all); n > 0 && f.Start <= all[n-1].End+1 {
			all[n-1].End = max(all[n-1].End, f.End)
			continue
		}
		all = append(all, f)
	}
	return all
}
