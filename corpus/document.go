package corpus

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/clean"
	"example.org/attache/corpus/format"
	"example.org/attache/corpus/record"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/text"
)

// newDocument makes a Document of what a reader found in a file, and of what
// its sidecar tells, as far as the budget goes. It ends with ctx.
func newDocument(ctx context.Context, file, hash string, f format.Document, side *sidecar, b budget) (*Document, error) {
	declared := f.Language
	f.Language = ""
	if err := applySidecars(&f, side); err != nil {
		return nil, err
	}
	for _, step := range []func(*format.Document){limitFields, record.Read, clean.Clean, limitFields} {
		step(&f)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if len(f.Part) > maxPart {
		return nil, fmt.Errorf("%w: its name has more than %d bytes; rename it", format.ErrTooBig, maxPart)
	}
	d := &Document{
		ID: file + f.Part, Title: f.Title, Publisher: f.Publisher, Author: f.Author, URL: f.URL,
		Published: f.Published, Language: f.Language, Tags: f.Tags, Hash: hash, Left: f.Left, Recognised: f.Recognised,
	}
	voices := d.setText(f.Blocks)
	if d.Language == "" {
		d.Language = cmp.Or(text.Language(d.Text), declared) // templates declare anything
	}
	t := speech.Text{Body: d.Text, Language: d.Language, Over: func() bool { return ctx.Err() != nil }}
	for _, v := range f.Voices {
		t.Voices = append(t.Voices, speech.Voice{Name: v.Name, Office: v.Office, For: v.For, Gender: gender(v)})
	}
	t.Said = d.said(voices, f.Voices)
	for i, p := range d.Paragraphs {
		if p.Kind == Label || p.Kind == Aside {
			continue
		}
		t.Paragraphs = append(t.Paragraphs, p.Span)
		more := true
		for _, s := range outsideAsides(d.Text, p.Span, voices[i] > 0) {
			more = more && d.addSentences(text.Sentences(d.Text, s, d.Language), b)
		}
		if !more {
			d.exceed(b.sentences, "sentences")
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	t.Sentences = d.Sentences
	statements, people := extract.From(t)
	d.setSpoken(statements, people, b)
	return d, ctx.Err()
}

func gender(v format.Voice) (g speech.Gender) {
	if v.Female {
		g |= speech.Female
	}
	if v.Male {
		g |= speech.Male
	}
	return g
}

// said gathers what the voices say: the voice of each paragraph is given, from 1.
func (d *Document) said(voices []int, all []format.Voice) (said []speech.Said) {
	at := 0 // the voice under way
	var label text.Span
	for i, p := range d.Paragraphs {
		switch v := voices[i]; {
		case p.Kind == Label:
			at, label = v, written(d.Text, p.Span)
			said = append(said, speech.Said{Voice: v - 1, Label: label, Kind: speech.Turn})
		case v == 0:
			at = 0
		default:
			if v != at || len(said) == 0 {
				at, label = v, text.Span{}
				said = append(said, speech.Said{Voice: v - 1, Kind: speech.Turn})
			}
			now := &said[len(said)-1]
			if all[v-1].Whole && label.Len() == 0 {
				now.Kind = speech.Speech
			}
			now.Paragraphs = append(now.Paragraphs, p.Span)
		}
	}
	return slices.DeleteFunc(said, func(s speech.Said) bool { return len(s.Paragraphs) == 0 || s.Voice < 0 })
}

// timed is the time of a recording before a label: "[00:12:31] ".
var timed = regexp.MustCompile(`^[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t-]+`)

// written is a label without the time before it and the sign that it ends with.
func written(t string, s text.Span) text.Span {
	s.Start += len(timed.FindString(s.In(t)))
	in := s.In(t)
	if at := strings.IndexAny(in, ":："); at > 0 {
		in = in[:at]
	}
	in = strings.TrimRight(in, " .–—-*:")
	s.End = s.Start + len(in)
	return s
}

// outsideAsides are the stretches of a paragraph between what happens while it
// is spoken, in brackets between sentences: "(Laughter.)".
func outsideAsides(t string, p text.Span, spoken bool) (all []text.Span) {
	const longest = 80 // bytes
	if !spoken {
		return []text.Span{p}
	}
	in := p.In(t)
	from := 0
	for at := 0; at < len(in); {
		open := strings.IndexAny(in[at:], "([")
		if open < 0 {
			break
		}
		open += at
		size := strings.IndexAny(in[open:], ")]")
		if size < 0 {
			break
		}
		at = open + size + 1
		before, after := strings.TrimRight(in[:open], " "), strings.TrimLeft(in[at:], " ")
		if size > longest || size < 5 || before != "" && !strings.ContainsAny(before[len(before)-1:], ".?!)]") && !strings.HasSuffix(before, "”") && !strings.HasSuffix(before, "…") ||
			after != "" && !unicode.In([]rune(after[:min(len(after), utf8.UTFMax)])[0], unicode.Lu, unicode.Lo, unicode.Ps, unicode.Pi) {
			continue
		}
		if before != "" && len(before) > from {
			all = append(all, text.Span{Start: p.Start + from, End: p.Start + len(before)})
		}
		from = len(in) - len(after)
	}
	if from < len(in) {
		all = append(all, text.Span{Start: p.Start + from, End: p.End})
	}
	return all
}

// setText lays the blocks out as the document's text, a paragraph a line, and
// returns the voice of each.
func (d *Document) setText(blocks []format.Block) (voices []int) {
	var b strings.Builder
	for _, block := range blocks {
		span := text.Span{Start: b.Len()}
		for word := range strings.FieldsSeq(block.Text) {
			if b.Len() > span.Start {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		if span.End = b.Len(); span.Len() == 0 {
			continue
		}
		b.WriteByte('\n')
		voices = append(voices, block.Voice)
		d.Paragraphs = append(d.Paragraphs, Paragraph{span, block.Kind, block.Page, block.Second})
	}
	d.Text = b.String()
	return voices
}
